/** First strong isolate, and its end: what somebody wrote keeps its own direction and turns nothing round it. */
const OPEN = '\u2068';
const CLOSE = '\u2069';
/** Signs that would turn the rest of a sentence round. */
const TURNING = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** A name inside a sentence. */
export const nameText = (name: string): string => `${OPEN}${name.replace(TURNING, '')}${CLOSE}`;
