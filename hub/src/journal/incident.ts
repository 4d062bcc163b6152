import type { Millis, Moment } from '../shared/time.ts';
import type { IncidentPart } from './incidentSchema.ts';
import { AROUND_MS, LONGEST_INCIDENT_MS } from './limits.ts';
import type { JournalRow } from './schema.ts';

/** An alarm from the raise to the return; `ended` null: it is not back to normal. */
export type Episode = {
  readonly alarmId: string;
  readonly kind: string;
  readonly entityId: string;
  readonly began: Moment;
  readonly ended: Moment | null;
};

/** A stretch of time on both clocks. The one of the house cannot have jumped; what was measured is kept by the other. */
export type Span = {
  readonly monoFrom: Millis;
  readonly monoTo: Millis;
  readonly from: Millis;
  readonly to: Millis;
  /** The alarm lasted longer than is told. */
  readonly isCut: boolean;
};

/**
 * What belongs to an alarm in time: from ten minutes before the raise to ten after the return, or to now.
 * Who set the clock back meanwhile does not turn it round: it then lasts as long as house time says.
 */
export function spanOf({ began, ended }: Episode, now: Moment): Span {
  const longest = began.mono + LONGEST_INCIDENT_MS;
  const isCut = (ended ?? now).mono > longest;
  const monoTo = Math.min(Math.min((ended ?? now).mono, longest) + AROUND_MS, Math.max(now.mono, began.mono));
  const lasted = monoTo - began.mono;
  const utcTo = isCut ? began.utc + lasted : (ended ?? now).utc + (monoTo - (ended ?? now).mono);
  const from = began.utc - AROUND_MS;
  return {
    monoFrom: began.mono - AROUND_MS,
    monoTo,
    from,
    to: utcTo > began.utc ? utcTo : began.utc + Math.max(lasted, 1),
    isCut,
  };
}

/** Types of rows that tell what the house, or a person through it, did. */
const DEEDS: ReadonlySet<string> = new Set([
  'commandSent',
  'commandWithheld',
  'commandConfirmed',
  'commandTimedOut',
]);

/** What a row is to an alarm. */
export function partOf(row: JournalRow, { alarmId, kind, entityId }: Episode): IncidentPart {
  const { area, type, fact } = row;
  if (area === 'alarms') {
    const isOfIt = fact.alarmId === alarmId || (fact.alarmId === undefined && isOf(row, kind, entityId));
    return isOfIt ? 'alarm' : 'other';
  }
  if (area === 'responses' || DEEDS.has(type)) return 'deed';
  return area === 'people' ? 'person' : 'other';
}

/** A row that names no episode but a kind and a place, as that of an alarm that comes and goes. */
const isOf = ({ why, where }: JournalRow, kind: string, entityId: string): boolean =>
  why === kind && where === entityId;
