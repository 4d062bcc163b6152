import { type Millis, type Moment, SECOND_MS } from '../shared/time.ts';
import { createCommitter, type HousePorts } from './committer.ts';
import type { Fact } from './facts.ts';
import { type House, wakeAt } from './house.ts';
import { ALWAYS, type Effect, type Settled } from './outcome.ts';
import { PARTS, type Part, type Step, step, stepPart } from './step.ts';

const NOT_SETTLED: Settled = { facts: [], saved: false };

/** After a bug under the clock what is due is tried again this much later, ms: not at once, for it would be without end. */
const RETRY_MS: Millis = SECOND_MS;

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
  /** No deadline fires before this house time. */
  let notBefore: Millis = Number.NEGATIVE_INFINITY;
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
  function settle(fact: Fact): Settled {
    const at = ports.now();
    let outcome: Step;
    try {
      outcome = step(house, fact, at);
    } catch (error) {
      ports.report(error, fact.type);
      if (fact.type === 'clockReached') settleParts(at);
      return NOT_SETTLED;
    }
    return keep(outcome, at);
  }

  /** The clock goes on for every part of the house but the one that has the bug, and for that one it is tried again. */
  function settleParts(at: Moment): void {
    notBefore = at.mono + RETRY_MS;
    for (const part of PARTS) settlePart(part, at);
    arm(at);
  }

  function settlePart(part: Part, at: Moment): void {
    let outcome: Step;
    try {
      outcome = stepPart(house, part, at);
    } catch (error) {
      return ports.report(error, `clockReached in ${part}`);
    }
    keep(outcome, at);
  }

  function arm(at: Moment): void {
    const due = wakeAt(house);
    timer.arm(due === null ? null : Math.max(due, notBefore), at.mono);
  }

  function keep(outcome: Step, at: Moment): Settled {
    house = outcome.house;
    const [first, later] = inOrder(outcome.effects);
    first.forEach(ports.run);
    committer.note(outcome.facts, at);
    const saved = committer.save(isUrgent(outcome.facts), later, first.length > 0);
    arm(at);
    ports.settled(house, outcome.facts, at);
    return { facts: outcome.facts, saved };
  }

  return {
    dispatch,
    read: () => house,
    /**
     * Runs the task when what was settled before is on disk, or was tried to be: at once, or a millisecond later when a
     * siren command has just gone out. What is merely shared by several facts is not waited for.
     */
    afterSiren: committer.afterSiren,
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
  'airSettingsChanged',
  'alarmRaised',
  'alarmLevelChanged',
  'alarmCleared',
  'alarmAcknowledged',
  'alarmReturned',
  'alarmMoved',
  'escalationDue',
  'devicePaired',
  'deviceCorrected',
  'deviceRemoved',
  'calibrated',
  'upkeepChanged',
  'hubClaimed',
  'pinUsed',
  // What gives somebody power in this house, or takes it.
  'consentGiven',
  'consentWithdrawn',
  'invitationRevoked',
  'passMade',
  'passRevoked',
  'passUsed',
  'passkeyAdded',
  'passkeysRemoved',
  'passwordChanged',
  'personChanged',
  'personInvited',
  'personJoined',
  'personRemoved',
  'pinChanged',
  'recoveryCodesDrawn',
  'secondFactorAdded',
  'secondFactorRemoved',
  'sessionRevoked',
  'responseChanged',
  'questionAnswered',
  'sirensHeard',
  // What would have told it at the next start is gone right after it.
  'importEnded',
]);

const isUrgent = (facts: readonly Fact[]): boolean => facts.some((fact) => URGENT.has(fact.type));
