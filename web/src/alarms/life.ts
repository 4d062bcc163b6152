import type { Alarm, AlarmKind, AlarmLevel } from '@homeward/hub/api';
import { compareLevels, isSounding, LIFE_SAFETY } from '../hub/contract.ts';
import type { IconName } from '../ui/icons.ts';
import type { StateName } from '../ui/states.ts';

/** What comes first when several alarms run at once. Kinds not named come after these, by level and age. */
const PRIORITY: readonly AlarmKind[] = ['smoke', 'heat', 'co', 'gas', 'oxygen-low', 'oxygen-high'];

const priority = (kind: AlarmKind): number => {
  const place = PRIORITY.indexOf(kind);
  return place < 0 ? PRIORITY.length : place;
};

/** Nobody has said "I'm on it" to it. */
export const isUnanswered = (alarm: Alarm): boolean =>
  alarm.state === 'unacknowledged' || (alarm.state === 'latched' && alarm.acknowledgedBy === undefined);

/** It takes the screen by itself: loud, and nobody has answered. */
export const takesOver = (alarm: Alarm): boolean => isSounding(alarm.level) && isUnanswered(alarm);

/** It is over, somebody has seen it, and it waits to be put back to normal. */
export const mayReset = (alarm: Alarm): boolean =>
  alarm.state === 'latched' && alarm.acknowledgedBy !== undefined;

/** It can be answered with "I'm on it". */
export const mayAcknowledge = (alarm: Alarm): boolean => isUnanswered(alarm) || alarm.state === 'cleared';

/** It is set aside: shown, but counts for nothing. */
export const isSetAside = (alarm: Alarm): boolean =>
  alarm.state === 'shelved' || alarm.state === 'suppressed' || alarm.state === 'outOfService';

/** Active before over, then loud before quiet, smoke > heat > co > gas > oxygen > others, worse first, older first. */
export const byUrgency = (a: Alarm, b: Alarm): number =>
  Number(b.active) - Number(a.active) ||
  Number(isSounding(b.level)) - Number(isSounding(a.level)) ||
  priority(a.kind) - priority(b.kind) ||
  compareLevels(b.level, a.level) ||
  a.since - b.since;

const STATES: Readonly<Record<AlarmLevel, StateName>> = {
  advisory: 'check',
  warning: 'warning',
  alarm: 'alarm',
  critical: 'alarm',
};
export const stateOfLevel = (level: AlarmLevel): StateName => STATES[level];

/** What stands in the octagon, where it is more than "!". */
export const octagonWord = (kind: AlarmKind): string | undefined => (kind === 'co' ? 'CO' : undefined);

/** Which set of steps an alarm gives: every kind that endangers life has its own. */
export const stepsOf = (kind: AlarmKind): string => (LIFE_SAFETY.has(kind) ? kind : 'general');

export type Trend = 'rising' | 'falling' | 'steady';
export const TREND_ICON: Readonly<Record<Trend, IconName>> = {
  rising: 'rising',
  falling: 'falling',
  steady: 'steady',
};
