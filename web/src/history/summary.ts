import type { EntityView } from '@homeward/hub/api';
import { entityWord } from '../devices/entityWords.ts';
import { spanPhrase } from '../text/ages.ts';
import { isolate, measureText, numberText } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import type { Curve } from './curve.ts';
import { beyondMs, type HistoryLimit } from './limits.ts';
import { momentText } from './ticks.ts';
import type { Total } from './totals.ts';
import { isFollowing, type Stretch, type View } from './view.ts';

/** What a value is and in which unit. */
export type Measured = Pick<EntityView, 'unit' | 'quantity'>;

/** "Last 24 h", or from when to when. */
export const whenPhrase = (view: View, { from, to }: Stretch, now: number, language: string): Phrase =>
  isFollowing(view)
    ? { key: `history.last.${view.span}` }
    : {
        key: 'history.between',
        with: {
          from: momentText(from, now, language),
          to: momentText(Math.min(to, now), now, language),
        },
      };

/** "480–1,320 ppm", never turned round. */
export const rangeText = (min: number, max: number, { unit, quantity }: Measured): string => {
  const low = numberText(min, quantity);
  const high = numberText(max, quantity);
  const text = low === high ? low : `${low}–${high}`;
  return isolate(unit === null ? text : `${text}\u00a0${unit}`);
};

/** What the chart shows in one sentence. */
export const numbersPhrase = (when: Phrase, { min, max, avg }: Total, entity: Measured): Phrase =>
  min === null || max === null || avg === null
    ? { key: 'history.sum.nothing', with: { when } }
    : {
        key: 'history.sum.numbers',
        with: {
          when,
          range: rangeText(min, max, entity),
          mean: measureText(avg, entity.unit, entity.quantity),
        },
      };

/** The word for on, and for off, inside a sentence. */
export const stateKey = (on: boolean, { quantity }: Measured): string => entityWord({ quantity, value: on });

export const shareText = (share: number): string => {
  const percent = 100 * share;
  const digits = percent > 0 && percent < 10 ? 1 : 0;
  return isolate(`${new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(percent)}\u00a0%`);
};

export const onPhrase = (when: Phrase, { onMs, knownMs }: Total, entity: Measured): Phrase => {
  if (knownMs === 0) return { key: 'history.sum.nothing', with: { when } };
  const word: Phrase = { key: stateKey(true, entity) };
  if (onMs === 0) return { key: 'history.sum.never', with: { when, word } };
  return {
    key: 'history.sum.on',
    with: { when, word, span: spanPhrase(onMs), share: shareText(onMs / knownMs) },
  };
};

/** Less than this share of what is shown is not worth a sentence. */
const GAP_SHARE = 0.05;

/** How long nobody knows anything, when that is a good part of it. */
export const gapPhrases = (unknownMs: number, { from, to }: Stretch): readonly Phrase[] =>
  unknownMs < GAP_SHARE * (to - from)
    ? []
    : [{ key: 'history.sum.gap', with: { span: spanPhrase(unknownMs) } }];

/** How long each limit was passed, the worst first. */
export const beyondPhrases = (
  curve: Curve,
  limits: readonly HistoryLimit[],
  entity: Measured,
): readonly Phrase[] =>
  limits
    .map((limit) => ({ limit, ms: beyondMs(curve, limit) }))
    .filter(({ ms }) => ms > 0)
    .map(({ limit, ms }) => ({
      key: `history.sum.${limit.side}`,
      with: { limit: measureText(limit.value, entity.unit, entity.quantity), span: spanPhrase(ms) },
    }));
