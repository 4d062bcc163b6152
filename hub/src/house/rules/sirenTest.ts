import { isLoud } from '../../alarms/sounderPatterns.ts';
import { answerSpanMs } from '../../devices/commands.ts';
import { TEST_SLACK_MS, TEST_SOUND_MS } from '../../readiness/limits.ts';
import { SIREN_TEST } from '../../readiness/sirenTest.ts';
import { SECOND_MS } from '../../shared/time.ts';
import type { Fact } from '../facts.ts';
import { sirensInUse, whyNoSirenTest } from '../sirenTest.ts';
import { NOTHING, type Rule } from './rule.ts';

/** "A test that is asked for begins, unless something forbids it." Answers take real time, however fast the house's clock runs. */
export const askedTestBegins: Rule = (house, fact) => {
  if (fact.type !== 'sirenTestAsked' || whyNoSirenTest(house) !== null) return NOTHING;
  const { speed } = house.devices;
  return [
    {
      type: 'sirenTestBegan',
      entityIds: sirensInUse(house),
      soundMs: TEST_SOUND_MS * speed,
      answerMs: answerSpanMs(house.devices) + TEST_SLACK_MS * speed,
      by: fact.by,
    },
  ];
};

/** "In a test every siren in use is told to sound, in its full voice, and how long where it can end by itself." */
export const testedSirenIsTold: Rule = (_house, fact) => {
  if (fact.type !== 'sirenTestBegan') return NOTHING;
  const command = { on: true, tone: 'steady', durationS: TEST_SOUND_MS / SECOND_MS } as const;
  return fact.entityIds.map(
    (entityId): Fact => ({ type: 'commandAsked', entityId, command, by: SIREN_TEST }),
  );
};

/** "A siren that somebody heard was tested": it is not asked for again before its time. */
export const heardSirenIsTested: Rule = (_house, fact) => {
  if (fact.type !== 'sirensHeard') return NOTHING;
  const upkeep = { tested: true } as const;
  return fact.entityIds.map((entityId): Fact => ({ type: 'upkeepChanged', entityId, by: fact.by, upkeep }));
};

/** "When it has sounded long enough it is told to stop, but never while a danger sounds." */
export const silencedTestStops: Rule = ({ sounder }, fact) => {
  if (fact.type !== 'sirenTestSilenced') return NOTHING;
  if (sounder.sound !== null && isLoud(sounder.sound.pattern)) return NOTHING;
  return fact.entityIds.map(
    (entityId): Fact => ({ type: 'commandAsked', entityId, command: { on: false }, by: SIREN_TEST }),
  );
};
