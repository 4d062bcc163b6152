import type { Fact } from './facts.ts';

/** Facts that the journal keeps: what a person may want to know later. Readings go to the history instead. */
export const JOURNALED: ReadonlySet<Fact['type']> = new Set([
  'houseResumed',
  'hubClaimed',
  'personLoggedIn',
  'personLoggedOut',
  'loginRefused',
  'devicePaired',
  'deviceAppeared',
  'deviceCorrected',
  'deviceRemoved',
  'boardAlarmTaken',
  'boardStarted',
  'brokerFound',
  'brokerLost',
  'entityLost',
  'entityFound',
  'commandSent',
  'commandConfirmed',
  'commandTimedOut',
  'alarmRaised',
  'alarmLevelChanged',
  'alarmCleared',
  'alarmAcknowledged',
  'alarmReturned',
]);
