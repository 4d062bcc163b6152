import type { Outlook } from '@homeward/hub/api';
import type { Phrase } from '../text/say.ts';
import { amountText, minutesRange } from './amounts.ts';

const MINUTES_OF_HOUR = 60;

/** What makes the limit that the outlook speaks of: the legal one. % vol. Source: safety.md §1.1. */
const LEGAL = '19.5';

const minutesPhrase = (soonest: number, latest: number): Phrase => ({
  key: 'air.minutes',
  with: { minutes: minutesRange(soonest, latest) },
});

const timePhrase = ({ soonest, likely, latest }: NonNullable<Outlook['minutes']>): Phrase =>
  latest === null
    ? {
        key: 'air.outlook.perhaps',
        with: { limit: amountText(Number(LEGAL), '%'), soonest: minutesPhrase(soonest, soonest) },
      }
    : {
        key: 'air.outlook.about',
        with: {
          limit: amountText(Number(LEGAL), '%'),
          likely: minutesPhrase(likely, likely),
          range: minutesPhrase(soonest, latest),
        },
      };

const statePhrase = ({ state, why, perMinute }: Outlook): Phrase => {
  if (state === 'off') return { key: `air.outlook.off.${why ?? 'other'}` };
  if (state === 'falling' && perMinute !== null)
    return {
      key: 'air.outlook.fallingBy',
      with: { rate: amountText(Math.abs(perMinute) * MINUTES_OF_HOUR, '%') },
    };
  return { key: `air.outlook.${state}` };
};

/** Where the oxygen of a room is going, in words. Never one number: always a range. */
export const outlookPhrases = (outlook: Outlook): readonly Phrase[] => [
  ...(outlook.displacement ? [{ key: 'air.outlook.displacement' }] : []),
  statePhrase(outlook),
  ...(outlook.state === 'falling' && outlook.minutes !== null ? [timePhrase(outlook.minutes)] : []),
  ...(outlook.dry === null
    ? []
    : [{ key: 'air.outlook.dry', with: { value: amountText(outlook.dry, '%') } }]),
];

/** How loud the outlook is to be shown. */
export const outlookState = ({ state, rule, displacement }: Outlook): 'warning' | 'check' | 'plain' => {
  if (displacement || (state === 'falling' && (rule === 'fast' || rule === 'main'))) return 'warning';
  return state === 'falling' && rule === 'slow' ? 'check' : 'plain';
};
