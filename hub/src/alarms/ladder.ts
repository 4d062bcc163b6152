import type { Millis } from '../shared/time.ts';
import { type AlarmRow, refOf } from './alarmRow.ts';
import type { AlarmFact, Rung } from './facts.ts';
import { ESCALATE_AFTER_CLEAR_MS, LOOP_MS, RUNG_MS } from './limits.ts';
import { priorityOf } from './schema.ts';

/** How people are told of an alarm that nobody acknowledges. Durable; times are house time, ms. */
export type Ladder = {
  readonly plan: PlanName;
  /** Number of the next step. It runs on through the episode, so that no step has the number of another. */
  readonly step: number;
  /** When the plan began. */
  readonly from: Millis;
  /** The rung of the plan that comes next. */
  readonly rung: number;
  /** When; null: nobody need be told any more. */
  readonly dueAt: Millis | null;
};

type Step = readonly [after: Millis, rung: Rung];
type Plan = { readonly rank: number; readonly steps: readonly Step[]; readonly loops: boolean };

/**
 * Who is told when, ms after the raise. Source: safety.md ALM-8. At once on all ways: critical (§1.1 CRIT "immediate escalation");
 * duress tells nobody in the house. While there is danger and a siren is mute the first way has failed: people are told at once on a
 * second one (F-25).
 */
const PLANS = {
  soon: {
    rank: 1,
    steps: [
      [0, 'everybody'],
      [RUNG_MS.secondChannel, 'again'],
      [RUNG_MS.loop, 'again'],
    ],
    loops: false,
  },
  life: {
    rank: 2,
    steps: [
      [0, 'everybody'],
      [RUNG_MS.again, 'again'],
      [RUNG_MS.secondChannel, 'second-channel'],
      [RUNG_MS.contacts, 'contacts'],
      [RUNG_MS.loop, 'loop'],
    ],
    loops: true,
  },
  mute: {
    rank: 2,
    steps: [
      [0, 'everybody'],
      [0, 'second-channel'],
      [RUNG_MS.again, 'again'],
      [RUNG_MS.contacts, 'contacts'],
      [RUNG_MS.loop, 'loop'],
    ],
    loops: true,
  },
  critical: {
    rank: 3,
    steps: [
      [0, 'everybody'],
      [0, 'second-channel'],
      [0, 'contacts'],
      [RUNG_MS.again, 'again'],
      [RUNG_MS.loop, 'loop'],
    ],
    loops: true,
  },
  duress: {
    rank: 3,
    steps: [
      [0, 'contacts'],
      [RUNG_MS.loop, 'loop'],
    ],
    loops: true,
  },
} as const satisfies Record<string, Plan>;
type PlanName = keyof typeof PLANS;

/** Source: safety.md ALM-4, and F-25: what keeps a danger from being heard is as urgent as the danger. */
export const priorityOfRow = (row: AlarmRow): number =>
  row.isUrgent ? 1 : priorityOf(row.kind, row.level, row.isLifeSensor);

/** Null: of such an alarm people are told once and no more. */
function planFor(row: AlarmRow): PlanName | null {
  if (row.kind === 'duress') return 'duress';
  if (row.isUrgent) return 'mute';
  const priority = priorityOfRow(row);
  if (priority > 2) return null;
  if (priority === 2) return 'soon';
  return row.level === 'critical' ? 'critical' : 'life';
}

/**
 * The ladder after the alarm became `row`; null: none, the same one when nothing changed.
 * @param isNew people have to be told of it, or to see it again
 */
export function climb(old: Ladder | null, row: AlarmRow, isNew: boolean, now: Millis): Ladder | null {
  if (row.state === 'unacknowledged' && row.active) return begin(old, row, isNew, now);
  // What kept a danger from being heard keeps it no more.
  if (old?.plan === 'mute' && row.state === 'cleared') return eased(old, planFor(row), now);
  const waits = row.state === 'cleared' || (row.state === 'latched' && row.acknowledgedBy === null);
  return old === null || waits || old.dueAt === null ? old : { ...old, dueAt: null };
}

/**
 * A new plan from its first rung, if there is a reason; what got better goes on as it began. Only what keeps a danger from being heard
 * is no more than another trouble once there is no danger (F-25).
 */
function begin(old: Ladder | null, row: AlarmRow, isNew: boolean, now: Millis): Ladder | null {
  const plan = planFor(row);
  const isWorse = plan !== null && (old === null || PLANS[plan].rank > PLANS[old.plan].rank);
  if (plan !== null && (isNew || isWorse))
    return { plan, step: old?.step ?? 0, from: now, rung: 0, dueAt: now };
  return old?.plan === 'mute' && !row.isUrgent ? eased(old, plan, now) : old;
}

/** Goes on with the milder plan, as if it had begun with it; null: people need be told no more. */
function eased(old: Ladder, plan: PlanName | null, now: Millis): Ladder {
  if (plan === null || old.dueAt === null) return { ...old, dueAt: null };
  const { steps }: Plan = PLANS[plan];
  const told = steps.filter(([after]) => old.from + after <= now).length;
  return { ...old, plan, rung: told, dueAt: timeOf(PLANS[plan], old.from, told) };
}

/** The steps that are due, and the ladder after them. Of the loop, however often it was missed, one. */
export function takeSteps(
  ladder: Ladder,
  row: AlarmRow,
  now: Millis,
): { ladder: Ladder; facts: AlarmFact[] } {
  const facts: AlarmFact[] = [];
  const until = row.clearedAt === null ? null : row.clearedAt.mono + ESCALATE_AFTER_CLEAR_MS;
  const plan: Plan = PLANS[ladder.plan];
  const priority = priorityOfRow(row);
  let { step, rung } = ladder;
  let due = timeOf(plan, ladder.from, rung);
  while (due !== null && due <= now && (until === null || due <= until)) {
    facts.push({ type: 'escalationDue', ...refOf(row), step, rung: rungOf(plan, rung), priority });
    step += 1;
    rung = nextRung(plan, ladder.from, rung, now);
    due = timeOf(plan, ladder.from, rung);
  }
  const isOver = due !== null && until !== null && due > until;
  return { ladder: { ...ladder, step, rung, dueAt: isOver ? null : due }, facts };
}

const rungOf = ({ steps }: Plan, rung: number): Rung => steps[rung]?.[1] ?? 'loop';

/** House time of a rung; null: the plan has no more. */
function timeOf({ steps, loops }: Plan, from: Millis, rung: number): Millis | null {
  const step = steps[rung];
  if (step !== undefined) return from + step[0];
  return loops ? from + lastOf(steps) + (rung - steps.length + 1) * LOOP_MS : null;
}

/** Of the loop, which begins with the last step, the first rung that lies ahead. */
const nextRung = ({ steps, loops }: Plan, from: Millis, rung: number, now: Millis): number =>
  loops && rung >= steps.length - 1
    ? steps.length + Math.floor((now - from - lastOf(steps)) / LOOP_MS)
    : rung + 1;

const lastOf = (steps: Plan['steps']): Millis => (steps.at(-1) as Step)[0];
