import { isLoopback } from '../io/origin.ts';
import { Refusal } from '../shared/errors.ts';
import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';

/** Tries in one minute. Source: safety.md §6, login brute force: 5 an account, 20 a caller, and a limit for all. */
const PER_ACCOUNT = 5;
const PER_ORIGIN = 20;
/** Of one person in all their sessions together, right ones too: each costs a hash. Ours; who changes all there is needs ten. */
const PER_PERSON = 20;
/** Five hashes a second: what a small board can do beside its work. */
const FOR_ALL = 300;

const WINDOW_MS: Millis = MINUTE_MS;

/** How often one key was tried in the window that ends at `until`, epoch ms UTC. */
export type Tries = { readonly key: string; readonly points: number; readonly until: Millis };

/** Where the tries survive a restart. */
export type TriesStore = {
  tries(): readonly Tries[];
  /** Points 0: forget the key. */
  saveTries(changed: readonly Tries[]): void;
};

/** Who tries, as far as that can be told before it is known who it is. */
export type Caller = {
  /** Network address. */
  readonly origin: string;
  /** This very machine: it counts apart. */
  readonly isConsole: boolean;
  /** A device on which the person whose account is tried has logged in before: it counts apart. Null: none. */
  readonly device?: string | null;
  /** Hash of the token of a session in which its person types the password once more: it counts apart. Null: none. */
  readonly session?: string | null;
};

/** Whether nobody on the network may stand in this caller's way. */
export const isTrusted = ({ isConsole, device = null }: Caller): boolean => isConsole || device !== null;

export const callerFrom = (origin: string): Caller => ({ origin, isConsole: isLoopback(origin) });

export type Throttle = {
  /**
   * Counts a try before it costs anything.
   * @param from this machine, and each device that the person has used before, count apart: so nobody on the network
   * can keep the owner from logging in where the hub stands, or on their own phone (safety.md ACC-6, F-17)
   * @param account a key of the account that is tried, known or not; never the name as it was typed
   * @throws Refusal `too-many-tries` with the time to wait; such a try counts nothing
   */
  admit(from: Caller, account: string): void;
  /** The try was right: it counts neither for the account nor for the caller. In a session it counts for the person. */
  forgive(from: Caller, account: string): void;
};

/** Who is told of what the throttle meets. */
export type ThrottlePorts = {
  /** What was tried could not be stored. */
  readonly report: (error: unknown) => void;
  /** A try was turned away before anything was looked at. */
  readonly turnedAway: (origin: string) => void;
};

/**
 * Counts tries in windows of one minute, in one synchronous step: between looking and counting nobody slips through.
 * The count in memory rules; a disk that says no costs only what a restart would remember.
 * @param now epoch ms UTC
 */
export function createThrottle(
  store: TriesStore,
  now: () => Millis,
  { report, turnedAway }: ThrottlePorts,
): Throttle {
  const counts = new Map<string, Tries>(store.tries().map((tries) => [tries.key, tries]));

  function save(changed: readonly Tries[]): void {
    try {
      store.saveTries(changed);
    } catch (error) {
      report(error);
    }
  }

  /** The running window of a key. A clock that was set back must not make a minute into a year. */
  function running(key: string, at: Millis): Tries {
    const tries = counts.get(key);
    if (tries === undefined || tries.until <= at) return { key, points: 0, until: at + WINDOW_MS };
    if (tries.until <= at + WINDOW_MS) return tries;
    const near = { ...tries, until: at + WINDOW_MS };
    counts.set(key, near);
    return near;
  }

  /** Windows that are over are dropped with the next one that opens: `FOR_ALL` bounds how many there can be. */
  function forgetOver(at: Millis): void {
    const over = [...counts.values()].filter((tries) => tries.until <= at);
    for (const { key } of over) counts.delete(key);
    if (over.length > 0) save(over.map((tries) => ({ ...tries, points: 0 })));
  }

  return {
    admit(from, account) {
      const at = now();
      const limits = limitsFor(from, account).map(([key, limit]) => ({ tries: running(key, at), limit }));
      const full = limits.filter(({ tries, limit }) => tries.points >= limit);
      if (full.length > 0) {
        turnedAway(from.origin);
        const until = Math.max(...full.map(({ tries }) => tries.until));
        throw new Refusal('too-many-tries', { retryAfterS: Math.ceil((until - at) / SECOND_MS) });
      }
      if (limits.some(({ tries }) => tries.points === 0)) forgetOver(at);
      const counted = limits.map(({ tries }) => ({ ...tries, points: tries.points + 1 }));
      for (const tries of counted) counts.set(tries.key, tries);
      save(counted);
    },
    forgive(from, account) {
      const at = now();
      const [[accountKey], ...others] = limitsFor(from, account);
      const changed = [{ ...running(accountKey, at), points: 0 }];
      const isSession = (from.session ?? null) !== null;
      const origin = others[0] === undefined || isSession ? null : running(others[0][0], at);
      if (origin !== null) changed.push({ ...origin, points: Math.max(0, origin.points - 1) });
      for (const tries of changed) {
        if (tries.points === 0) counts.delete(tries.key);
        else counts.set(tries.key, tries);
      }
      save(changed);
    },
  };
}

type Limit = readonly [key: string, limit: number];

/** The account's limit comes first. */
function limitsFor(from: Caller, account: string): [Limit, ...Limit[]] {
  const { origin, isConsole, device = null, session = null } = from;
  if (session !== null) {
    return [
      [`session ${session} account ${account}`, PER_ACCOUNT],
      [`sessions account ${account}`, PER_PERSON],
    ];
  }
  if (device !== null) return [[`device ${device} account ${account}`, PER_ACCOUNT]];
  const where = isConsole ? 'console' : 'network';
  return [
    [`${where} account ${account}`, PER_ACCOUNT],
    [`${where} origin ${isConsole ? '' : origin}`, PER_ORIGIN],
    [`${where} all`, FOR_ALL],
  ];
}
