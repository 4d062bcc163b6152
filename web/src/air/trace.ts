import type { LimitTrace } from '@homeward/hub/api';
import { isolate, timeText } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import { comparedText, minutesRange, percentText } from './amounts.ts';
import { bySeverity } from './limitWords.ts';

const PHASES = ['holds', 'clearing', 'pending', 'not-computable', 'clear'] as const;

/** What holds or is on its way comes first, the worst of it on top; then what cannot be told. */
export const byPhase = (a: LimitTrace, b: LimitTrace): number =>
  PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) ||
  (a.phase === 'clear' ? bySeverity(a.limit, b.limit) : bySeverity(b.limit, a.limit));

/** A moment of today by its time; any other by its day too. */
export const whenText = (at: number, now: number, language: string): string => {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  if (isToday) return timeText(at, true);
  const day = new Intl.DateTimeFormat(language === 'ar' ? 'ar-u-nu-latn' : 'en-GB', {
    day: 'numeric',
    month: 'long',
  }).format(at);
  return `${day} ${isolate(timeText(at))}`;
};

const unknownPhrase = ({ coverage, limit }: LimitTrace): Phrase => {
  if (limit.measure === 'minutesLeft') return { key: 'air.phase.noOutlook' };
  return coverage === null
    ? { key: 'air.phase.not-computable' }
    : { key: 'air.phase.tooLittle', with: { share: percentText(coverage) } };
};

/** What a silent sensor said is no word on what is there now. */
const isSilent = ({ suppressors }: LimitTrace): boolean => suppressors.includes('silent');

/** What is compared now, or was at last, where it can be. */
export const nowPhrase = (trace: LimitTrace): Phrase | null => {
  const { now, limit } = trace;
  if (now === null) return null;
  const detector = isSilent(trace)
    ? { quiet: 'air.now.wasQuiet', reports: 'air.now.wasReports' }
    : { quiet: 'air.now.quiet', reports: 'air.now.reports' };
  if (limit.crosses === 'on') return { key: now === 0 ? detector.quiet : detector.reports };
  const key = isSilent(trace) ? 'air.now.was' : 'air.now.is';
  if (limit.measure === 'minutesLeft')
    return { key, with: { value: { key: 'air.minutes', with: { minutes: minutesRange(now, now) } } } };
  return { key, with: { value: comparedText(now, limit.measure, limit.unit) } };
};

/** How it stands, since when, and what comes next. */
export const phasePhrases = (trace: LimitTrace, now: number, language: string): readonly Phrase[] => {
  const { phase, since, endsAt } = trace;
  if (phase === 'not-computable') return [unknownPhrase(trace)];
  if (phase === 'clear') return [{ key: `air.phase.${isSilent(trace) ? 'wasClear' : 'clear'}` }];
  const begun: Phrase =
    since === null
      ? { key: `air.phase.${phase}` }
      : { key: `air.phase.${phase}Since`, with: { time: whenText(since, now, language) } };
  if (endsAt === null || phase === 'holds') return [begun];
  return [begun, { key: `air.phase.${phase}Until`, with: { time: whenText(endsAt, now, language) } }];
};
