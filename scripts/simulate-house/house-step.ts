import { addSources, NO_SOURCES, type RoomSpace, type Sources, stepAir } from './air.ts';
import type { Chance } from './chance.ts';
import { burnerSources, LITRES_PER_MINUTE, personSources } from './emission.ts';
import { type House, isOpen, outsideAir, peopleIn } from './house.ts';
import {
  BATHROOM_FAN_M3H,
  COOKER_HOOD_M3H,
  INNER_DOOR_M3H,
  inEachRoom,
  OPENING_IDS,
  OPENINGS,
  ROOM_IDS,
  ROOMS,
  type RoomId,
  SEALED_ACH,
  USUAL_ACH,
} from './house-plan.ts';
import { stepHousehold } from './household.ts';
import { drawDay, PEOPLE } from './routine.ts';
import { saturationGM3 } from './vapour.ts';

/** Longest step, s: an open window changes the bathroom's air 13 times an hour, and a PIR holds for 20 s. */
export const LONGEST_STEP_S = 2;

/** The hob while somebody cooks, kW: one large burner and a small one half open. Methane. */
const HOB_KW = 1.8;

/** Warmth of radiators at this room temperature, °C, and most that they give, W. */
const RADIATOR_TARGET_C = 20.5;
const RADIATOR_MAX_W = 2_000;

/** Smoke at which a contact trips and lets go, dB/m; the sensitivity that optical alarms show in practice. */
const SMOKE_ON = 0.15;
const SMOKE_OFF = 0.08;

/** Walls and panes take up what the air cannot hold, at this share of saturation. */
const CONDENSES_AT = 0.97;

/** The house `dtS` ≤ LONGEST_STEP_S seconds later. */
export function stepHouse(house: House, dtS: number, chance: Chance): House {
  const timeS = house.timeS + dtS;
  const isNewDay = Math.floor(timeS / 86_400) > Math.floor(house.timeS / 86_400);
  const woken = { ...house, timeS, plan: isNewDay ? drawDay(chance) : house.plan };
  const lived = stepHousehold(woken, dtS, chance);
  const aired = { ...lived, air: nextAir(lived, dtS) };
  return {
    ...aired,
    smoky: inEachRoom((room) => aired.air[room].smoke > (aired.smoky[room] ? SMOKE_OFF : SMOKE_ON)),
    siren: aired.siren.untilS <= timeS ? { tone: null, untilS: 0 } : aired.siren,
  };
}

/** The house any time later, in steps that the model bears. `seen` is shown each of them. */
export function runHouse(house: House, forS: number, chance: Chance, seen?: (house: House) => void): House {
  let next = house;
  for (let left = forS; left > 1e-9; left -= LONGEST_STEP_S) {
    next = stepHouse(next, Math.min(left, LONGEST_STEP_S), chance);
    seen?.(next);
  }
  return next;
}

function nextAir(house: House, dtS: number): House['air'] {
  const stepped = stepAir(
    ROOM_IDS,
    {
      rooms: house.air,
      spaces: inEachRoom((room) => space(house, room)),
      exchanges: ROOM_IDS.filter((room) => room !== 'hall').map((room) => ({
        a: room,
        b: 'hall' as const,
        m3h: INNER_DOOR_M3H[innerDoor(house, room)],
      })),
      sources: inEachRoom((room) => roomSources(house, room)),
      outside: outsideAir(house.timeS),
    },
    dtS,
  );
  return inEachRoom((room) => {
    const air = stepped[room];
    return { ...air, water: Math.min(air.water, CONDENSES_AT * saturationGM3(air.temperatureC)) };
  });
}

/** How a room's inner door stands: shut while it is sealed or somebody showers, ajar while somebody sleeps. */
function innerDoor(house: House, room: RoomId): 'open' | 'ajar' | 'shut' {
  const doing = peopleIn(house, room).map((id) => house.people[id].activity);
  if (house.trouble[room].sealed || doing.includes('shower')) return 'shut';
  return doing.includes('sleep') ? 'ajar' : 'open';
}

function space(house: House, room: RoomId): RoomSpace {
  const { volumeM3 } = ROOMS[room];
  let outsideM3h = volumeM3 * (house.trouble[room].sealed ? SEALED_ACH : USUAL_ACH);
  for (const id of OPENING_IDS) {
    if (OPENINGS[id].room === room && isOpen(house, id)) outsideM3h += OPENINGS[id].m3h;
  }
  if (room === 'bathroom' && house.bathroomFan) outsideM3h += BATHROOM_FAN_M3H;
  if (room === 'kitchen' && isCooking(house)) outsideM3h += COOKER_HOOD_M3H;
  return { volumeM3, outsideM3h };
}

function isCooking(house: House): boolean {
  return peopleIn(house, 'kitchen').some((id) => house.people[id].activity === 'cook');
}

function roomSources(house: House, room: RoomId): Sources {
  const { o2, temperatureC } = house.air[room];
  const { heaterKw, coLpm, gasLpm, smoke } = house.trouble[room];
  const radiatorW = RADIATOR_MAX_W * Math.min(1, Math.max(0, RADIATOR_TARGET_C - temperatureC));
  let sum: Sources = {
    ...NO_SOURCES,
    co: coLpm * LITRES_PER_MINUTE,
    methane: house.gasValveOpen ? gasLpm * LITRES_PER_MINUTE : 0,
    smoke,
    heatW: radiatorW,
  };
  sum = addSources(sum, burnerSources(heaterKw, 'propane', o2));
  if (room === 'kitchen' && house.gasValveOpen && isCooking(house))
    sum = addSources(sum, burnerSources(HOB_KW, 'methane', o2));
  for (const id of peopleIn(house, room))
    sum = addSources(sum, personSources(house.people[id].activity, PEOPLE[id].share));
  return sum;
}
