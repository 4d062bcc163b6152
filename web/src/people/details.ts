import { asRefusal, type RefusalCode } from '../hub/client.ts';

/** Which answer the hub does not take, and the words that say why. */
export type DetailWords = { readonly field: string; readonly key: string };

/** What the hub says of a field, by the beginning of its detail, and our words for it. */
const DETAILS: readonly (readonly [starts: string, field: string, key: string])[] = [
  ['pin: among the first', 'pin', 'people.refused.guessable'],
  ['duressPin: among the first', 'duressPin', 'people.refused.guessable'],
  ['duressPin: one slip', 'duressPin', 'people.refused.oneSlip'],
];

/** Refusals that are about one answer alone. */
const FIELDS: Partial<Record<RefusalCode, string>> = {
  'password-refused': 'password',
  'password-common': 'newPassword',
  'password-of-names': 'newPassword',
  'name-taken': 'name',
  'name-mixed': 'name',
  'name-unreadable': 'name',
  'second-factor-refused': 'code',
};

/** The words for a refusal that is about one answer; null: it is about none, or about one that nobody described. */
export const detailWords = (failure: unknown): DetailWords | null => {
  if (failure === null) return null;
  const { code, detail } = asRefusal(failure);
  const field = FIELDS[code];
  if (field !== undefined) return { field, key: `problem.${code}` };
  if (code !== 'bad-request') return null;
  const found = DETAILS.find(([starts]) => detail?.startsWith(starts));
  return found === undefined ? null : { field: found[1], key: found[2] };
};
