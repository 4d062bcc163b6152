import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import { crossedLimitIsAlarm } from './rules/air.ts';
import { brokerIsNeededInDanger, missedBrokerIsAlarm } from './rules/broker.ts';
import { brokerAsideExplainsNothing, muteIsUrgentInDanger, unusedSirenIsExcused } from './rules/mute.ts';
import { answeringValveIsFine, stuckValveIsTrouble } from './rules/responses.ts';
import { NOTHING, type Rule } from './rules/rule.ts';
import {
  calledSirenIsTold,
  lateSirenIsTold,
  leaseIsRenewed,
  lostSirenIsMute,
  missedEndIsNoticed,
  missedEndIsToldAgain,
  muteSirenIsNoticed,
  soundIsTold,
  stoppedSirenIsNoticed,
  warningChimes,
} from './rules/sirens.ts';
import {
  askedTestBegins,
  heardSirenIsTested,
  silencedTestStops,
  testedSirenIsTold,
} from './rules/sirenTest.ts';
import {
  dropOutExplainsTroubles,
  dropOutIsAlarm,
  grownDropOutIsAlarm,
  troubleIsAlarm,
} from './rules/trouble.ts';

/** Sentences that cross domains, one function each, one file a topic in `rules/`. In this order. */
export const RULES: readonly Rule[] = [
  crossedLimitIsAlarm,
  soundIsTold,
  lateSirenIsTold,
  stoppedSirenIsNoticed,
  muteSirenIsNoticed,
  lostSirenIsMute,
  missedEndIsNoticed,
  missedEndIsToldAgain,
  calledSirenIsTold,
  leaseIsRenewed,
  warningChimes,
  askedTestBegins,
  testedSirenIsTold,
  silencedTestStops,
  heardSirenIsTested,
  stuckValveIsTrouble,
  answeringValveIsFine,
  dropOutIsAlarm,
  grownDropOutIsAlarm,
  dropOutExplainsTroubles,
  troubleIsAlarm,
  brokerIsNeededInDanger,
  missedBrokerIsAlarm,
  muteIsUrgentInDanger,
  brokerAsideExplainsNothing,
  unusedSirenIsExcused,
];

/**
 * A number is held against limits by the air, and watched over by the health: what they say of it starts rules, the number none. Nearly
 * all facts are numbers, and asking all rules was a tenth of what one costs.
 */
const isNumber = (fact: Fact): boolean => fact.type === 'reading' && typeof fact.value === 'number';

export function followUps(house: House, fact: Fact): readonly Fact[] {
  if (isNumber(fact)) return NOTHING;
  let facts: readonly Fact[] = NOTHING;
  for (const rule of RULES) {
    const more = rule(house, fact);
    if (more.length > 0) facts = facts.length === 0 ? more : [...facts, ...more];
  }
  return facts;
}
