import type { Alarm, Verdict } from '@homeward/hub/api';
import type { Phrase } from '../text/say.ts';

/** The one button that a verdict may have. */
export type VerdictAction =
  | { readonly kind: 'show' | 'mine' | 'reset'; readonly alarm: Alarm }
  | { readonly kind: 'device'; readonly deviceId: string }
  | { readonly kind: 'add' };

/** What the verdict card says: the state, why in at most two sentences, and one next step. */
export type VerdictView = {
  readonly state: Verdict;
  readonly why: readonly Phrase[];
  readonly urgent: boolean;
  readonly next: Phrase;
  readonly action: VerdictAction | null;
};
