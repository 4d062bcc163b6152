import { type Chance, normal } from '../../scripts/simulate-house/chance.ts';
import { type House, peopleIn } from '../../scripts/simulate-house/house.ts';
import { inEachRoom, type RoomId } from '../../scripts/simulate-house/house-plan.ts';

/** What the simulated house does not know of the air of a room: dust, stove gases, solvents, radon, sun. Orders of magnitude of usual homes. */
export type Traces = {
  /** µg/m³. */
  readonly pm25: number;
  readonly pm10: number;
  /** ppb. */
  readonly nitrogenDioxide: number;
  readonly ozone: number;
  /** ppm. */
  readonly sulfide: number;
  /** mg/m³. */
  readonly formaldehyde: number;
  /** Bq/m³. */
  readonly radon: number;
  /** 1..500. */
  readonly vocIndex: number;
  readonly noxIndex: number;
  /** Warmth that the sun gives the thermometer, °C. */
  readonly sunC: number;
  /** Since somebody last cooked there, s. */
  readonly sinceCookedS: number;
  /** Carbon dioxide of the last ten minutes, ppm; the newest last. */
  readonly co2Lately: readonly number[];
};

/** What is one figure. */
export type Trace = Exclude<keyof Traces, 'co2Lately'>;

/** Air of a city street; indoors less of it. */
const STREET: Traces = {
  pm25: 5,
  pm10: 14,
  nitrogenDioxide: 7,
  ozone: 10,
  sulfide: 0,
  formaldehyde: 0.018,
  radon: 60,
  vocIndex: 100,
  noxIndex: 1,
  sunC: 0,
  sinceCookedS: Number.POSITIVE_INFINITY,
  co2Lately: [],
};

export const STILL_TRACES = inEachRoom((): Traces => STREET);

/** Of what a hob and a pan make most comes back to the street's within an hour, min. */
const CLEARS_IN_MIN = 25;

/** What cooking adds, a minute. */
const COOKED = { pm25: 1.1, pm10: 2, nitrogenDioxide: 1.6, noxIndex: 0.5 } as const;
/** Index that a spray or a cleaning agent brings at once: under the warning. */
const SPRAYED = 210;
/** How often somebody awake sprays or wipes something, a minute. */
const SPRAYS_A_MINUTE = 1 / 240;

const DAY_S = 86_400;
const TEN_MINUTES_S = 600;

/** The sun stands in the living room's window from 14 to 17 h, every second day: at most so much, °C. */
const SUN_C = 5;

function sunIn(room: RoomId, timeS: number): number {
  const hour = (timeS % DAY_S) / 3_600;
  const isSunny = Math.floor(timeS / DAY_S) % 2 === 0;
  if (room !== 'living' || !isSunny || hour < 14 || hour > 17) return 0;
  return SUN_C * Math.sin(((hour - 14) / 3) * Math.PI);
}

/** The day makes ozone, the morning what cars blow out, the night lets radon gather. */
function streetAt(timeS: number): Traces {
  const turn = (hour: number): number => (((timeS % DAY_S) / 3_600 - hour) / 24) * 2 * Math.PI;
  return {
    ...STREET,
    pm25: STREET.pm25 + 1.5 * Math.cos(2 * turn(8)),
    ozone: STREET.ozone + 9 * Math.max(0, Math.sin(turn(8))),
    radon: STREET.radon + 15 * Math.cos(turn(5)),
  };
}

/** The traces of all rooms, `dtS` seconds later. */
export function stepTraces(
  before: Readonly<Record<RoomId, Traces>>,
  house: House,
  dtS: number,
  chance: Chance,
): Record<RoomId, Traces> {
  const minutes = dtS / 60;
  const stay = Math.exp(-minutes / CLEARS_IN_MIN);
  const street = streetAt(house.timeS);
  return inEachRoom((room) => {
    const doing = peopleIn(house, room).map((id) => house.people[id].activity);
    const cooks = doing.includes('cook') ? minutes : 0;
    const isAwake = doing.some((each) => each !== 'sleep');
    const sprays = isAwake && chance() < SPRAYS_A_MINUTE * minutes ? 1 : 0;
    const was = before[room];
    const mixed = (key: Trace, added = 0) => street[key] + (was[key] - street[key]) * stay + added;
    return {
      pm25: mixed('pm25', cooks * COOKED.pm25),
      pm10: mixed('pm10', cooks * COOKED.pm10),
      nitrogenDioxide: mixed('nitrogenDioxide', cooks * COOKED.nitrogenDioxide),
      ozone: mixed('ozone'),
      sulfide: mixed('sulfide', sprays * 0.05),
      formaldehyde: mixed('formaldehyde', sprays * 0.004),
      radon: mixed('radon'),
      vocIndex: Math.max(sprays * SPRAYED, mixed('vocIndex')),
      noxIndex: mixed('noxIndex', cooks * COOKED.noxIndex),
      sunC: sunIn(room, house.timeS),
      sinceCookedS: cooks > 0 ? 0 : was.sinceCookedS + dtS,
      co2Lately: [...was.co2Lately, house.air[room].co2 * 1e6].slice(-TEN_MINUTES_S / dtS),
    };
  });
}

/** A figure with noise of that deviation, in steps, never below zero. */
export function noisy(truth: number, deviation: number, step: number, chance: Chance): number {
  const shown = Math.max(0, truth + deviation * normal(chance));
  return Number((Math.round(shown / step) * step).toFixed(4));
}
