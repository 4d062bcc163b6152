import { describe, expect, it } from 'vitest';
import { createHome, type Home } from '../../../test/aHome.ts';
import {
  announced,
  CONTACT,
  carbonMonoxide,
  deviceAnnounced,
  ofType,
  oxygen,
  reading,
  SENSOR,
} from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import type { EntityAnnouncement } from '../entity.ts';
import type { Quantity } from '../schema.ts';
import { doubtOf } from './doubt.ts';
import {
  CO_ZERO_MS,
  DISAGREE_MS,
  MALFORMED_MESSAGES,
  MALFORMED_MS,
  MOST_PER_RATE,
  STUCK_MS,
} from './limits.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const O2 = 'node.o2';

const sensorOf = (key: string, quantity: Quantity, unit: string) =>
  announced(key, { quantity, config: { ...SENSOR, unit } });
const warmth = sensorOf('t', 'temperature', '°C');

const impossible = (value = 31, entityId = O2): Fact => ({
  type: 'impossibleHeard',
  entityId,
  quantity: 'oxygen',
  value,
  unit: '%',
  ageMs: 0,
});
const malformed = (entityId = O2): Fact => ({ type: 'malformedHeard', entityId });
const doubtIn = (home: Home, entityId = O2) => doubtOf(home.house().health, entityId);

describe('a value out of range', () => {
  it('once makes it suspect, three times a fault', () => {
    const home = createHome({ node: [oxygen()] });
    home.hear(0, reading(O2, 20.9));
    home.hear(1_000, impossible());
    home.hear(2_000, impossible());
    expect([home.stateOf(O2), doubtIn(home)]).toEqual(['suspect', 'suspect']);
    home.hear(3_000, impossible());
    expect([home.stateOf(O2), doubtIn(home)]).toEqual(['fault', 'fault']);
    expect(home.told).toEqual([`1000 ${O2} suspect`, `3000 ${O2} fault`]);
  });

  it('is past after three good ones in a row, and not after two', () => {
    const home = createHome({ node: [oxygen()] });
    for (const mono of [1, 2, 3]) home.hear(mono, impossible());
    home.hear(4, reading(O2, 20.9));
    home.hear(5, reading(O2, 20.9));
    home.hear(6, impossible());
    home.hear(7, reading(O2, 20.9));
    home.hear(8, reading(O2, 20.8));
    expect(home.stateOf(O2)).toBe('fault');
    home.hear(9, reading(O2, 20.9));
    expect([home.stateOf(O2), doubtIn(home)]).toEqual(['ok', null]);
  });

  it('by turns with good ones is a fault: it cannot be relied on', () => {
    const home = createHome({ node: [oxygen()] });
    for (let mono = 1; mono < 6; mono += 2) {
      home.hear(mono, impossible());
      home.hear(mono + 1, reading(O2, 20.9));
    }
    expect(home.stateOf(O2)).toBe('fault');
  });

  it('stays a fault through a restart, until three good ones', () => {
    const home = createHome({ node: [oxygen()] });
    for (const mono of [1, 2, 3]) home.hear(mono, impossible());
    home.restart(10);
    expect(doubtIn(home)).toBe('fault');
    for (const mono of [11, 12]) home.hear(mono, reading(O2, 20.9));
    expect(home.stateOf(O2)).toBe('fault');
    home.hear(13, reading(O2, 20.9));
    expect(home.stateOf(O2)).toBe('ok');
  });

  it('of a sensor that nobody watches is nobody’s business', () => {
    const home = createHome({ node: [sensorOf('w', 'power', 'W')] });
    home.hear(1, impossible(1, 'node.w'));
    home.hear(2, malformed('node.w'));
    home.hear(3, malformed('node.nobody'));
    home.hear(4, impossible(1, 'node.nobody'));
    expect(home.told).toEqual([]);
    expect(doubtIn(home, 'node.w')).toBeNull();
  });
});

describe('messages that cannot be read', () => {
  const many = (home: Home, count: number, spanMs: number): void => {
    for (let n = 0; n < count; n++) home.hear(1_000 + n * spanMs, malformed());
  };

  it.each([
    [MALFORMED_MESSAGES - 1, 1, 'ok'],
    [MALFORMED_MESSAGES, 1, 'fault'],
    [MALFORMED_MESSAGES, Math.floor(MALFORMED_MS / (MALFORMED_MESSAGES - 1)), 'fault'],
    [MALFORMED_MESSAGES, Math.ceil(MALFORMED_MS / (MALFORMED_MESSAGES - 1)), 'ok'],
  ])('%i of them, %i ms apart: %s', (count, spanMs, state) => {
    const home = createHome({ node: [oxygen()] });
    many(home, count, spanMs);
    expect(home.findings(O2).malformed?.state ?? 'ok').toBe(state);
  });

  it('are past after a minute without any, to the millisecond', () => {
    const home = createHome({ node: [oxygen('o2', { expireAfterMs: DAY })] });
    many(home, 15, 1_000);
    const last = 1_000 + 14 * 1_000;
    home.to(last + MALFORMED_MS - 1);
    expect([home.stateOf(O2), doubtIn(home)]).toEqual(['fault', 'fault']);
    home.to(last + MALFORMED_MS);
    expect(home.stateOf(O2)).toBe('ok');
  });

  it('are past a minute after a restart too', () => {
    const home = createHome({ node: [oxygen('o2', { expireAfterMs: DAY })] });
    many(home, 15, 1_000);
    home.restart(30_000);
    home.to(30_000 + MALFORMED_MS - 1);
    expect(home.stateOf(O2)).toBe('fault');
    home.to(30_000 + MALFORMED_MS);
    expect(home.stateOf(O2)).toBe('ok');
  });

  it('count words where a number should be', () => {
    const home = createHome({ node: [oxygen('o2', { expireAfterMs: DAY })] });
    for (let n = 0; n < MALFORMED_MESSAGES; n++) home.hear(n, reading(O2, 'NaN'));
    expect(home.stateOf(O2)).toBe('fault');
  });
});

describe('a value that jumps', () => {
  const UNITS: Partial<Record<Quantity, string>> = {
    oxygen: '%',
    carbon_dioxide: 'ppm',
    temperature: '°C',
    humidity: '%',
  };
  const START: Partial<Record<Quantity, number>> = {
    oxygen: 20.9,
    carbon_dioxide: 500,
    temperature: 20,
    humidity: 50,
  };

  it.each([...MOST_PER_RATE])('%s: %f in 10 s is believed, more is held for one sample', (quantity, most) => {
    const id = 'node.x';
    const from = START[quantity] ?? 0;
    const far = quantity === 'oxygen' ? from - most : from + most;
    const say = (home: Home, mono: number, value: number) =>
      home.hear(mono, reading(id, value, { quantity }));
    const calm = createHome({ node: [sensorOf('x', quantity, UNITS[quantity] ?? '')] });
    say(calm, 0, from);
    say(calm, 10 * SECOND, far);
    expect(doubtIn(calm, id)).toBeNull();
    const wild = createHome({ node: [sensorOf('x', quantity, UNITS[quantity] ?? '')] });
    say(wild, 0, from);
    say(wild, 10 * SECOND, far + Math.sign(far - from) * 0.01);
    expect([wild.stateOf(id), doubtIn(wild, id)]).toEqual(['suspect', 'rate']);
    say(wild, 20 * SECOND, far);
    expect([wild.stateOf(id), doubtIn(wild, id)]).toEqual(['ok', null]);
  });

  it('and is back with the next one was none', () => {
    const home = createHome({ node: [oxygen()] });
    for (const [n, value] of [20.9, 15, 20.9].entries()) home.hear(n * 10 * SECOND, reading(O2, value));
    expect(home.told.map((each) => each.split(' ')[2])).toEqual(['suspect', 'ok']);
  });

  it('with each sample is held each time', () => {
    const home = createHome({ node: [oxygen()] });
    for (const [n, value] of [20.9, 15, 5, 12, 1].entries()) home.hear(n * 10 * SECOND, reading(O2, value));
    expect(doubtIn(home)).toBe('rate');
    expect(home.told).toHaveLength(1);
  });

  it('over a longer time may go further', () => {
    const home = createHome({ node: [oxygen()] });
    home.hear(0, reading(O2, 20.9));
    home.hear(30 * SECOND, reading(O2, 15));
    expect(doubtIn(home)).toBeNull();
  });

  const heatTold = (...values: number[]) => {
    const home = createHome({ node: [warmth] });
    for (const [n, value] of values.entries())
      home.hear(n * MINUTE, reading('node.t', value, { quantity: 'temperature' }));
    home.to(values.length * MINUTE);
    return ofType(home.facts, 'limitCrossed').map(({ level, cause }) => `${level} ${cause}`);
  };

  it('AIR-2 85 °C of a thermometer that lost its power is a fire only when the next reading agrees', () => {
    expect(heatTold(21, 21, 85, 21, 21)).toEqual(['warning unverified']);
    expect(heatTold(21, 21, 85, 85)).toEqual(['warning unverified', 'alarm unverified', 'critical limit']);
  });

  it('AIR-2 a fire that grows is believed at once', () => {
    expect(heatTold(21, 45, 75).at(-1)).toBe('critical limit');
  });

  it('is no trouble: it passes by itself', () => {
    const home = createHome({ node: [oxygen()] });
    home.hear(0, reading(O2, 20.9));
    home.hear(1, reading(O2, 15));
    expect(home.facts.filter(({ type }) => type === 'troubleBegan')).toEqual([]);
  });
});

describe('a value that stands still', () => {
  const minutes = (home: Home, untilMs: number, warm: (mono: number) => number, value = 20.9): void => {
    for (let mono = 0; mono <= untilMs; mono += 2 * MINUTE) {
      home.hear(mono, reading('node.t', warm(mono), { quantity: 'temperature' }));
      home.hear(mono, reading(O2, value));
    }
  };
  const warming = (mono: number): number => 18 + (4 * mono) / DAY;

  it('STRIDE T: sensor that lies: for a day though it grew 3 °C warmer is stuck, to the millisecond', () => {
    const home = createHome({ node: [oxygen(), warmth] });
    minutes(home, STUCK_MS - 2 * MINUTE, warming);
    home.to(STUCK_MS - 1);
    expect(home.findings(O2).stuck).toBeUndefined();
    home.to(STUCK_MS);
    expect(home.findings(O2).stuck).toMatchObject({ state: 'suspect' });
    expect(doubtIn(home)).toBeNull();
    home.hear(STUCK_MS + 1, reading(O2, 20.8));
    expect(home.findings(O2).stuck).toBeUndefined();
  });

  it('in a room that keeps its warmth may be right', () => {
    const home = createHome({ node: [oxygen(), warmth] });
    minutes(home, 2 * STUCK_MS, (mono) => 20 + 1.4 * Math.sin(mono));
    expect(home.findings(O2).stuck).toBeUndefined();
  });

  it('where nobody knows how warm it is may be right', () => {
    const home = createHome({ node: [oxygen()] });
    for (let mono = 0; mono <= 2 * STUCK_MS; mono += 2 * MINUTE) home.hear(mono, reading(O2, 20.9));
    expect(home.findings(O2).stuck).toBeUndefined();
  });

  it('through a restart goes on', () => {
    const home = createHome({ node: [oxygen('o2', { expireAfterMs: DAY }), warmth] });
    minutes(home, 20 * HOUR, warming);
    home.restart(20 * HOUR + MINUTE);
    home.hear(20 * HOUR + 2 * MINUTE, reading('node.t', 22, { quantity: 'temperature' }));
    for (let mono = 20 * HOUR + 2 * MINUTE; mono <= STUCK_MS; mono += 2 * MINUTE)
      home.hear(mono, reading(O2, 20.9));
    expect(home.findings(O2).stuck).toMatchObject({ state: 'suspect' });
    home.restart(STUCK_MS + MINUTE);
    home.to(STUCK_MS + 3 * MINUTE);
    expect(home.findings(O2).stuck).toBeDefined();
    home.hear(STUCK_MS + 4 * MINUTE, reading(O2, 20.7));
    expect(home.findings(O2).stuck).toBeUndefined();
    expect(home.house().health.health.size).toBe(2);
  });

  it('carbon monoxide of exactly 0 for 7 days asks for a test; 0.1 once, and it moves', () => {
    const CO = 'node.co';
    const home = createHome({ node: [carbonMonoxide('co', { expireAfterMs: DAY })] });
    const say = (mono: number, value: number) =>
      home.hear(mono, reading(CO, value, { quantity: 'carbon_monoxide' }));
    say(0, 0.1);
    for (let mono = HOUR; mono < CO_ZERO_MS + HOUR; mono += HOUR) say(mono, 0);
    home.to(CO_ZERO_MS + HOUR - 1);
    expect(home.stateOf(CO)).toBe('ok');
    home.to(CO_ZERO_MS + HOUR);
    expect(home.findings(CO).stuck).toMatchObject({ state: 'suspect', priority: 3 });
    say(CO_ZERO_MS + 2 * HOUR, 0.1);
    expect(home.stateOf(CO)).toBe('ok');
  });

  it('a person who tested it knows better', () => {
    const CO = 'node.co';
    const home = createHome({ node: [carbonMonoxide('co', { expireAfterMs: DAY })] });
    for (let mono = 0; mono <= CO_ZERO_MS + HOUR; mono += HOUR)
      home.hear(mono, reading(CO, 0, { quantity: 'carbon_monoxide' }));
    expect(home.stateOf(CO)).toBe('suspect');
    const tested: Fact = { type: 'upkeepChanged', entityId: CO, by: 'Ana', upkeep: { tested: true } };
    home.hear(CO_ZERO_MS + HOUR + 1, tested);
    expect(home.stateOf(CO)).toBe('ok');
  });
});

describe('two sensors of one quantity in one room', () => {
  const kitchen = (id: string, entities: readonly EntityAnnouncement[]): Fact =>
    deviceAnnounced(id, entities, { device: { suggestedArea: 'Kitchen' } });
  const homeOf = (...ids: string[]) => {
    const home = createHome({});
    for (const id of ids) home.hear(0, kitchen(id, [oxygen('o2', { expireAfterMs: HOUR })]));
    return home;
  };
  const talk = (home: Home, untilMs: number, values: Readonly<Record<string, number>>, fromMs = 0): void => {
    for (let mono = fromMs; mono <= untilMs; mono += MINUTE)
      for (const [id, value] of Object.entries(values)) home.hear(mono, reading(`${id}.o2`, value));
  };

  it('that differ for half an hour are both suspect; not a minute earlier', () => {
    const home = homeOf('a', 'b');
    talk(home, MINUTE, { a: 20.9, b: 19.9 });
    const since = home.house().health.pulses;
    talk(home, DISAGREE_MS - MINUTE, { a: 20.9, b: 19.9 }, 2 * MINUTE);
    expect([home.stateOf('a.o2'), home.stateOf('b.o2'), since.size]).toEqual(['ok', 'ok', 2]);
    talk(home, DISAGREE_MS + 2 * MINUTE, { a: 20.9, b: 19.9 }, DISAGREE_MS);
    expect([home.stateOf('a.o2'), home.stateOf('b.o2')]).toEqual(['suspect', 'suspect']);
    expect([doubtIn(home, 'a.o2'), doubtIn(home, 'b.o2')]).toEqual([null, null]);
    talk(home, DISAGREE_MS + 5 * MINUTE, { a: 20.9, b: 20.8 }, DISAGREE_MS + 3 * MINUTE);
    expect([home.stateOf('a.o2'), home.stateOf('b.o2')]).toEqual(['ok', 'ok']);
  });

  it('CO-1 the good one is not made deaf by the dead one beside it', () => {
    const home = homeOf('a', 'b');
    const say = (mono: number, id: string, value: number) =>
      home.hear(mono, reading(`${id}.co`, value, { quantity: 'carbon_monoxide' }));
    for (const id of ['a', 'b']) home.hear(0, kitchen(id, [carbonMonoxide('co', { expireAfterMs: HOUR })]));
    for (let mono = MINUTE; mono <= 80 * MINUTE; mono += MINUTE) {
      say(mono, 'a', 0);
      say(mono, 'b', mono < 40 * MINUTE ? 30 : 250);
    }
    expect(home.findings('b.co').disagrees).toBeDefined();
    expect(ofType(home.facts, 'limitCrossed')).toMatchObject([
      { entityId: 'b.co', level: 'alarm', cause: 'dose' },
    ]);
  });

  it('that differ by three sigma are both right', () => {
    const home = homeOf('a', 'b');
    talk(home, 2 * HOUR, { a: 20.9, b: 20.4 });
    expect(home.told).toEqual([]);
  });

  it('and a third that agrees with one: only the odd one is suspect', () => {
    const home = homeOf('a', 'b', 'c');
    talk(home, DISAGREE_MS + 3 * MINUTE, { a: 20.9, b: 20.8, c: 19.5 });
    expect([home.stateOf('a.o2'), home.stateOf('b.o2'), home.stateOf('c.o2')]).toEqual([
      'ok',
      'ok',
      'suspect',
    ]);
  });

  it('one of which is silent are not compared', () => {
    const home = homeOf('a', 'b');
    home.hear(0, reading('b.o2', 15));
    talk(home, 3 * HOUR, { a: 20.9 });
    expect(home.findings('a.o2').disagrees).toBeUndefined();
  });
});

it('a contact is judged by no value', () => {
  const door = announced('door', { quantity: 'door', config: CONTACT });
  const home = createHome({ node: [door] });
  for (const [n, value] of [true, false, true].entries())
    home.hear(n, reading('node.door', value, { quantity: 'door' }));
  expect([home.told, doubtIn(home, 'node.door')]).toEqual([[], null]);
});
