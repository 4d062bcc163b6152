import type { Alarm, HouseSnapshot, Quantity } from '@homeward/hub/api';
import { findEntity } from '../hub/house.ts';
import type { Phrase } from '../text/say.ts';
import { isSetAside } from './life.ts';

/** How the sound of an alarm stands with silence. */
export type Hush =
  | { readonly state: 'may' }
  | { readonly state: 'silent'; readonly until: number }
  | { readonly state: 'not'; readonly why: Phrase }
  | { readonly state: 'none' };

/** A danger that still gets worse must be heard: the hub decides, here it gets its words. */
export const hushOf = (alarm: Alarm, house: HouseSnapshot | null): Hush => {
  if (!alarm.active || isSetAside(alarm) || alarm.sound === 'none') return { state: 'none' };
  if (alarm.hushedUntil !== undefined) return { state: 'silent', until: alarm.hushedUntil };
  if (alarm.mayHush) return { state: 'may' };
  return { state: 'not', why: worsePhrase(SILENCED, alarm, house) };
};

/** Why an alarm may not be put aside now, in sentences; none: it may. What may not be silenced is not put aside either. */
export const shelveRefusal = (alarm: Alarm, house: HouseSnapshot | null): readonly Phrase[] =>
  refusalIn(PUT_ASIDE, alarm, house);

/** The same of taking it out of service. */
export const takeOutRefusal = (alarm: Alarm, house: HouseSnapshot | null): readonly Phrase[] =>
  refusalIn(TAKEN_OUT, alarm, house);

const refusalIn = (words: Words, alarm: Alarm, house: HouseSnapshot | null): readonly Phrase[] =>
  hushOf(alarm, house).state === 'not'
    ? [worsePhrase(words, alarm, house), { key: 'alarmLife.shelve.steady' }]
    : [];

/** What cannot be done while it gets worse: in whichever direction that is. */
const SILENCED = { rises: 'alarms.hush.rises', falls: 'alarms.hush.falls' } as const;
const PUT_ASIDE = { rises: 'alarmLife.shelve.rises', falls: 'alarmLife.shelve.falls' } as const;
const TAKEN_OUT = { rises: 'alarmLife.service.rises', falls: 'alarmLife.service.falls' } as const;
type Words = typeof SILENCED | typeof PUT_ASIDE | typeof TAKEN_OUT;

/** What is called otherwise inside a sentence; a formula is not. */
const NAMED = ['oxygen', 'lel_methane', 'lel_lpg', 'temperature'] as const satisfies readonly Quantity[];

const worsePhrase = (words: Words, { kind, entityId }: Alarm, house: HouseSnapshot | null): Phrase => {
  const quantity = findEntity(house, entityId)?.entity.quantity ?? 'other';
  const named = NAMED.find((one) => one === quantity);
  const what = named === undefined ? `quantity.${quantity}` : `alarms.worse.${named}`;
  const way = kind === 'oxygen-low' ? 'falls' : 'rises';
  return { key: words[way], with: { what: { key: what } } };
};
