import { isKept } from '../journal/kept.ts';
import type { Millis, Moment } from '../shared/time.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import { type Effect, OUTLASTING } from './outcome.ts';

/** Facts that nobody waits for may share one commit for this long, ms. Source: DESIGN §1. */
export const SHARED_COMMIT_MS: Millis = 50;

/**
 * After a siren command the disk waits this long, ms. Writing keeps the processor busy, and the broker, often on the same
 * one, would pass the command on only afterwards. Measured: a quarter of the time from contact to siren.
 */
export const GIVE_WAY_MS: Millis = 1;

/** After a disk said no, the next try is due by then at the latest, ms: nobody may have to speak for it to come. */
export const RETRY_COMMIT_MS: Millis = 1_000;

/** A fact on its way to the journal. */
export type JournalEntry = { readonly fact: Fact; readonly at: Moment };

export type HousePorts = {
  readonly now: () => Moment;
  /** Runs a task once after a delay in house time; answers how to call it off. */
  readonly after: (delay: Millis, task: () => void) => () => void;
  /**
   * Saves what differs between the two houses and the journal entries in one transaction.
   * Throws when the disk says no; then nothing of it is saved.
   */
  readonly commit: (before: House, after: House, entries: readonly JournalEntry[]) => void;
  /** Whether anything durable differs. */
  readonly differs: (before: House, after: House) => boolean;
  /** Starts one effect. Must not throw and must not wait. */
  readonly run: (effect: Effect) => void;
  /** Told after every fact that was settled, with all that followed from it. */
  readonly settled: (house: House, facts: readonly Fact[], at: Moment) => void;
  /** A bug in a rule, or a disk that says no. */
  readonly report: (error: unknown, what: string) => void;
};

/** Entries that wait for a disk that says no are kept up to this number; then the oldest are lost, and it is said. */
const MAX_WAITING_ENTRIES = 10_000;

/** Answers to boards that wait for such a disk, at most; boards repeat what was not answered. */
const MAX_WAITING_ANSWERS = 1_000;

/** What is to be done once the house is on disk. */
function createOwed(run: (effect: Effect) => void) {
  /** What outlasts a failed commit is owed once, however often it was asked for meanwhile. */
  const owed = new Map<string | Effect, Effect>();
  return {
    add(effects: readonly Effect[]): void {
      for (const effect of effects)
        owed.set(OUTLASTING.has(effect.do) ? JSON.stringify(effect) : effect, effect);
    },
    /** The commit succeeded. */
    settle(): void {
      if (owed.size === 0) return;
      const due = [...owed.values()];
      owed.clear();
      due.forEach(run);
    },
    /** The commit failed. */
    postpone(): void {
      for (const [key, effect] of owed) {
        const isTooMuch = effect.do === 'answerBoard' && owed.size > MAX_WAITING_ANSWERS;
        if (isTooMuch || !OUTLASTING.has(effect.do)) owed.delete(key);
      }
    },
  };
}

/** Brings the house to disk: at once when somebody waits for it, else together with what comes within 50 ms. */
export function createCommitter(initial: House, read: () => House, ports: HousePorts) {
  let onDisk = initial;
  let entries: JournalEntry[] = [];
  let cancel: (() => void) | null = null;
  /** What waits for the commit that gives way to a siren command; null: none does. */
  let behindSiren: (() => void)[] | null = null;
  const owed = createOwed(ports.run);

  const isDirty = () => entries.length > 0 || ports.differs(onDisk, read());

  /** Writes all that waits. */
  function commitNow(): boolean {
    cancel?.();
    cancel = null;
    const waiting = behindSiren ?? [];
    behindSiren = null;
    const saved = tryCommit();
    for (const task of waiting) task();
    return saved;
  }

  function tryCommit(): boolean {
    const house = read();
    try {
      ports.commit(onDisk, house, entries);
      onDisk = house;
      entries = [];
    } catch (error) {
      entries = entries.slice(-MAX_WAITING_ENTRIES);
      owed.postpone();
      ports.report(error, 'commit');
      cancel = ports.after(RETRY_COMMIT_MS, commitNow);
      return false;
    }
    owed.settle();
    return true;
  }

  function giveWay(): boolean {
    if (behindSiren !== null) return false;
    behindSiren = [];
    cancel?.();
    cancel = ports.after(GIVE_WAY_MS, commitNow);
    return false;
  }

  return {
    /** Runs the task as soon as no commit gives way to a siren command. */
    afterSiren(task: () => void): void {
      if (behindSiren === null) task();
      else behindSiren.push(task);
    },
    /** The last chance: writes what waits and tries no more. */
    close(): void {
      if (isDirty()) commitNow();
      cancel?.();
    },
    note(facts: readonly Fact[], at: Moment): void {
      for (const fact of facts) if (isKept(fact.type)) entries.push({ fact, at });
    },
    /**
     * Answers whether everything is on disk now.
     * @param later effects that follow only then
     * @param givesWay a siren command has just gone out
     */
    save(isUrgent: boolean, later: readonly Effect[], givesWay: boolean): boolean {
      owed.add(later);
      if (!isDirty()) {
        owed.settle();
        return true;
      }
      if (givesWay) return giveWay();
      if (isUrgent || later.length > 0) return commitNow();
      cancel ??= ports.after(SHARED_COMMIT_MS, commitNow);
      return false;
    },
  };
}
