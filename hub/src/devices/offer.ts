import type { Command } from './command.ts';
import type { Control } from './schema.ts';

/** Why a command is not among what is offered; null: it is. */
export function refusalOf(control: Control, command: Command): string | null {
  return isOffered(control, command) ? null : 'not-offered';
}

function isOffered(control: Control, command: Command): boolean {
  switch (control.is) {
    // A siren that is asked for more than it can still sounds: what it does not know is left out.
    case 'siren':
    case 'switch':
      return 'on' in command;
    default:
      return false;
  }
}

/** One command of every sort that is offered, and the ends of each range. */
export function samplesOf(control: Control): readonly Command[] {
  const onOff: Command[] = [{ on: true }, { on: false }];
  switch (control.is) {
    case 'siren':
      return [...onOff, ...control.tones.map((tone) => ({ on: true, tone }))];
    case 'switch':
      return onOff;
    default:
      return [];
  }
}
