import { type Air, CLEAN_AIR } from './air.ts';
import type { Chance } from './chance.ts';
import type { Activity } from './emission.ts';
import { inEachRoom, type OpeningId, type RoomId } from './house-plan.ts';
import { type DayPlan, drawDay, PERSON_IDS, type PersonId, type Place, stopAt } from './routine.ts';
import { waterGM3 } from './vapour.ts';

export type Person = { readonly place: Place; readonly activity: Activity };

/** What a scenario has made go wrong in a room. */
export type Trouble = {
  /** Flueless propane heater, kW. */
  readonly heaterKw: number;
  /** Carbon monoxide that a faulty appliance spills, L/min. */
  readonly coLpm: number;
  /** Methane that leaks, L/min. */
  readonly gasLpm: number;
  /** Smoke of something smouldering, dB/m·m³/s. */
  readonly smoke: number;
  /** Door shut, vents and gaps taped up. */
  readonly sealed: boolean;
};

export const NO_TROUBLE: Trouble = { heaterKw: 0, coLpm: 0, gasLpm: 0, smoke: 0, sealed: false };

/** The simulated house at one moment. All times are seconds since the midnight before the simulation began. */
export type House = {
  readonly timeS: number;
  readonly plan: DayPlan;
  readonly people: Readonly<Record<PersonId, Person>>;
  /** Where the people are sent in spite of their routine. */
  readonly sent: 'away' | 'asleep' | null;
  readonly air: Readonly<Record<RoomId, Air>>;
  readonly trouble: Readonly<Record<RoomId, Trouble>>;
  /** Until when a door or window stands open; 0 or past: shut; Infinity: until somebody shuts it. */
  readonly openUntilS: Readonly<Record<OpeningId, number>>;
  /** Until when a motion sensor in the room shows motion. */
  readonly motionUntilS: Readonly<Record<RoomId, number>>;
  readonly intruder: RoomId | null;
  readonly lights: Readonly<Record<RoomId, boolean>>;
  readonly bathroomFan: boolean;
  /** Whether gas can flow. */
  readonly gasValveOpen: boolean;
  /** The bolt: where it is or goes, and until when it moves; when it locks itself again. */
  readonly lock: { readonly locked: boolean; readonly movesUntilS: number; readonly relockAtS: number };
  readonly siren: { readonly tone: string | null; readonly untilS: number };
  /** Rooms whose smoke contact has tripped. */
  readonly smoky: Readonly<Record<RoomId, boolean>>;
};

/** A time of day as the weather knows it: 4 °C before dawn, 12 °C in the afternoon, 70 % humidity. */
export function outsideAir(timeS: number): Air {
  const hour = (timeS / 3_600) % 24;
  const temperatureC = 8 - 4 * Math.cos(((hour - 3.5) / 24) * 2 * Math.PI);
  return { ...CLEAN_AIR, water: waterGM3(70, temperatureC), temperatureC };
}

/** Air pressure, hPa: a low passes every three days (an assumption). */
export const pressureHpa = (timeS: number): number => 1_009 + 7 * Math.sin((timeS / 259_200) * 2 * Math.PI);

/** A house whose clock shows `startMinute`, aired, everybody where the routine wants them. */
export function createHouse(startMinute: number, chance: Chance): House {
  const plan = drawDay(chance);
  const person = (id: PersonId): Person => {
    const { place, activity } = stopAt(plan, id, startMinute);
    return { place, activity };
  };
  const people = { sara: person('sara'), omar: person('omar'), lina: person('lina') };
  const timeS = startMinute * 60;
  return {
    timeS,
    plan,
    people,
    sent: null,
    air: inEachRoom(() => ({ ...CLEAN_AIR, co2: 600e-6, temperatureC: 20.5 })),
    trouble: inEachRoom(() => NO_TROUBLE),
    openUntilS: {
      'front-door': 0,
      'garden-door': 0,
      'living-window': 0,
      'kitchen-window': 0,
      'bedroom-window': 0,
      'bathroom-window': 0,
    },
    motionUntilS: inEachRoom(() => 0),
    intruder: null,
    lights: inEachRoom((room) => isDark(timeS) && awakeIn(people, room).length > 0),
    bathroomFan: false,
    gasValveOpen: true,
    lock: { locked: true, movesUntilS: 0, relockAtS: Number.POSITIVE_INFINITY },
    siren: { tone: null, untilS: 0 },
    smoky: inEachRoom(() => false),
  };
}

export function isOpen(house: House, opening: OpeningId): boolean {
  return house.openUntilS[opening] > house.timeS;
}

export function hasMotion(house: House, room: RoomId): boolean {
  return house.motionUntilS[room] > house.timeS;
}

/** Everybody in a room. */
export function peopleIn(house: House, room: RoomId): readonly PersonId[] {
  return PERSON_IDS.filter((id) => house.people[id].place === room);
}

/** Those of them who are not asleep. */
export function awakeIn(people: House['people'], room: RoomId): readonly PersonId[] {
  return PERSON_IDS.filter((id) => people[id].place === room && people[id].activity !== 'sleep');
}

/** Hours of the day until which and from which people want light; an assumption for spring and autumn. */
const DARK_UNTIL_H = 7.75;
const DARK_FROM_H = 17.25;

export function isDark(timeS: number): boolean {
  const hour = (timeS / 3_600) % 24;
  return hour < DARK_UNTIL_H || hour > DARK_FROM_H;
}

export function isSomebodyUp(house: House): boolean {
  return PERSON_IDS.some((id) => house.people[id].place !== 'away' && house.people[id].activity !== 'sleep');
}
