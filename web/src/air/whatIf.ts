import type { WhatIf } from '@homeward/hub/api';
import type { Phrase } from '../text/say.ts';
import { percentText } from './amounts.ts';

/** Less of the time than this is little to conclude from. */
const ENOUGH = 0.75;

/** What a limit would have done: how often, how often at night, and how often the one that holds now. */
export const whatIfPhrases = ({ days, coverage, times, atNight, timesNow }: WhatIf): readonly Phrase[] => {
  const span: Phrase = { key: 'air.whatIf.days', n: Math.max(1, Math.round(days)) };
  if (days === 0 || coverage === 0) return [{ key: 'air.whatIf.nothing' }];
  return [
    times === 0
      ? { key: 'air.whatIf.never', with: { span } }
      : { key: 'air.whatIf.times', n: times, with: { span } },
    ...(times > 0
      ? [atNight === 0 ? { key: 'air.whatIf.noNight' } : { key: 'air.whatIf.night', n: atNight }]
      : []),
    timesNow === 0 ? { key: 'air.whatIf.nowNever' } : { key: 'air.whatIf.now', n: timesNow },
    ...(coverage < ENOUGH ? [{ key: 'air.whatIf.little', with: { share: percentText(coverage) } }] : []),
  ];
};
