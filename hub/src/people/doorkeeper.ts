import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { PeopleFact } from './facts.ts';
import { createRareNotes } from './rareNotes.ts';
import { explain, isControl, mayDo } from './rights.ts';

/** Who asks, and what it would take. */
export type Asked = {
  readonly personId: string;
  readonly role: string;
  readonly right: string;
  /** Whether the password was given lately in this session. */
  readonly isConfirmed: boolean;
};

/** What is told of a refusal, but for how often it was. */
type Told = Extract<PeopleFact, { readonly times: number; readonly right: string }>;
type Untimed = Told extends infer T ? (T extends Told ? Omit<T, 'times'> : never) : never;

/**
 * Lets pass who has the right, and for some rights who proved lately that it is them; all others are told why not and who could,
 * and the journal is told of them.
 * @param now epoch ms UTC
 */
export function createDoorkeeper(now: () => Millis, dispatch: (fact: PeopleFact) => void) {
  const timesToTell = createRareNotes(now);

  function note(refused: Untimed): void {
    const times = timesToTell(`${refused.type} ${refused.personId} ${refused.right}`);
    if (times !== null) dispatch({ ...refused, times });
  }

  /** @throws Refusal `may-not`, `confirm-first` */
  return ({ personId, role, right, isConfirmed }: Asked): void => {
    if (!mayDo(role, right)) {
      note({ type: 'rightRefused', personId, role, right });
      throw new Refusal('may-not', { detail: explain(role, right) });
    }
    if (!isControl(right) || isConfirmed) return;
    note({ type: 'confirmationAsked', personId, right });
    throw new Refusal('confirm-first');
  };
}
