import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHome, type Home } from '../../../test/aHome.ts';
import {
  announced,
  CONTACT,
  carbonMonoxide,
  oxygen,
  reading,
  siren,
  smoke,
  smokeReading,
  UTC_AT_START,
} from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import { getRow } from '../../house/table.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from '../../shared/time.ts';
import type { Upkeep } from '../healthSchema.ts';
import { BUTTON_TEST_EVERY_MS, SIREN_TEST_EVERY_MS, TEST_HOUR } from './limits.ts';

const SMOKE = 'node.smoke';
const SIREN = 'node.siren';
const coAlarm = announced('co', { quantity: 'carbon_monoxide', config: CONTACT });
const home = () => createHome({ node: [smoke(), siren(), coAlarm] });
const upkeep = (entityId: string, said: Upkeep): Fact => ({
  type: 'upkeepChanged',
  entityId,
  by: 'Ana',
  upkeep: said,
});
/** House time of that hour of the day, by the clock of the hub, so many days after the start of these tests. */
const at = (day: number, hour = 0): Millis =>
  new Date(UTC_AT_START).setHours(hour + 24 * day, 0, 0, 0) - UTC_AT_START;
const askedOf = (of: Home, entityId: string) => of.findings(entityId)['self-test'];
const troubleOf = (of: Home, entityId: string) => getRow(of.house().alarms.rows, `trouble:${entityId}`);

/** Somebody lets the siren sound for a moment; it answers or not. */
const sound = (of: Home, mono: Millis, answers = true): void => {
  of.hear(mono, { type: 'commandAsked', entityId: SIREN, command: { on: true }, by: 'Ana' });
  if (answers) of.hear(mono + 500, reading(SIREN, true, { quantity: 'siren' }));
};

afterEach(() => void vi.unstubAllEnvs());

describe('§3.2 Self test: what nobody has tested for long', () => {
  it('is asked for weekly of a siren and monthly of smoke and CO alarms, at ten o’clock', () => {
    expect([SIREN_TEST_EVERY_MS, BUTTON_TEST_EVERY_MS, TEST_HOUR]).toEqual([7 * DAY_MS, 30 * DAY_MS, 10]);
    const one = home();
    one.to(at(7, 10) - 1);
    expect(askedOf(one, SIREN)).toBeUndefined();
    one.to(at(7, 10));
    expect(askedOf(one, SIREN)).toMatchObject({ state: 'suspect', priority: 4, detail: 7 });
    for (const alarm of [SMOKE, 'node.co']) {
      one.to(at(30, 10) - 1);
      expect(askedOf(one, alarm)).toBeUndefined();
    }
    one.to(at(30, 10));
    for (const alarm of [SMOKE, 'node.co'])
      expect(askedOf(one, alarm)).toMatchObject({ state: 'suspect', priority: 4, detail: 30 });
  });

  it('is an advisory in the list, and casts no doubt on what is heard', () => {
    const one = home();
    one.to(at(31));
    expect(troubleOf(one, SMOKE)).toMatchObject({
      level: 'advisory',
      cause: 'self-test',
      unit: 'd',
      active: true,
    });
    one.hear(at(31), smokeReading(SMOKE, true));
    expect(getRow(one.house().alarms.rows, `smoke:${SMOKE}`)).toMatchObject({
      level: 'alarm',
      cause: 'contact',
    });
  });

  it('is nothing that is asked of a sensor of numbers', () => {
    const patient = { expireAfterMs: 1e15 };
    const one = createHome({ node: [carbonMonoxide('n', patient), oxygen('o2', patient)] });
    one.to(at(60));
    expect([askedOf(one, 'node.n'), askedOf(one, 'node.o2')]).toEqual([undefined, undefined]);
  });

  it('is asked for at the hour that a person chose, and at ten again when they choose none', () => {
    const one = home();
    one.hear(1, upkeep(SIREN, { testHour: 18 }));
    // Half a day early at most: on the same part of the day of the week as it was tested.
    one.to(at(6, 18) - 1);
    expect(askedOf(one, SIREN)).toBeUndefined();
    one.to(at(6, 18));
    expect(askedOf(one, SIREN)).toBeDefined();
    const two = home();
    two.hear(1, upkeep(SIREN, { testHour: 18 }));
    two.hear(2, upkeep(SIREN, { testHour: null }));
    two.to(at(7, 10));
    expect(askedOf(two, SIREN)).toBeDefined();
  });

  it('goes when a person notes the test, and comes a week or a month after it', () => {
    const one = home();
    one.to(at(31));
    for (const id of [SIREN, SMOKE]) one.hear(at(31, 15), upkeep(id, { tested: true }));
    expect([askedOf(one, SIREN), askedOf(one, SMOKE)]).toEqual([undefined, undefined]);
    expect([troubleOf(one, SIREN), troubleOf(one, SMOKE)]).toEqual([undefined, undefined]);
    one.to(at(38, 10) - 1);
    expect(askedOf(one, SIREN)).toBeUndefined();
    one.to(at(38, 10));
    expect(askedOf(one, SIREN)?.detail).toBe(6);
    one.to(at(61, 10) - 1);
    expect(askedOf(one, SMOKE)).toBeUndefined();
    one.to(at(61, 10));
    expect(askedOf(one, SMOKE)).toBeDefined();
  });

  it('goes when the siren says that it sounds, and not when it does not answer', () => {
    const one = home();
    one.to(at(8));
    sound(one, at(8, 12), false);
    one.to(at(8, 12) + MINUTE_MS);
    expect(askedOf(one, SIREN)).toBeDefined();
    sound(one, at(8, 13));
    expect(askedOf(one, SIREN)).toBeUndefined();
    expect(getRow(one.house().health.health, SIREN)?.tested?.mono).toBe(at(8, 13) + 500);
    const off = home();
    off.to(at(8));
    off.hear(at(8, 12), { type: 'commandAsked', entityId: SIREN, command: { on: false }, by: 'Ana' });
    off.hear(at(8, 12) + 1, reading(SIREN, false, { quantity: 'siren' }));
    expect(askedOf(off, SIREN)).toBeDefined();
  });

  it('goes when the alarm is heard to alarm, as after its button; not by what the broker remembers', () => {
    const one = home();
    one.to(at(31));
    one.hear(at(31), smokeReading(SMOKE, true, { retained: true }));
    one.hear(at(31), smokeReading(SMOKE, false));
    expect(askedOf(one, SMOKE)).toBeDefined();
    one.hear(at(31), smokeReading(SMOKE, true));
    expect(askedOf(one, SMOKE)).toBeUndefined();
    expect(askedOf(one, 'node.co')).toBeDefined();
  });

  it('a siren and an alarm that sound often are not written down each time', () => {
    const one = home();
    sound(one, 13 * HOUR_MS);
    const row = getRow(one.house().health.health, SIREN);
    for (let n = 1; n < 20; n++) {
      one.hear(13 * HOUR_MS + n * MINUTE_MS, {
        type: 'commandAsked',
        entityId: SIREN,
        command: { on: false },
        by: 'Ana',
      });
      sound(one, 13 * HOUR_MS + n * MINUTE_MS + SECOND_MS);
    }
    expect(getRow(one.house().health.health, SIREN)?.tested).toEqual(row?.tested);
  });

  it('is asked for through a restart, and in time after one', () => {
    const one = home();
    one.to(at(7, 10));
    one.restart(at(7, 11));
    expect(askedOf(one, SIREN)).toMatchObject({ state: 'suspect' });
    expect(troubleOf(one, SIREN)).toMatchObject({ cause: 'self-test', active: true });
    one.restart(at(29));
    one.to(at(30, 10) - 1);
    expect(askedOf(one, SMOKE)).toBeUndefined();
    one.to(at(30, 10));
    expect(askedOf(one, SMOKE)).toBeDefined();
  });

  it.each([-20 * 365 * DAY_MS, -5 * HOUR_MS, 3 * HOUR_MS, 10 * 365 * DAY_MS])(
    'F-05 no clock that is set by %d ms takes back what was asked for, or asks a day sooner or later',
    (byMs) => {
      const one = home();
      one.to(at(7, 10));
      const utc = UTC_AT_START + at(7, 11) + byMs;
      one.hear(at(7, 11), upkeep(SIREN, {}), utc);
      expect(askedOf(one, SIREN)).toBeDefined();
      one.hear(at(7, 12), upkeep(SIREN, { tested: true }), UTC_AT_START + at(7, 12) + byMs);
      one.to(at(14) - 1);
      expect(askedOf(one, SIREN)).toBeUndefined();
      one.to(at(15, 12));
      expect(askedOf(one, SIREN)).toBeDefined();
    },
  );

  it('F-05 a clock that shows no date at all keeps nothing from being asked for', () => {
    const one = home();
    one.hear(at(7, 1), upkeep(SIREN, {}), 1e300);
    expect(askedOf(one, SIREN)).toBeDefined();
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'])(
    'F-06 is asked for at the hour of the clock in %s, also when summer time ends in between',
    (zone) => {
      vi.stubEnv('TZ', zone);
      const one = home();
      one.to(at(7, 10) - 1);
      expect(askedOf(one, SIREN)).toBeUndefined();
      one.to(at(7, 10));
      expect(askedOf(one, SIREN)).toBeDefined();
    },
  );
});
