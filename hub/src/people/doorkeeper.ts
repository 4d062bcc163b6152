import { Refusal } from '../shared/errors.ts';
import { MINUTE_MS, type Millis } from '../shared/time.ts';
import type { PeopleFact } from './facts.ts';
import { explain, isControl, mayDo } from './rights.ts';

/** The same refusal to the same person is noted at most so often, ms: a stubborn screen must not fill the journal. */
const NOTE_EVERY_MS: Millis = MINUTE_MS;

/** Kinds of refusals that are remembered: more than a house has people times rights. The oldest give way. */
const REMEMBERED = 1_000;

type Noted = { readonly at: Millis; readonly untold: number };

/** Who asks, and what it would take. */
export type Asked = {
  readonly personId: string;
  readonly role: string;
  readonly right: string;
  /** Whether the password was given lately in this session. */
  readonly isConfirmed: boolean;
};

/** What is told of a refusal, but for how often it was. */
type Told = Extract<PeopleFact, { readonly times: number }>;
type Untimed = Told extends infer T ? (T extends Told ? Omit<T, 'times'> : never) : never;

/**
 * Lets pass who has the right, and for some rights who proved lately that it is them; all others are told why not and who could,
 * and the journal is told of them.
 * @param now epoch ms UTC
 */
export function createDoorkeeper(now: () => Millis, dispatch: (fact: PeopleFact) => void) {
  const noted = new Map<string, Noted>();

  function note(refused: Untimed): void {
    const key = `${refused.type} ${refused.personId} ${refused.right}`;
    const at = now();
    const last = noted.get(key);
    // A clock that was set back must not silence the journal.
    const isFresh = last !== undefined && at >= last.at && at - last.at < NOTE_EVERY_MS;
    if (isFresh) {
      noted.set(key, { at: last.at, untold: last.untold + 1 });
      return;
    }
    noted.delete(key);
    noted.set(key, { at, untold: 0 });
    const [oldest] = noted.keys();
    if (noted.size > REMEMBERED && oldest !== undefined) noted.delete(oldest);
    dispatch({ ...refused, times: (last?.untold ?? 0) + 1 });
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
