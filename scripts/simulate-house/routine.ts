import { between, type Chance } from './chance.ts';
import type { Activity } from './emission.ts';
import type { OpeningId, RoomId } from './house-plan.ts';

export type Place = RoomId | 'away';

/** From this minute of the day on, somebody is there and does that. */
export type Stop = { readonly atMin: number; readonly place: Place; readonly activity: Activity };

export type PersonId = 'sara' | 'omar' | 'lina';

/** Share of an adult's metabolism, and where the person sleeps. */
export const PEOPLE: Readonly<Record<PersonId, { readonly share: number; readonly bed: RoomId }>> = {
  sara: { share: 0.85, bed: 'bedroom' },
  omar: { share: 1, bed: 'bedroom' },
  lina: { share: 0.65, bed: 'children' },
};

export const PERSON_IDS = ['sara', 'omar', 'lina'] as const satisfies readonly PersonId[];

/** How far a stop may shift from one day to the next, minutes either way. */
const JITTER_MIN = 7;

const stop = (time: string, place: Place, activity: Activity): Stop => ({
  atMin: minuteOfDay(time),
  place,
  activity,
});

/** The usual day of each person. Stops lie far enough apart that jitter never swaps them. */
const DAYS: Readonly<Record<PersonId, readonly Stop[]>> = {
  sara: [
    stop('06:30', 'bathroom', 'shower'),
    stop('06:45', 'kitchen', 'active'),
    stop('07:50', 'away', 'active'),
    stop('16:40', 'living', 'rest'),
    stop('17:50', 'kitchen', 'cook'),
    stop('18:30', 'kitchen', 'active'),
    stop('19:20', 'living', 'rest'),
    stop('22:20', 'bathroom', 'active'),
    stop('22:35', 'bedroom', 'sleep'),
  ],
  omar: [
    stop('07:00', 'bathroom', 'shower'),
    stop('07:15', 'kitchen', 'cook'),
    stop('07:30', 'kitchen', 'active'),
    stop('08:15', 'away', 'active'),
    stop('12:30', 'kitchen', 'active'),
    stop('13:15', 'away', 'active'),
    stop('17:30', 'living', 'active'),
    stop('18:25', 'kitchen', 'active'),
    stop('19:05', 'living', 'rest'),
    stop('22:40', 'bathroom', 'active'),
    stop('22:55', 'bedroom', 'sleep'),
  ],
  lina: [
    stop('07:05', 'kitchen', 'active'),
    stop('07:35', 'bathroom', 'active'),
    stop('07:50', 'away', 'active'),
    stop('14:30', 'children', 'rest'),
    stop('16:00', 'living', 'active'),
    stop('18:30', 'kitchen', 'active'),
    stop('19:10', 'children', 'active'),
    stop('20:00', 'bathroom', 'active'),
    stop('20:20', 'children', 'sleep'),
  ],
};

/** Windows opened for fresh air when somebody is up, `forMin` minutes long. */
const AIRINGS: readonly { readonly opening: OpeningId; readonly at: string; readonly forMin: number }[] = [
  { opening: 'bedroom-window', at: '07:05', forMin: 15 },
  { opening: 'bathroom-window', at: '07:20', forMin: 12 },
  { opening: 'kitchen-window', at: '18:20', forMin: 20 },
  { opening: 'garden-door', at: '16:50', forMin: 5 },
  { opening: 'living-window', at: '20:30', forMin: 10 },
  { opening: 'bedroom-window', at: '22:10', forMin: 12 },
];

export type Airing = { readonly opening: OpeningId; readonly fromMin: number; readonly toMin: number };

/** The plan of one day, drawn anew each midnight. */
export type DayPlan = {
  readonly stops: Readonly<Record<PersonId, readonly Stop[]>>;
  readonly airings: readonly Airing[];
};

export function drawDay(chance: Chance): DayPlan {
  const shift = () => between(-JITTER_MIN, JITTER_MIN, chance);
  const drawn = (person: PersonId) =>
    DAYS[person].map((usual) => ({ ...usual, atMin: usual.atMin + shift() }));
  return {
    stops: { sara: drawn('sara'), omar: drawn('omar'), lina: drawn('lina') },
    airings: AIRINGS.map(({ opening, at, forMin }) => {
      const fromMin = minuteOfDay(at) + shift();
      return { opening, fromMin, toMin: fromMin + forMin };
    }),
  };
}

/** Where the plan wants a person at this minute of the day; before the first stop they are in bed. */
export function stopAt(plan: DayPlan, person: PersonId, minute: number): Stop {
  const asleep: Stop = { atMin: 0, place: PEOPLE[person].bed, activity: 'sleep' };
  return plan.stops[person].findLast((one) => one.atMin <= minute) ?? asleep;
}

/** Minute of the day of a time like "07:30". Throws RangeError on anything else. */
export function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (match === null) throw new RangeError(`"${time}" is not a time like 07:30`);
  return Number(match[1]) * 60 + Number(match[2]);
}
