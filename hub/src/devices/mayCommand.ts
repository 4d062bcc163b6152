import type { ProblemCode } from '../shared/errors.ts';
import { type Command, switching } from './command.ts';
import type { Entity } from './entity.ts';

/** What holds in the house now. */
export type Dangers = {
  /** A life-safety condition: then nobody stops a siren, or weakens it. Hushing for a while comes with alarm handling. */
  readonly isDanger: () => boolean;
} & GasDangers;

/** What is known of gas in the home. */
export type GasDangers = {
  /** At the level of a warning or worse: then nothing is switched. */
  readonly isGas: () => boolean;
  /** Gas, or there was and nobody has seen it yet: then no valve is opened that may be the gas. */
  readonly isGasUnseen: () => boolean;
};

/** Why gas forbids that, whoever asks for it; null: it does not. Source: safety.md AIR-5. */
export function forbiddenByGas(
  { config }: Entity,
  command: Command,
  { isGas, isGasUnseen }: GasDangers,
): ProblemCode | null {
  if (config.component === 'siren') return null;
  if (config.component === 'valve' && isClosing(command)) return null;
  // A valve of whatever else may be the gas.
  if (config.component === 'valve' && config.deviceClass !== 'water' && isGasUnseen()) return 'valve-needed';
  return isGas() ? 'gas-interlock' : null;
}

/** Why a person may not ask for that now; null: they may. */
export function refusalNow(entity: Entity, command: Command, dangers: Dangers): ProblemCode | null {
  const { config } = entity;
  const deed = 'do' in command ? command.do : null;
  // A door is opened by a face and a PIN, at the door.
  if (config.component === 'lock' && deed !== 'lock') return 'needs-door';
  if (config.component === 'siren' && !isPlainOn(command) && dangers.isDanger()) return 'siren-needed';
  return forbiddenByGas(entity, command, dangers);
}

/** "On" and no more: a volume of nothing, a span of a second or a tone of its own choosing silences a siren too. */
function isPlainOn(command: Command): boolean {
  const { on, ...more } = switching(command) ?? { on: false };
  return on && Object.values(more).every((value) => value === undefined);
}

/** Closing a valve, all the way: "stop" would leave it half open. */
export const isClosing = (command: Command): boolean =>
  ('do' in command && command.do === 'close') || ('position' in command && command.position === 0);
