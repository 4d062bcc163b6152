import type { Options } from '../abbreviations.ts';
import { BadOption, readNullable, readNumber, readShort } from '../announcements/announcedOption.ts';
import type { Command } from '../command.ts';
import type { Known, Told } from '../told.ts';
import type { Opening, Span } from './settings.ts';

/** A span announced by two whole numbers. Throws `BadOption`. */
export function readSpan(options: Options, closedKey: string, openKey: string): Span {
  const closed = readNumber(options, closedKey, 0);
  const open = readNumber(options, openKey, 100);
  if (closed === open) throw new BadOption(`${closedKey} and ${openKey}`);
  return { closed, open };
}

/** What covers and valves announce alike. */
export const readOpening = (options: Options, payloadStop: string | null): Opening => ({
  payloadOpen: readNullable(options, 'payload_open', 'OPEN'),
  payloadClose: readNullable(options, 'payload_close', 'CLOSE'),
  payloadStop: readNullable(options, 'payload_stop', payloadStop),
  stateOpen: readShort(options, 'state_open') ?? 'open',
  stateOpening: readShort(options, 'state_opening') ?? 'opening',
  stateClosed: readShort(options, 'state_closed') ?? 'closed',
  stateClosing: readShort(options, 'state_closing') ?? 'closing',
  span: readSpan(options, 'position_closed', 'position_open'),
});

/** What a word of the state says; null: it is none of them. What moves is open in part, until it says that it is closed. */
export function toldByWord(settings: Opening, word: string): Told | null {
  switch (word) {
    case settings.stateOpening:
      return { value: true, attributes: { moving: 'opening' } };
    case settings.stateClosing:
      return { value: true, attributes: { moving: 'closing' } };
    case settings.stateOpen:
      return { value: true, attributes: { moving: null } };
    case settings.stateClosed:
      return { value: false, attributes: { moving: null } };
    case 'None':
      return { value: null, attributes: { moving: null } };
    default:
      return null;
  }
}

const verbOf = (command: Command): string | null => ('do' in command ? command.do : null);

/** How far a told position may lie beside the one that was asked, %. Motors stop a little early or late. */
const NEARLY = 2;

/** Whether it is, or goes, where it was asked to. */
export function isOpeningAnswer(command: Command, { value, attributes }: Known): boolean {
  const { moving = null, position, tilt } = attributes;
  if ('position' in command) {
    return (
      moving !== null || (typeof position === 'number' && Math.abs(position - command.position) <= NEARLY)
    );
  }
  if ('tilt' in command) return typeof tilt === 'number' && Math.abs(tilt - command.tilt) <= NEARLY;
  switch (verbOf(command)) {
    case 'open':
      return moving === 'opening' || (moving === null && value === true);
    case 'close':
      return moving === 'closing' || value === false;
    case 'stop':
      return moving === null;
    default:
      return false;
  }
}

/** What is taken for true of one that tells nothing. */
export function assumedOpening(command: Command): Told | null {
  if ('position' in command) {
    return { value: command.position > 0, attributes: { position: command.position, moving: null } };
  }
  if ('tilt' in command) return { attributes: { tilt: command.tilt } };
  switch (verbOf(command)) {
    case 'open':
      return { value: true, attributes: { moving: null } };
    case 'close':
      return { value: false, attributes: { moving: null } };
    case 'stop':
      return { attributes: { moving: null } };
    default:
      return null;
  }
}
