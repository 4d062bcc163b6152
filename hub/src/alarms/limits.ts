import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import { type AlarmKind, LIFE_SAFETY } from './schema.ts';

/** Longest silence of a hushed alarm, ms. Source: safety.md ALM-2. */
export const HUSH_MS: Millis = 10 * MINUTE_MS;

/** A level that has not got worse for so long does not rise, ms. Ours: six samples at the slowest period that CO-2 allows. */
export const STEADY_MS: Millis = MINUTE_MS;

/** What counts as worse: by this share of the worst of the minute before. Ours: above the noise of the sensors, below any fire. */
export const WORSE_SHARE = 0.02;

/** What counts as worse of oxygen, % vol. Ours: a share of so large a value would hide a fall by half a limit; above the noise of a cell. */
export const WORSE_OXYGEN = 0.1;

/** Longest time for which an alarm may be put aside, minutes. Source: safety.md ALM-3: 8 h of safety, 24 h of comfort. */
export const maxShelfMinutes = (kind: AlarmKind): number => (LIFE_SAFETY.has(kind) ? 480 : 1_440);

/** A returned alarm that nobody acknowledged leaves the list after this, ms. Ours: whoever was away for a night still finds it. */
export const UNSEEN_MS: Millis = DAY_MS;

/** An alarm that holds, or is out of service, is brought to mind each time this has passed, ms. Source: safety.md ALM-3, ALM-6. */
export const REMIND_MS: Millis = DAY_MS;

/**
 * A battery that is low is shown again each time so long has passed since somebody saw it, ms: while it is not changed it ends the alarm
 * one day. Source: safety.md §3.2 "repeat each 4 h shown"; NFPA 72 (trouble re-sounds every 4 h or sooner), §3.1.
 */
export const SHOW_AGAIN_MS: Millis = 4 * HOUR_MS;

/** Chatter: so many transitions within so long; for so long clearing is held back. Source: safety.md ALM-6. */
export const CHATTER_MOVES = 3;
export const CHATTER_WITHIN_MS: Millis = MINUTE_MS;
export const CHATTER_FOR_MS: Millis = HOUR_MS;
/** Its off-delay is so many times what it was. Source: safety.md ALM-6. */
export const CHATTER_FACTOR = 4;
/** But it is held back for this at least, ms. Ours: four times no delay would be none, and only a short delay lets anything chatter. */
export const CHATTER_HOLD_MS: Millis = MINUTE_MS;

/** Flood: more new alarms than this within so long; it ends below so many. Source: safety.md ALM-5. */
export const FLOOD_ABOVE = 10;
export const FLOOD_WITHIN_MS: Millis = 10 * MINUTE_MS;
export const FLOOD_ENDS_BELOW = 5;

/** A consequence follows its cause within this, ms. Ours: smoke of a fire reaches the CO sensor of the same room in minutes. */
export const FIRST_OUT_MS: Millis = 10 * MINUTE_MS;

/** Nobody is told any more when the condition ended so long ago, ms. Source: safety.md ALM-8. */
export const ESCALATE_AFTER_CLEAR_MS: Millis = 30 * MINUTE_MS;

/** Each time this has passed, people are told again, ms. Source: safety.md ALM-8. */
export const LOOP_MS: Millis = 5 * MINUTE_MS;

/** How old a transition becomes, ms; the last one of each alarm stays for ever. Ours: a year, and the month in which one looks back. */
export const KEEP_TRANSITIONS_MS: Millis = 400 * DAY_MS;

/** Shortest unit in which people think of a repeated message, ms: steps of the escalation. Source: safety.md ALM-8. */
export const RUNG_MS = {
  again: 30 * SECOND_MS,
  secondChannel: 60 * SECOND_MS,
  contacts: 2 * MINUTE_MS,
  loop: LOOP_MS,
} as const;
