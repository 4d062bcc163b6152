import { describe, expect, it } from 'vitest';
import { createHome, type Home } from '../../../test/aHome.ts';
import {
  announced,
  availability,
  availableAt,
  CONTACT,
  carbonMonoxide,
  ofType,
  oxygen,
  reading,
  SENSOR,
  siren,
  smoke,
} from '../../../test/builders.ts';
import { getRow } from '../../house/table.ts';
import type { EntityConfig } from '../entity.ts';
import { LONGEST_SILENT_MS, SILENT_MS } from '../heard.ts';
import { PASSIVE_SILENT_MS } from './limits.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const battery = announced('battery', {
  quantity: 'battery',
  config: { ...SENSOR, unit: '%', entityCategory: 'diagnostic' },
});
const warmth = announced('t', { quantity: 'temperature', config: { ...SENSOR, unit: '°C' } });

/** Says the same value at each of these times. */
function speaking(home: Home, entityId: string, times: readonly number[]): void {
  for (const mono of times) home.hear(mono, reading(entityId, 20.9));
}

const every = (spanMs: number, untilMs: number, fromMs = 0): number[] =>
  Array.from({ length: Math.floor((untilMs - fromMs) / spanMs) + 1 }, (_, n) => fromMs + n * spanMs);

const O2 = 'node.o2';

describe('SUP-3 a sensor that falls silent, to the millisecond', () => {
  type Row = [what: string, config: Partial<EntityConfig>, spanMs: number, suspectMs: number, lostMs: number];
  it.each<Row>([
    ['mains, beat of 30 s', {}, 30 * SECOND, 90 * SECOND, SILENT_MS],
    ['mains, beat of 10 s', {}, 10 * SECOND, 90 * SECOND, SILENT_MS],
    ['mains, beat of 2 min: three of its own', {}, 2 * MINUTE, 3 * MINUTE, 6 * MINUTE],
    ['expire_after of 60 s', { expireAfterMs: MINUTE }, 10 * SECOND, 30 * SECOND, MINUTE],
    ['expire_after of 60 s, beat of 30 s', { expireAfterMs: MINUTE }, 30 * SECOND, 45 * SECOND, MINUTE],
  ])('%s', (_, config, spanMs, suspectMs, lostMs) => {
    const home = createHome({ node: [oxygen('o2', config)] });
    const last = 40 * spanMs;
    speaking(home, O2, every(spanMs, last));
    home.told.length = 0;
    home.to(last + suspectMs - 1);
    expect(home.stateOf(O2)).toBe('ok');
    home.to(last + suspectMs);
    expect(home.stateOf(O2)).toBe('suspect');
    home.to(last + lostMs - 1);
    expect(home.stateOf(O2)).toBe('suspect');
    home.to(last + 10 * lostMs);
    expect(home.told).toEqual([`${last + suspectMs} ${O2} suspect`, `${last + lostMs} ${O2} lost`]);
  });

  it('on a battery, beat of 60 min: lost after 130 min, though it spoke more often before', () => {
    const home = createHome({ node: [oxygen(), battery] });
    speaking(home, O2, [...every(30 * SECOND, 30 * MINUTE), ...every(HOUR, 20 * HOUR, 2 * HOUR)]);
    const last = 20 * HOUR;
    home.told.length = 0;
    home.to(last + LONGEST_SILENT_MS - 1);
    expect(home.stateOf(O2)).toBe('suspect');
    home.to(last + LONGEST_SILENT_MS);
    expect(home.told.at(-1)).toBe(`${last + LONGEST_SILENT_MS} ${O2} lost`);
  });

  it('on a battery, after its first word: nobody knows its beat yet', () => {
    const home = createHome({ node: [oxygen(), battery] });
    home.hear(1_000, reading(O2, 20.9));
    home.to(1_000 + LONGEST_SILENT_MS - 1);
    expect(home.stateOf(O2)).toBe('suspect');
    home.to(1_000 + LONGEST_SILENT_MS);
    expect(home.stateOf(O2)).toBe('lost');
  });

  it('a thermometer that promised nothing: after a day and an hour', () => {
    const home = createHome({ node: [warmth] });
    home.hear(0, reading('node.t', 20, { quantity: 'temperature' }));
    home.to(PASSIVE_SILENT_MS - 1);
    expect(home.stateOf('node.t')).toBe('suspect');
    home.to(PASSIVE_SILENT_MS);
    expect(home.told).toEqual([
      `${PASSIVE_SILENT_MS / 2} node.t suspect`,
      `${PASSIVE_SILENT_MS} node.t lost`,
    ]);
  });

  it('one that never spoke at all', () => {
    const home = createHome({ node: [carbonMonoxide()] });
    home.to(10 * MINUTE);
    expect(home.told).toEqual([`${90 * SECOND} node.co suspect`, `${180 * SECOND} node.co lost`]);
  });

  it('a contact that promised nothing says nothing for years', () => {
    const home = createHome({ node: [smoke()] });
    home.to(1e10);
    expect(home.findings('node.smoke').silent).toBeUndefined();
    expect(home.facts.filter(({ type }) => type === 'entityLost')).toEqual([]);
  });

  it('one that is heard again is well at once, and its silence counts anew', () => {
    const home = createHome({ node: [oxygen()] });
    speaking(home, O2, every(30 * SECOND, 5 * MINUTE));
    home.to(20 * MINUTE);
    home.told.length = 0;
    home.hear(20 * MINUTE + 7, reading(O2, 20.9));
    expect(home.stateOf(O2)).toBe('warming-up');
    speaking(home, O2, every(30 * SECOND, 30 * MINUTE, 21 * MINUTE));
    home.to(40 * MINUTE);
    expect(home.told).toEqual([
      `${20 * MINUTE + 7} ${O2} ok`,
      `${20 * MINUTE + 7} ${O2} warming-up`,
      `${20.5 * MINUTE + 7} ${O2} ok`,
      `${31.5 * MINUTE} ${O2} suspect`,
      `${33 * MINUTE} ${O2} lost`,
    ]);
  });
});

describe('availability', () => {
  const node = { node: [oxygen('o2', { availability: [availableAt('a')] })] };

  it('that says "offline" loses it at once, after the grace', () => {
    const home = createHome(node);
    home.hear(0, availability(O2, true));
    speaking(home, O2, every(30 * SECOND, 3 * MINUTE));
    home.hear(3 * MINUTE + 5, availability(O2, false));
    expect(home.told.at(-1)).toBe(`${3 * MINUTE + 5} ${O2} lost`);
    home.hear(4 * MINUTE, availability(O2, true));
    expect(home.stateOf(O2)).not.toBe('lost');
    home.to(4 * MINUTE + 90 * SECOND);
    expect(home.stateOf(O2)).toBe('suspect');
  });

  it('SUP-2 that says "offline" within the grace makes it suspect, and lost when the grace ends', () => {
    const home = createHome(node);
    home.hear(5_000, availability(O2, false));
    expect(home.stateOf(O2)).toBe('suspect');
    home.to(MINUTE);
    expect(home.told).toEqual([`5000 ${O2} suspect`, `60000 ${O2} lost`]);
  });

  it('on which nothing was said yet: a contact is lost as a sensor is', () => {
    const home = createHome({
      door: [announced('d', { quantity: 'door', config: { ...CONTACT, availability: [availableAt('a')] } })],
    });
    home.to(10 * MINUTE);
    expect(home.told).toEqual([`${90 * SECOND} door.d suspect`, `${180 * SECOND} door.d lost`]);
  });

  it('of a siren that is gone makes it mute', () => {
    const home = createHome({ hall: [siren('siren', { availability: [availableAt('a')] })] });
    home.hear(0, availability('hall.siren', true));
    home.to(2 * MINUTE);
    expect(home.stateOf('hall.siren')).toBe('ok');
    home.hear(2 * MINUTE, availability('hall.siren', false));
    expect(ofType(home.facts, 'troubleBegan')).toMatchObject([{ cause: 'siren-mute', level: 'warning' }]);
  });
});

describe('SUP-2 after a restart', () => {
  it('of the hub nobody is lost before a minute, nor suspect', () => {
    const home = createHome({ node: [oxygen()], other: [carbonMonoxide()] });
    speaking(home, O2, every(30 * SECOND, 5 * MINUTE));
    home.hear(5 * MINUTE, reading('other.co', 0, { quantity: 'carbon_monoxide' }));
    home.told.length = 0;
    home.restart(6 * MINUTE);
    home.to(7 * MINUTE);
    expect(home.told).toEqual([]);
    home.to(9 * MINUTE);
    expect(home.told).toEqual([
      `${7.5 * MINUTE} ${O2} suspect`,
      `${7.5 * MINUTE} other.co suspect`,
      `${9 * MINUTE} ${O2} lost`,
      `${9 * MINUTE} other.co lost`,
    ]);
  });

  it('of the hub one that was lost stays lost until it is heard, and its trouble stays active', () => {
    const home = createHome({ node: [oxygen()] });
    home.hear(0, reading(O2, 20.9));
    home.to(5 * MINUTE);
    expect(home.stateOf(O2)).toBe('lost');
    const raised = ofType(home.facts, 'alarmRaised').length;
    home.restart(6 * MINUTE);
    home.to(60 * MINUTE);
    expect(home.stateOf(O2)).toBe('lost');
    expect(ofType(home.facts, 'alarmRaised')).toHaveLength(raised);
    expect(getRow(home.house().alarms.rows, `trouble:${O2}`)?.active).toBe(true);
    home.hear(61 * MINUTE, reading(O2, 20.9));
    expect(home.stateOf(O2)).toBe('ok');
    expect(ofType(home.facts, 'troubleEnded')).toHaveLength(1);
  });

  it('of the broker nobody is lost while it is away, nor within a minute after it is back', () => {
    const home = createHome({ node: [oxygen()] });
    speaking(home, O2, every(30 * SECOND, 5 * MINUTE));
    home.told.length = 0;
    home.hear(5 * MINUTE + 1, { type: 'brokerLost' });
    home.to(30 * MINUTE);
    home.hear(30 * MINUTE, { type: 'brokerFound' });
    home.to(31 * MINUTE - 1);
    expect(home.told).toEqual([]);
    home.to(31 * MINUTE);
    expect(home.told).toEqual([`${31 * MINUTE} ${O2} lost`]);
  });
});
