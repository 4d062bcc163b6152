import type { HouseEvent } from './house-event.ts';
import { minuteOfDay } from './routine.ts';

type DayEvent = { readonly atS: number; readonly event: HouseEvent };

const at = (time: string, event: HouseEvent): DayEvent => ({ atS: minuteOfDay(time) * 60, event });

/** A heater without a flue burns in the living room, its door shut, until somebody airs: oxygen down, CO2 and CO up. */
const BURNER: readonly DayEvent[] = [
  at('19:40', { type: 'troubleBegan', room: 'living', trouble: { heaterKw: 1.8, sealed: true } }),
  at('20:20', { type: 'troubleEnded', room: 'living' }),
  at('20:20', { type: 'openingMoved', opening: 'living-window', open: true }),
  at('20:50', { type: 'openingMoved', opening: 'living-window', open: false }),
];

/** Two people sleep with everything shut: the CO2 of the bedroom climbs until the morning. */
const STUFFY: readonly DayEvent[] = [
  at('22:30', { type: 'troubleBegan', room: 'bedroom', trouble: { sealed: true } }),
];
const AFTER_STUFFY: readonly DayEvent[] = [at('06:30', { type: 'troubleEnded', room: 'bedroom' })];

/** Everybody is out all day. */
const OUTING: readonly DayEvent[] = [
  at('09:30', { type: 'peopleSent', to: 'away' }),
  at('19:15', { type: 'peopleSent', to: null }),
];

/** One day in so many is such a day. Primes without a common beat: in a month each comes at least once. */
const EVERY = { burner: 13, stuffy: 9, outing: 11 } as const;

const isSuch = (seed: number, day: number, kind: keyof typeof EVERY): boolean =>
  (day + 5 * seed) % EVERY[kind] === 4;

const QUIET: readonly DayEvent[] = [];

/** What happens on a day beside the people's routine. @param day days since 1970 by the clocks of the house */
export function eventsOfDay(seed: number, day: number): readonly DayEvent[] {
  const [burner, stuffy, after, outing] = [
    isSuch(seed, day, 'burner'),
    isSuch(seed, day, 'stuffy'),
    isSuch(seed, day - 1, 'stuffy'),
    isSuch(seed, day, 'outing'),
  ];
  if (!(burner || stuffy || after || outing)) return QUIET;
  return [
    ...(burner ? BURNER : QUIET),
    ...(stuffy ? STUFFY : QUIET),
    ...(after ? AFTER_STUFFY : QUIET),
    ...(outing ? OUTING : QUIET),
  ];
}
