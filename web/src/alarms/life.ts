import type { Alarm, AlarmKind, AlarmLevel } from '@homeward/hub/api';
import { compareLevels, isSounding, LIFE_KINDS } from '../hub/contract.ts';
import type { IconName } from '../ui/icons.ts';
import type { StateName } from '../ui/states.ts';

/** Where a kind stands when several alarms run at once. Those that endanger no life come after these. */
const place = (kind: AlarmKind): number => {
  const found = LIFE_KINDS.indexOf(kind);
  return found < 0 ? LIFE_KINDS.length : found;
};

/** Nobody has said "I'm on it" to it. */
export const isUnanswered = (alarm: Alarm): boolean =>
  alarm.state === 'unacknowledged' || (alarm.state === 'latched' && alarm.acknowledgedBy === undefined);

/** Priorities up to this one leave no time: life, intruders, water. Bad air and broken parts are told on the pages. */
const URGENT = 2;

/** It takes the screen by itself: loud, urgent, and nobody has answered. Trouble never does. */
export const takesOver = (alarm: Alarm): boolean =>
  isSounding(alarm.level) && alarm.kind !== 'trouble' && alarm.priority <= URGENT && isUnanswered(alarm);

/** It is over, somebody has seen it, and it waits to be put back to normal. */
export const mayReset = (alarm: Alarm): boolean =>
  alarm.state === 'latched' && alarm.acknowledgedBy !== undefined;

/** It can be answered with "I'm on it". */
export const mayAcknowledge = (alarm: Alarm): boolean => isUnanswered(alarm) || alarm.state === 'cleared';

/** It is set aside: shown, but nobody is told of it. */
export const isSetAside = (alarm: Alarm): boolean =>
  alarm.state === 'shelved' || alarm.state === 'suppressed' || alarm.state === 'outOfService';

/** How it was put aside. */
export const asideWord = ({ service, shelf }: Alarm): 'service' | 'shelved' | 'suppressed' => {
  if (service !== undefined) return 'service';
  return shelf === undefined ? 'suppressed' : 'shelved';
};

/** It may be put on the shelf: what has ended but latched waits for a person already. */
export const mayShelve = (alarm: Alarm): boolean =>
  alarm.state === 'shelved' || !(isSetAside(alarm) || alarm.state === 'latched');

/** Active before over, then loud before quiet, the more urgent, life in its order, worse first, older first. */
export const byUrgency = (a: Alarm, b: Alarm): number =>
  Number(b.active) - Number(a.active) ||
  Number(isSounding(b.level)) - Number(isSounding(a.level)) ||
  a.priority - b.priority ||
  place(a.kind) - place(b.kind) ||
  compareLevels(b.level, a.level) ||
  a.since - b.since;

const STATES: Readonly<Record<AlarmLevel, StateName>> = {
  advisory: 'check',
  warning: 'warning',
  alarm: 'alarm',
  critical: 'alarm',
};
export const stateOfLevel = (level: AlarmLevel): StateName => STATES[level];

/** The sign of an alarm. A part that does not work has a sign of its own: it is neither safe nor an alarm. */
export const signOf = (alarm: Pick<Alarm, 'kind' | 'level'>): StateName =>
  alarm.kind === 'trouble' ? 'trouble' : STATES[alarm.level];

/** What an alarm makes of the verdict; the hub reckons the same way. */
export const verdictOf = (alarm: Alarm): StateName => {
  if (alarm.kind === 'trouble') return 'check';
  if (isSetAside(alarm)) return alarm.active && isSounding(alarm.level) ? 'warning' : 'check';
  if (!alarm.active) return alarm.acknowledgedBy === undefined ? 'warning' : 'check';
  return STATES[alarm.level];
};

/** What stands in the octagon, where it is more than "!". */
export const octagonWord = (kind: AlarmKind): string | undefined => (kind === 'co' ? 'CO' : undefined);

const WITH_STEPS: ReadonlySet<AlarmKind> = new Set([...LIFE_KINDS, 'water', 'cold', 'hot', 'air-quality']);

/** Which set of steps an alarm gives. */
export const stepsOf = (kind: AlarmKind): string => (WITH_STEPS.has(kind) ? kind : 'general');

/** Gas that could be lit: no switch is touched, by nobody. */
export const isSparkDanger = (alarm: Alarm): boolean =>
  alarm.kind === 'gas' && alarm.active && alarm.level !== 'advisory';

export type Trend = 'rising' | 'falling' | 'steady';
export const TREND_ICON: Readonly<Record<Trend, IconName>> = {
  rising: 'rising',
  falling: 'falling',
  steady: 'steady',
};
