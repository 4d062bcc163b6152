import { type Command, switching } from '../command.ts';
import type { EntityConfig } from '../entity.ts';
import { type Decoded, dropped, type Known, type Told, toldValue, UNKNOWN } from '../told.ts';

export type StateWords = { readonly stateOn: string; readonly stateOff: string };

/** On or off, in exactly the announced spelling. */
export function onOffFrom(text: string, { stateOn, stateOff }: StateWords): Decoded {
  if (text === stateOn) return toldValue(true);
  if (text === stateOff) return toldValue(false);
  return UNKNOWN.has(text) ? toldValue(null) : dropped('unknown-state');
}

/** Whether it never answers, or is not waited for. */
export const isAssumed = ({ stateTopic, optimistic }: EntityConfig): boolean =>
  stateTopic === null || optimistic;

export const isSwitched = (command: Command, known: Known): boolean => switching(command)?.on === known.value;

/** On or off as it was asked, where no answer is awaited. */
export function assumedOnOff(config: EntityConfig, command: Command): Told | null {
  const asked = switching(command);
  return asked !== null && isAssumed(config) ? { value: asked.on } : null;
}
