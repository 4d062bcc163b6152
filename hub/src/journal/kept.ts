import type { Fact } from '../house/facts.ts';
import { of } from './keptRule.ts';

const ALARM = { area: 'alarms', place: 'entityId' } as const;
const REF = ['alarmId', 'kind', 'level'] as const;
/** What a person can do without end. */
const PERSON = { area: 'people', noisyBy: 'person' } as const;
const AIR = { area: 'air', place: 'entityId' } as const;
const DEVICE = { area: 'devices', place: 'deviceId' } as const;
const ENTITY = { area: 'devices', place: 'entityId', more: ['deviceId'] } as const;
const COMMAND = { area: 'devices', place: 'entityId' } as const;
const RESPONSE = { area: 'responses', place: 'responseId' } as const;

/**
 * Facts that the journal keeps: what a person may want to know later. Readings go to the history instead. A field that is not
 * named is not kept, so that no fact can bring a PIN or a picture along unnoticed.
 */
export const KEPT = {
  houseResumed: of<'houseResumed'>({ area: 'house' }),
  brokerFound: of<'brokerFound'>({ area: 'house' }),
  brokerLost: of<'brokerLost'>({ area: 'house' }),
  retentionChanged: of<'retentionChanged'>({ area: 'house', who: 'by', more: ['rawDays', 'hourlyDays'] }),
  importStarted: of<'importStarted'>({
    area: 'house',
    who: 'by',
    more: ['importId', 'fileName', 'series'],
  }),
  importEnded: of<'importEnded'>({
    area: 'house',
    why: 'failure',
    more: ['importId', 'fileName', 'rows'],
  }),
  seriesExported: of<'seriesExported'>({
    area: 'house',
    who: 'by',
    place: 'entityId',
    noisyBy: 'person',
  }),

  sealKeyMade: of<'sealKeyMade'>({ area: 'journal', who: 'by', why: 'because' }),
  sealKeyLost: of<'sealKeyLost'>({ area: 'journal', who: 'by' }),
  sealedOpened: of<'sealedOpened'>({ area: 'journal', who: 'by', noisyBy: 'person' }),
  journalExported: of<'journalExported'>({
    area: 'journal',
    who: 'by',
    noisyBy: 'person',
    more: ['format'],
  }),

  hubClaimed: of<'hubClaimed'>({ area: 'people', who: 'personId', more: ['name'] }),
  personLoggedIn: of<'personLoggedIn'>({ ...PERSON, who: 'personId' }),
  personLoggedOut: of<'personLoggedOut'>({ ...PERSON, who: 'personId' }),
  sessionConfirmed: of<'sessionConfirmed'>({ ...PERSON, who: 'personId' }),
  passwordRefused: of<'passwordRefused'>({
    area: 'people',
    who: 'personId',
    place: 'origin',
    noisyBy: 'person',
  }),
  personRenamed: of<'personRenamed'>({ ...PERSON, who: 'personId', more: ['from', 'name'] }),
  passwordChanged: of<'passwordChanged'>({ ...PERSON, who: 'personId', more: ['sessions'] }),
  loginRefused: of<'loginRefused'>({ area: 'people', place: 'origin', noisyBy: 'anybody' }),
  claimRefused: of<'claimRefused'>({ area: 'people', place: 'origin', noisyBy: 'anybody' }),
  triesRefused: of<'triesRefused'>({
    area: 'people',
    place: 'origin',
    noisyBy: 'anybody',
    more: ['times'],
  }),
  rightRefused: of<'rightRefused'>({ ...PERSON, who: 'personId', why: 'right', more: ['role', 'times'] }),
  requestRefused: of<'requestRefused'>({ ...PERSON, who: 'personId', why: 'why' }),
  confirmationAsked: of<'confirmationAsked'>({ ...PERSON, who: 'personId', why: 'right', more: ['times'] }),
  personInvited: of<'personInvited'>({
    area: 'people',
    who: 'by',
    more: ['invitationId', 'name', 'role', 'untilUtc'],
  }),
  invitationRevoked: of<'invitationRevoked'>({ area: 'people', who: 'by', more: ['invitationId'] }),
  invitationRefused: of<'invitationRefused'>({ area: 'people', place: 'origin', noisyBy: 'anybody' }),
  personJoined: of<'personJoined'>({
    area: 'people',
    who: 'personId',
    more: ['name', 'role', 'untilUtc', 'invitationId'],
  }),
  personChanged: of<'personChanged'>({ area: 'people', who: 'by', more: ['personId', 'role', 'untilUtc'] }),
  personRemoved: of<'personRemoved'>({ area: 'people', who: 'by', more: ['personId', 'name'] }),
  pinChanged: of<'pinChanged'>({ ...PERSON, who: 'personId' }),
  secondFactorAdded: of<'secondFactorAdded'>({ ...PERSON, who: 'personId' }),
  secondFactorRemoved: of<'secondFactorRemoved'>({ ...PERSON, who: 'by', more: ['personId'] }),
  secondFactorRefused: of<'secondFactorRefused'>({
    area: 'people',
    who: 'personId',
    place: 'origin',
    // It needs the right password.
    noisyBy: 'person',
  }),
  passkeyAdded: of<'passkeyAdded'>({ ...PERSON, who: 'personId', more: ['name'] }),
  passkeysRemoved: of<'passkeysRemoved'>({ ...PERSON, who: 'by', more: ['personId', 'passkeys'] }),
  recoveryCodesDrawn: of<'recoveryCodesDrawn'>({ ...PERSON, who: 'personId' }),
  recoveryCodeUsed: of<'recoveryCodeUsed'>({ ...PERSON, who: 'personId', more: ['left'] }),
  passMade: of<'passMade'>({
    area: 'people',
    who: 'by',
    place: 'placeId',
    noisyBy: 'person',
    more: ['passId', 'name', 'untilUtc'],
  }),
  // The name of a pass is anybody's: it does not stand where a person of the house does.
  passUsed: of<'passUsed'>({ area: 'people', place: 'placeId', more: ['passId', 'name', 'left'] }),
  passRefused: of<'passRefused'>({
    area: 'people',
    place: 'placeId',
    why: 'why',
    noisyBy: 'anybody',
    more: ['passId', 'origin'],
  }),
  passRevoked: of<'passRevoked'>({ ...PERSON, who: 'by', more: ['passId', 'name'] }),
  passErased: of<'passErased'>({ area: 'people', more: ['passId', 'name'] }),
  consentGiven: of<'consentGiven'>({
    ...PERSON,
    who: 'by',
    why: 'purpose',
    more: ['consentId', 'personId', 'version'],
  }),
  consentWithdrawn: of<'consentWithdrawn'>({
    ...PERSON,
    who: 'by',
    why: 'purpose',
    more: ['consentId', 'personId'],
  }),
  // Never merely counted: one of them may be under duress.
  pinUsed: of<'pinUsed'>({ area: 'people', who: 'personId', place: 'origin', why: 'purpose' }),
  pinRefused: of<'pinRefused'>({ ...PERSON, who: 'personId', place: 'origin' }),
  sessionRevoked: of<'sessionRevoked'>({ ...PERSON, who: 'by', more: ['personId', 'sessions'] }),

  devicePaired: of<'devicePaired'>({ ...DEVICE, who: 'by', more: ['name', 'kind', 'topics'] }),
  deviceAppeared: of<'deviceAppeared'>({ ...DEVICE, more: ['name'] }),
  deviceCorrected: of<'deviceCorrected'>({ ...DEVICE, who: 'by', more: ['name', 'room', 'entities'] }),
  deviceRemoved: of<'deviceRemoved'>({ ...DEVICE, who: 'by', more: ['name'] }),
  floodBegan: of<'floodBegan'>({ ...DEVICE, more: ['topic'] }),
  floodEnded: of<'floodEnded'>(DEVICE),
  sessionEnded: of<'sessionEnded'>({ ...DEVICE, more: ['username', 'topic'] }),
  boardAlarmTaken: of<'boardAlarmTaken'>({ ...ENTITY, more: ['deviceId', 'boot', 'seq', 'value', 'ageMs'] }),
  boardStarted: of<'boardStarted'>({ ...DEVICE, more: ['boot', 'upMs'] }),
  entityLost: of<'entityLost'>(ENTITY),
  entityFound: of<'entityFound'>(ENTITY),
  entityRetired: of<'entityRetired'>({ area: 'devices', place: 'entityId', noisyBy: 'anybody' }),
  commandSent: of<'commandSent'>({ ...COMMAND, who: 'by', more: ['command'] }),
  commandWithheld: of<'commandWithheld'>({ ...COMMAND, who: 'by', why: 'reason', more: ['command'] }),
  commandConfirmed: of<'commandConfirmed'>({ ...COMMAND, more: ['command'] }),
  commandTimedOut: of<'commandTimedOut'>({ ...COMMAND, more: ['command'] }),
  upkeepChanged: of<'upkeepChanged'>({ area: 'devices', place: 'entityId', who: 'by', more: ['upkeep'] }),
  troubleBegan: of<'troubleBegan'>({
    ...ENTITY,
    why: 'cause',
    more: ['deviceId', 'level', 'detail', 'source'],
  }),
  troubleEnded: of<'troubleEnded'>(ENTITY),
  dropOutBegan: of<'dropOutBegan'>({
    area: 'devices',
    place: 'source',
    why: 'cause',
    more: ['deviceIds', 'gatewayId'],
  }),
  dropOutGrew: of<'dropOutGrew'>({ area: 'devices', place: 'source', more: ['deviceId'] }),
  dropOutEnded: of<'dropOutEnded'>({
    area: 'devices',
    place: 'source',
    why: 'cause',
    more: ['gatewayId', 'becomes'],
  }),

  calibrated: of<'calibrated'>({ ...AIR, who: 'by', more: ['calibration', 'isWorn'] }),
  calibrationRefused: of<'calibrationRefused'>({ ...AIR, who: 'by', why: 'reason' }),
  baselineMoved: of<'baselineMoved'>({ ...AIR, more: ['from', 'to'] }),
  airSettingsChanged: of<'airSettingsChanged'>({ area: 'air', who: 'by', more: ['patch'] }),

  responseChanged: of<'responseChanged'>({ ...RESPONSE, who: 'by', more: ['patch'] }),
  responseRan: of<'responseRan'>({ ...RESPONSE, why: 'alarmId', more: ['entityIds', 'withheld'] }),
  responseEnded: of<'responseEnded'>({ ...RESPONSE, more: ['entityIds'] }),
  responseUnanswered: of<'responseUnanswered'>({ ...RESPONSE, more: ['entityId'] }),

  sirenTestBegan: of<'sirenTestBegan'>({ area: 'house', who: 'by', more: ['entityIds'] }),
  sirenTestEnded: of<'sirenTestEnded'>({ area: 'house', who: 'by', more: ['answered', 'unknown', 'mute'] }),
  sirensHeard: of<'sirensHeard'>({ area: 'house', who: 'by', more: ['entityIds'] }),
  questionAnswered: of<'questionAnswered'>({ area: 'house', who: 'by', why: 'question', more: ['answer'] }),

  alarmRaised: of<'alarmRaised'>({ ...ALARM, why: 'kind', more: [...REF, 'roomId', 'value'] }),
  alarmLevelChanged: of<'alarmLevelChanged'>({ ...ALARM, why: 'kind', more: [...REF, 'from'] }),
  alarmCleared: of<'alarmCleared'>({ ...ALARM, why: 'kind', more: REF }),
  alarmAcknowledged: of<'alarmAcknowledged'>({ ...ALARM, who: 'by', why: 'kind', more: REF }),
  alarmReturned: of<'alarmReturned'>({ ...ALARM, who: 'by', why: 'kind', more: REF }),
  alarmMoved: of<'alarmMoved'>({
    ...ALARM,
    who: 'by',
    why: 'event',
    more: [...REF, 'from', 'to', 'roomId', 'value'],
  }),
  alarmReminded: of<'alarmReminded'>({ ...ALARM, why: 'kind', more: [...REF, 'outOfService'] }),
  escalationDue: of<'escalationDue'>({ ...ALARM, why: 'kind', more: [...REF, 'step', 'rung', 'priority'] }),
  chatterBegan: of<'chatterBegan'>({ ...ALARM, why: 'kind' }),
  chatterEnded: of<'chatterEnded'>({ ...ALARM, why: 'kind' }),
  soundChanged: of<'soundChanged'>({ area: 'alarms', more: ['from', 'to'] }),
  alarmFloodBegan: of<'alarmFloodBegan'>({ area: 'alarms' }),
  alarmFloodEnded: of<'alarmFloodEnded'>({ area: 'alarms' }),
} as const;

export type KeptType = keyof typeof KEPT;

export const isKept = (type: Fact['type']): type is KeptType => Object.hasOwn(KEPT, type);
