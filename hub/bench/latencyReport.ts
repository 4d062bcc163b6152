import type { Judged, Table } from './bench.ts';
import type { Name } from './contestant.ts';
import { median, rounded } from './figures.ts';
import { atMost, ratioOf } from './judged.ts';

/** The mark of a packet that was held back, or of a main thread that stood still, ms. Source: performance.md §6. */
export const LATE_MS = 35;

type Condition = 'quiet' | 'busy';

/** One system in one round. */
export type Sample = {
  readonly system: Name;
  readonly round: number;
  readonly condition: Condition;
  readonly alarms: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly maxMs: number;
  readonly lost: number;
  /** Alarms that took longer than `LATE_MS`. */
  readonly late: number;
  /** Readings a second that really went out beside the alarms. */
  readonly readingsPerS: number;
};

export type LatencyMedian = Pick<
  Sample,
  'system' | 'condition' | 'p50Ms' | 'p90Ms' | 'lost' | 'late' | 'alarms'
>;

export type LatencyData = {
  readonly samples: readonly Sample[];
  /** Medians over the rounds; lost and late ones and alarms in all. */
  readonly medians: readonly LatencyMedian[];
  readonly idleRssMb: Readonly<Partial<Record<Name, number>>>;
  readonly firstAlarmMs: Readonly<Partial<Record<Name, number>>>;
};

export function mediansOf(samples: readonly Sample[]): LatencyMedian[] {
  const names = [...new Set(samples.map(({ system }) => system))].sort();
  return names.flatMap((system) =>
    (['quiet', 'busy'] as const).map((condition) => {
      const mine = samples.filter((each) => each.system === system && each.condition === condition);
      const sum = (of: (sample: Sample) => number) => mine.reduce((total, each) => total + of(each), 0);
      return {
        system,
        condition,
        p50Ms: rounded(median(mine.map(({ p50Ms }) => p50Ms)), 3),
        p90Ms: rounded(median(mine.map(({ p90Ms }) => p90Ms)), 3),
        lost: sum(({ lost }) => lost),
        late: sum(({ late }) => late),
        alarms: sum(({ alarms }) => alarms),
      };
    }),
  );
}

export function tablesOf({ samples, medians, idleRssMb, firstAlarmMs }: LatencyData): Table[] {
  const head = ['system', 'readings/s', 'p50 ms', 'p90 ms', 'p50 by round', 'lost', 'late'];
  const rows = medians.map(({ system, condition, p50Ms, p90Ms, lost, late }) => {
    const mine = samples.filter((each) => each.system === system && each.condition === condition);
    const byRound = mine.map((each) => rounded(each.p50Ms).toFixed(2)).join(' ');
    const rate = Math.min(...mine.map(({ readingsPerS }) => readingsPerS));
    return [system, rate, p50Ms.toFixed(2), p90Ms.toFixed(2), byRound, lost, late];
  });
  const names = Object.keys(firstAlarmMs) as Name[];
  const atRest = names.map((name) => [name, idleRssMb[name] ?? '-', firstAlarmMs[name] ?? '-']);
  return [
    { title: 'Alarm latency, 10 alarms a second', rows: [head, ...rows] },
    {
      title: 'At rest and at start',
      rows: [['system', 'memory at rest MB', 'start to first alarm ms'], ...atRest],
    },
  ];
}

/** Sources: performance.md §6; memory at rest: DESIGN, "RSS idle". */
export function limitsOf({ medians, idleRssMb, firstAlarmMs }: LatencyData): Judged[] {
  const of = (system: Name, condition: Sample['condition']) =>
    medians.find((each) => each.system === system && each.condition === condition);
  const p50 = (condition: Sample['condition'], other: Name) =>
    ratioOf(of('homeward', condition)?.p50Ms, of(other, condition)?.p50Ms);
  const ours = medians.filter(({ system }) => system === 'homeward');
  const late = of('homeward', 'quiet');
  return [
    ...atMost('p50 quiet / c-relay', p50('quiet', 'c-relay'), 2.5, '×'),
    ...atMost('p50 beside 1,000 readings/s / c-relay', p50('busy', 'c-relay'), 2, '×'),
    ...atMost('p50 beside 1,000 readings/s / node-red', p50('busy', 'node-red'), 0.5, '×'),
    ...atMost('alarms later than 35 ms, quiet', late && (100 * late.late) / late.alarms, 1, '%'),
    ...atMost(
      'alarms lost',
      ours.reduce((sum, { lost }) => sum + lost, 0),
      0,
      'alarms',
    ),
    ...atMost('memory at rest', idleRssMb.homeward, 120, 'MB'),
    ...atMost('memory at rest / node-red', ratioOf(idleRssMb.homeward, idleRssMb['node-red']), 1, '×'),
    ...atMost(
      'start to first alarm / node-red',
      ratioOf(firstAlarmMs.homeward, firstAlarmMs['node-red']),
      1,
      '×',
    ),
  ];
}
