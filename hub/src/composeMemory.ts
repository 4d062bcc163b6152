import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * V8 doubles the nursery of its heap again and again while much is new, and gives nothing back: starting up would cost 15 MB for
 * good. A small nursery is emptied more often, each time sooner.
 */
export function keepNurserySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Gives back to the machine what starting up left behind, which V8 does by itself only when something new needs the room: a hub at
 * rest would keep it for days. Holds up everything for as long as that takes: 30 ms on a PC for 60 MB. Where V8 does not let itself be
 * asked nothing happens.
 */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect();
}
