import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import { earliest, type Millis, type Moment } from '../shared/time.ts';
import { leaveTopic } from './announcements/announcedEntities.ts';
import { startBoard, takeBoardAlarm } from './boards/boards.ts';
import { command, confirm, endCommands, missAnswer } from './commands.ts';
import { correct } from './corrections.ts';
import { GRACE_MS, GRACES_MS, isSteady } from './grace.ts';
import { endSilences, takeAttributes, takeAvailability, takeHappened, takeReading } from './heard.ts';
import { announce, pair, removeDevice, withdraw } from './registry.ts';
import type { DevicesState } from './state.ts';
import { endFloods, takeSurplus } from './topics/flood.ts';

/** The devices of the house: who is there, what they say, whether they answer. */
export function reduceDevices(state: DevicesState, fact: Fact, now: Moment): Outcome<DevicesState> {
  switch (fact.type) {
    case 'reading':
      return answered(takeReading(state, fact, now), fact);
    case 'attributesHeard':
      return answered(takeAttributes(state, fact), fact);
    case 'eventHeard':
    case 'pictureHeard':
      return takeHappened(state, fact, now);
    case 'availabilityHeard':
      return takeAvailability(state, fact);
    case 'boardAlarmHeard':
      return takeBoardAlarm(state, fact);
    case 'boardStarted':
      return startBoard(state, fact, now);
    case 'surplusDropped':
      return takeSurplus(state, fact, now);
    case 'commandAsked':
      return command(state, fact, now);
    case 'answerMissed':
      return missAnswer(state, fact.entityId);
    case 'clockReached':
      return clock(state, now);
    case 'houseResumed':
      return { state: withGrace({ ...state, brokerSince: now.mono }, now.mono + GRACE_MS) };
    case 'brokerFound':
      return { state: findBroker(state, now) };
    case 'brokerLost':
      return { state: loseBroker(state, now) };
    default:
      return reduceRegistry(state, fact, now);
  }
}

function reduceRegistry(state: DevicesState, fact: Fact, now: Moment): Outcome<DevicesState> {
  switch (fact.type) {
    case 'devicePaired':
      return pair(state, fact);
    case 'deviceAnnounced':
      return announce(state, fact, now);
    case 'announcementLeft':
      return { state: leaveTopic(state, fact.discoveryTopic) };
    case 'announcementWithdrawn':
      return withdraw(state, fact.discoveryTopic);
    case 'deviceCorrected':
      return correct(state, fact);
    case 'deviceRemoveAsked':
      return removeDevice(state, fact.deviceId, fact.by, now);
    default:
      return { state };
  }
}

/** What an entity told may be the answer to its pending command. */
function answered(
  heard: Outcome<DevicesState>,
  { entityId, retained }: Extract<Fact, { type: 'reading' | 'attributesHeard' }>,
): Outcome<DevicesState> {
  // What the broker remembers may be older than the command.
  if (retained || getRow(heard.state.commands, entityId) === undefined) return heard;
  const answer = confirm(heard.state, entityId);
  return { state: answer.state, facts: [...(heard.facts ?? []), ...(answer.facts ?? [])] };
}

function clock(state: DevicesState, now: Moment): Outcome<DevicesState> {
  if (state.wakeAt === null || now.mono < state.wakeAt) return { state };
  const silences = endSilences(state, now.mono);
  const commands = endCommands(silences.state, now.mono);
  const floods = endFloods(commands.state, now.mono);
  return {
    state: { ...floods.state, wakeAt: earliest(silences.next, commands.next, floods.next) },
    facts: [silences, commands, floods].flatMap(({ facts }) => facts ?? []),
  };
}

/** Silences are looked through again when the grace ends: while the broker was away nothing was due. */
const withGrace = (state: DevicesState, graceUntil: Millis): DevicesState => ({
  ...state,
  graceUntil,
  wakeAt: earliest(state.wakeAt, graceUntil),
});

/** Each return gives everybody time to speak, but one that flaps no more than `GRACES_MS` in all: who is dead must come to light. */
function findBroker(state: DevicesState, { mono }: Moment): DevicesState {
  const isNew = state.brokerUp ? isSteady(state, mono) : mono - state.brokerSince >= GRACES_MS;
  const gracesFrom = isNew ? mono : (state.gracesFrom ?? mono);
  const found = { ...state, brokerUp: true, brokerSince: mono, gracesFrom };
  return withGrace(found, Math.min(mono + GRACE_MS, Math.max(mono, gracesFrom + GRACES_MS)));
}

function loseBroker(state: DevicesState, { mono }: Moment): DevicesState {
  if (!state.brokerUp) return state;
  const gracesFrom = isSteady(state, mono) ? null : state.gracesFrom;
  return { ...state, brokerUp: false, brokerSince: mono, gracesFrom };
}
