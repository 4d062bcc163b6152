import type { Millis, Moment } from '../shared/time.ts';
import type { Fact } from './facts.ts';
import { type House, wakeAt } from './house.ts';
import { JOURNALED } from './journaled.ts';
import { ALWAYS, type Effect, OUTLASTING, type Settled } from './outcome.ts';
import { type Step, step } from './step.ts';

/** Facts that nobody waits for may share one commit for this long, ms. Source: DESIGN §1. */
export const SHARED_COMMIT_MS: Millis = 50;

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

const NOT_SETTLED: Settled = { facts: [], saved: false };

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
function createCommitter(initial: House, read: () => House, ports: HousePorts) {
  let onDisk = initial;
  let entries: JournalEntry[] = [];
  let cancel: (() => void) | null = null;
  const owed = createOwed(ports.run);

  const isDirty = () => entries.length > 0 || ports.differs(onDisk, read());

  /** Writes all that waits. */
  function commitNow(): boolean {
    cancel?.();
    cancel = null;
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

  return {
    /** The last chance: writes what waits and tries no more. */
    close(): void {
      if (isDirty()) commitNow();
      cancel?.();
    },
    note(facts: readonly Fact[], at: Moment): void {
      for (const fact of facts) if (JOURNALED.has(fact.type)) entries.push({ fact, at });
    },
    /**
     * Answers whether everything is on disk now.
     * @param later effects that follow only then
     */
    save(isUrgent: boolean, later: readonly Effect[]): boolean {
      owed.add(later);
      if (!isDirty()) {
        owed.settle();
        return true;
      }
      if (isUrgent || later.length > 0) return commitNow();
      cancel ??= ports.after(SHARED_COMMIT_MS, commitNow);
      return false;
    },
  };
}

/** The one deadline timer of the house. */
function createWake(ports: HousePorts, wake: () => void) {
  let cancel = () => {};
  let armedFor: Millis | null = null;
  return {
    arm(due: Millis | null, now: Millis): void {
      if (due === armedFor) return;
      cancel();
      armedFor = due;
      if (due === null) return;
      cancel = ports.after(due - now, () => {
        armedFor = null;
        wake();
      });
    },
    disarm: () => cancel(),
  };
}

/**
 * Holds the house and lets facts in, one at a time. Siren effects run before the commit and even when it fails;
 * all others only after one that succeeded, their own or, for those that outlast it, a later one.
 */
export function createShell(initial: House, ports: HousePorts) {
  let house = initial;
  let busy = false;
  const waiting: Fact[] = [];
  const committer = createCommitter(initial, () => house, ports);
  const timer = createWake(ports, () => dispatch({ type: 'clockReached' }));

  /** Takes in one fact. A fact that comes while another is settled (from an effect) waits its turn. */
  function dispatch(fact: Fact): Settled {
    if (busy) {
      waiting.push(fact);
      return NOT_SETTLED;
    }
    busy = true;
    try {
      const settled = settle(fact);
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) settle(next);
      return settled;
    } finally {
      busy = false;
    }
  }

  /** A bug in a rule leaves the house as it was. */
  function tryStep(fact: Fact, at: Moment): Step | null {
    try {
      return step(house, fact, at);
    } catch (error) {
      ports.report(error, fact.type);
      return null;
    }
  }

  function settle(fact: Fact): Settled {
    const at = ports.now();
    const outcome = tryStep(fact, at);
    if (outcome === null) return NOT_SETTLED;
    house = outcome.house;
    const [first, later] = inOrder(outcome.effects);
    first.forEach(ports.run);
    committer.note(outcome.facts, at);
    const saved = committer.save(isUrgent(outcome.facts), later);
    timer.arm(wakeAt(house), at.mono);
    ports.settled(house, outcome.facts, at);
    return { facts: outcome.facts, saved };
  }

  return {
    dispatch,
    read: () => house,
    /** Takes up the stored deadlines: those that passed while the program was away are due at once. */
    resume(): void {
      dispatch({ type: 'houseResumed' });
      dispatch({ type: 'clockReached' });
    },
    /** Lets no deadline fire any more and writes what waits. */
    stop(): void {
      timer.disarm();
      committer.close();
    },
  };
}

export type Shell = ReturnType<typeof createShell>;

/** What runs before the commit, and what only after it. */
const inOrder = (effects: readonly Effect[]): [first: readonly Effect[], later: readonly Effect[]] =>
  effects.length === 0
    ? NO_EFFECTS
    : [effects.filter((effect) => ALWAYS.has(effect.do)), effects.filter((effect) => !ALWAYS.has(effect.do))];

const NO_EFFECTS: [readonly Effect[], readonly Effect[]] = [[], []];

/** Facts whose saving nobody may wait for: somebody was told "done", or an alarm changed. */
const URGENT: ReadonlySet<Fact['type']> = new Set([
  'alarmRaised',
  'alarmLevelChanged',
  'alarmCleared',
  'alarmAcknowledged',
  'alarmReturned',
  'devicePaired',
  'deviceCorrected',
  'deviceRemoved',
  'hubClaimed',
]);

const isUrgent = (facts: readonly Fact[]): boolean => facts.some((fact) => URGENT.has(fact.type));
