import { asRefusal } from '../hub/client.ts';

/** Which answer the hub does not take, and the words that say why. */
export type DetailWords = { readonly field: string; readonly key: string };

/** What the hub says of a field, by the beginning of its detail, and our words for it. */
const DETAILS: readonly (readonly [starts: string, field: string, key: string])[] = [
  ['pin: among the first', 'pin', 'people.refused.guessable'],
  ['duressPin: among the first', 'duressPin', 'people.refused.guessable'],
  ['duressPin: one slip', 'duressPin', 'people.refused.oneSlip'],
];

/** The words for a refusal that is about one answer; null: it is about none, or about one that nobody described. */
export const detailWords = (failure: unknown): DetailWords | null => {
  if (failure === null) return null;
  const { code, detail } = asRefusal(failure);
  if (code === 'password-refused') return { field: 'password', key: 'problem.password-refused' };
  if (code === 'name-taken') return { field: 'name', key: 'problem.name-taken' };
  if (code !== 'bad-request') return null;
  const found = DETAILS.find(([starts]) => detail?.startsWith(starts));
  return found === undefined ? null : { field: found[1], key: found[2] };
};
