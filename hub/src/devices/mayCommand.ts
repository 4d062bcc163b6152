import type { ProblemCode } from '../shared/errors.ts';
import { type Command, switching } from './command.ts';
import type { Entity } from './entity.ts';

/** What holds in the house now. */
export type Dangers = {
  /** A life-safety condition: then nobody stops a siren, or weakens it. Hushing for a while comes with alarm handling. */
  readonly isDanger: () => boolean;
  /** Gas: then nobody opens a valve. */
  readonly isGas: () => boolean;
};

/** Why a person may not ask for that now; null: they may. */
export function refusalNow(
  { config }: Entity,
  command: Command,
  { isDanger, isGas }: Dangers,
): ProblemCode | null {
  const deed = 'do' in command ? command.do : null;
  // A door is opened by a face and a PIN, at the door.
  if (config.component === 'lock' && deed !== 'lock') return 'needs-door';
  if (config.component === 'siren' && !isPlainOn(command) && isDanger()) return 'siren-needed';
  // Water does not burn. A valve of whatever else may be the gas.
  const isGasValve = config.component === 'valve' && config.deviceClass !== 'water';
  return isGasValve && mayOpen(command) && isGas() ? 'valve-needed' : null;
}

/** "On" and no more: a volume of nothing, a span of a second or a tone of its own choosing silences a siren too. */
function isPlainOn(command: Command): boolean {
  const { on, ...more } = switching(command) ?? { on: false };
  return on && Object.values(more).every((value) => value === undefined);
}

/** Anything but closing it: even "stop" would leave it half open. */
function mayOpen(command: Command): boolean {
  if ('do' in command) return command.do !== 'close';
  return !('position' in command) || command.position > 0;
}
