import { type AlarmRow, mayAcknowledge } from '../alarms/alarmRow.ts';
import { compareLevels } from '../alarms/schema.ts';
import type { AlarmsState } from '../alarms/state.ts';
import { forbiddenByGas } from '../devices/mayCommand.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import type { Effect } from './outcome.ts';
import { getRow, someRow } from './table.ts';

/**
 * The gas interlock: while there is gas nothing is switched anywhere in the home, by nobody, for a spark could light it. Only sirens, and
 * closing a valve. No setting removes it: it asks whether the condition holds, not whether its alarm is shelved or out of service.
 * Source: safety.md AIR-5.
 */
export const isInterlocked = (alarms: AlarmsState): boolean => someRow(alarms.rows, isGasNow);

/** Whether there is gas, or there was and nobody has seen it yet: until then no valve opens that may be the gas. */
export const isGasUnseen = (alarms: AlarmsState): boolean =>
  someRow(alarms.rows, (row) => row.kind === 'gas' && (row.active || mayAcknowledge(row)));

/** Gas at the level of a warning or worse. */
const isGasNow = (row: AlarmRow): boolean =>
  row.kind === 'gas' && row.active && compareLevels(row.level, 'warning') >= 0;

/**
 * Whether that sensor says so. One that a person took out of service may be corrected or removed, for it may be broken; the shelf says
 * no such thing.
 */
export const isGasAt = (alarms: AlarmsState, entityId: string): boolean =>
  someRow(alarms.rows, (row) => row.entityId === entityId && isGasNow(row) && row.state !== 'outOfService');

/** A command that gas forbids becomes one that was withheld, whoever asked for it. */
export function asGasAllows(house: House, fact: Extract<Fact, { type: 'commandAsked' }>): Fact {
  const entity = getRow(house.devices.entities, fact.entityId);
  if (entity === undefined) return fact;
  const reason = forbiddenByGas(entity, fact.command, {
    isGas: () => isInterlocked(house.alarms),
    isGasUnseen: () => isGasUnseen(house.alarms),
  });
  if (reason === null) return fact;
  const { entityId, command, by } = fact;
  return { type: 'commandWithheld', entityId, command, by, reason };
}

/** What may go out while there is gas. Every new effect has to say so here. */
const SPARKLESS: Readonly<Record<Effect['do'], boolean>> = {
  commandSiren: true,
  closeValve: true,
  commandEntity: false,
  answerBoard: true,
  endSession: true,
  forgetDevice: true,
};

/** The last line: whatever domain made them, only these leave the house. */
export const effectsInGas = (house: House, effects: readonly Effect[]): readonly Effect[] =>
  effects.some((effect) => !SPARKLESS[effect.do]) && isInterlocked(house.alarms)
    ? effects.filter((effect) => SPARKLESS[effect.do])
    : effects;
