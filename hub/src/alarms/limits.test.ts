import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/time.ts';
import * as limits from './limits.ts';
import { AlarmKind, LIFE_SAFETY } from './schema.ts';

/** Source: safety.md ALM-2, ALM-3, ALM-5, ALM-6, ALM-8, §3.2; the others are ours. */
it('ALM-2 … ALM-8: the figures of the life of an alarm', () => {
  const { maxShelfMinutes: _, ...figures } = limits;
  expect(figures).toEqual({
    HUSH_MS: 10 * MINUTE_MS,
    STEADY_MS: MINUTE_MS,
    WORSE_SHARE: 0.02,
    WORSE_OXYGEN: 0.1,
    UNSEEN_MS: DAY_MS,
    REMIND_MS: DAY_MS,
    SHOW_AGAIN_MS: 4 * HOUR_MS,
    CHATTER_MOVES: 3,
    CHATTER_WITHIN_MS: MINUTE_MS,
    CHATTER_FOR_MS: HOUR_MS,
    CHATTER_FACTOR: 4,
    CHATTER_HOLD_MS: MINUTE_MS,
    FLOOD_ABOVE: 10,
    FLOOD_WITHIN_MS: 10 * MINUTE_MS,
    FLOOD_ENDS_BELOW: 5,
    FIRST_OUT_MS: 10 * MINUTE_MS,
    ESCALATE_AFTER_CLEAR_MS: 30 * MINUTE_MS,
    LOOP_MS: 5 * MINUTE_MS,
    KEEP_TRANSITIONS_MS: 400 * DAY_MS,
    RUNG_MS: {
      again: 30 * SECOND_MS,
      secondChannel: MINUTE_MS,
      contacts: 2 * MINUTE_MS,
      loop: 5 * MINUTE_MS,
    },
  });
});

it.each(AlarmKind.options)(
  'ALM-3: %s is put aside for 8 h if a life may depend on it, else for 24 h',
  (kind) => {
    expect(limits.maxShelfMinutes(kind)).toBe((LIFE_SAFETY.has(kind) ? 8 : 24) * 60);
  },
);
