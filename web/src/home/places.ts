import type { Filling } from '../text/say.ts';

/** A room as it is called; what stands in none has words of its own. */
export const roomPhrase = (name: string): Filling => (name === '' ? { key: 'room.unplaced' } : name);
