import type { Fact } from '../facts.ts';
import type { House } from '../house.ts';

/** One sentence that crosses domains. It sees the house after the fact was taken in, and says what follows. */
export type Rule = (house: House, fact: Fact) => readonly Fact[];

export const NOTHING: readonly Fact[] = [];
