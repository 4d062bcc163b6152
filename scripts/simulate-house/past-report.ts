import { BOARDS, type Board } from './boards.ts';
import type { Chance } from './chance.ts';
import type { House } from './house.ts';
import { senseBoard } from './sensing.ts';

/** One value of one component of a board. */
export type PastReading = {
  readonly boardId: string;
  readonly key: string;
  /** Epoch ms UTC. */
  readonly t: number;
  /** On, open and unlocked are 1; off, shut and locked 0. */
  readonly v: number;
};

/**
 * Step of the past, s. Coarser than that of the living house, so that a month takes seconds: with everything open half
 * of the hall's air is exchanged in it, which an explicit step still bears.
 */
export const PAST_STEP_S = 30;

/** Air nodes are looked at this often, s. */
const AIR_EVERY_S = 60;

/** A value that stays as it is is told again after this, ms. */
const AGAIN_MS = 10 * 60_000;

/** A change below this is none worth a row: twice what the sensor's own noise makes of still air. */
const LEAST_CHANGE: Readonly<Record<string, number>> = {
  oxygen: 0.06,
  co: 1.5,
  co2: 20,
  temperature: 0.1,
  humidity: 0.6,
  lel_methane: 0.2,
  pressure: 0.3,
};

const WORDS: Readonly<Record<string, number>> = { ON: 1, OFF: 0, UNLOCKED: 1, LOCKED: 0, OPEN: 1, CLOSED: 0 };

/** The boards with the name of each component's series. */
const WATCHED = BOARDS.filter(({ kind }) => kind !== 'camera');

/**
 * What boards say of an hour: every value at its beginning, then changes, and now and then what stayed as it was. An hour
 * knows nothing of the one before, so that it says the same in whatever past it stands.
 */
export function createReporter(noise: Chance) {
  const readings: PastReading[] = [];
  const watched = WATCHED.map((board) => ({ board, last: new Map<string, PastReading>() }));

  function say(last: Map<string, PastReading>, reading: PastReading): void {
    last.set(reading.key, reading);
    readings.push(reading);
  }

  function lookAt({ board, last }: (typeof watched)[number], house: House, birthMs: number): void {
    const t = birthMs + house.timeS * 1_000;
    const values = senseBoard(board, house, noise);
    for (const key in values) {
      const v = numberOf(values[key]);
      if (v === null || !isWorthIt(last.get(key), key, t, v)) continue;
      say(last, { boardId: board.id, key, t, v });
      const endS = v === 1 ? endOf(board, house) : Number.POSITIVE_INFINITY;
      const end = { boardId: board.id, key, t: Math.round(birthMs + endS * 1_000), v: 0 };
      if (endS < house.timeS + PAST_STEP_S) say(last, end);
    }
  }

  return {
    /** @param birthMs epoch ms at which the clock of the house stood at 0 */
    look(house: House, birthMs: number): void {
      const isFullMinute = house.timeS % AIR_EVERY_S === 0;
      for (const one of watched) if (isFullMinute || one.board.kind !== 'air') lookAt(one, house, birthMs);
    },
    said: (): readonly PastReading[] => readings,
  };
}

/** Null: a tone, or a bolt on its way, which is neither on nor off. */
function numberOf(said: number | string | undefined): number | null {
  return typeof said === 'string' ? (WORDS[said] ?? null) : (said ?? null);
}

function isWorthIt(before: PastReading | undefined, key: string, t: number, v: number): boolean {
  if (before === undefined) return true;
  const least = LEAST_CHANGE[key];
  if (least === undefined) return v !== before.v;
  return Math.abs(v - before.v) >= least || t - before.t >= AGAIN_MS;
}

/** When what is on or open now ends by itself, s of the house; Infinity: nobody knows yet. */
function endOf({ kind, room, opening }: Board, house: House): number {
  if (kind === 'motion') return house.motionUntilS[room];
  return kind === 'contact' && opening !== null ? house.openUntilS[opening] : Number.POSITIVE_INFINITY;
}
