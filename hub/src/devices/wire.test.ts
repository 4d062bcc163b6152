import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofType } from '../../test/builders.ts';
import { createWiredHub } from '../../test/wiredHub.ts';
import { getRow, rowsOf } from '../house/table.ts';
import { MAX_PAYLOAD } from './wire.ts';

const SMOKE = {
  p: 'binary_sensor',
  dev_cla: 'smoke',
  stat_t: 'homeward/hall/state',
  val_tpl: '{{ value_json.smoke }}',
};
const O2 = {
  p: 'sensor',
  hw_quantity: 'oxygen',
  unit_of_meas: '%',
  stat_t: 'homeward/hall/state',
  val_tpl: '{{ value_json.o2 }}',
};
const config = (cmps: Record<string, object>) => ({
  dev: { ids: ['hall'] },
  o: { name: 'homeward' },
  cmps: Object.fromEntries(
    Object.entries(cmps).map(([key, part]) => [key, { uniq_id: `hall_${key}`, ...part }]),
  ),
});
const CONFIG = 'homeassistant/device/hall/config';
const STATE = 'homeward/hall/state';

/** A hub with one paired board in the hall. */
function createHall(topicRate?: number) {
  const hub = createWiredHub(topicRate);
  hub.dispatch({ type: 'brokerFound' });
  hub.dispatch({ type: 'devicePaired', deviceId: 'hall', name: 'Hall', kind: 'board' });
  hub.hear(CONFIG, config({ smoke: SMOKE, o2: O2 }));
  hub.facts.length = 0;
  return hub;
}
const state = (o2: unknown, stamp: object = {}, smoke = 'OFF') => ({ o2, smoke, ...stamp });
const alarm = (more: object = {}) => ({
  boot: 'b1',
  seq: 1,
  upMs: 10,
  entity: 'smoke',
  value: 'ON',
  ...more,
});

describe('from bytes to facts', () => {
  it('an announcement and a state become a device and its readings', () => {
    const hub = createHall();
    hub.hear(STATE, state(20.9));
    expect([...rowsOf(hub.house().devices.entities)].map(([id]) => id).sort()).toEqual([
      'hall.o2',
      'hall.smoke',
    ]);
    expect([hub.valueOf('hall.o2'), hub.valueOf('hall.smoke')]).toEqual([20.9, false]);
    expect(hub.inAll()).toBe(0);
  });

  it('topics are asked for as they are announced, and given back', () => {
    const hub = createWiredHub();
    hub.start();
    const fixed = new Set(hub.subscribed);
    hub.hear('homeassistant/sensor/z/t/config', { stat_t: 'z2m/t', uniq_id: 'u', dev: { ids: 'z' } });
    expect([...hub.subscribed].filter((topic) => !fixed.has(topic))).toEqual(['z2m/t']);
    hub.hear('homeassistant/sensor/z/t/config', '');
    expect(hub.subscribed).toEqual(fixed);
  });

  it('availability is heard, and anything but its two words is not', () => {
    const hub = createWiredHub();
    hub.hear(CONFIG, config({ o2: { ...O2, avty_t: 'homeward/hall/availability' } }));
    for (const word of ['online', 'ONLINE', '', 'offline'])
      hub.hear('homeward/hall/availability', word, true);
    expect(ofType(hub.facts, 'availabilityHeard').map(({ online }) => online)).toEqual([true, false]);
  });

  it('whoever is announced later hears what a shared availability topic had said before', () => {
    const hub = createWiredHub();
    const sensor = (key: string) => ({
      stat_t: `z2m/${key}`,
      avty_t: 'z2m/bridge/state',
      uniq_id: key,
      dev: { ids: key },
    });
    hub.hear('homeassistant/sensor/a/t/config', sensor('a'));
    hub.hear('z2m/bridge/state', 'online', true);
    hub.hear('homeassistant/sensor/b/t/config', sensor('b'));
    hub.passTo(1);
    const told = () =>
      ofType(hub.facts, 'availabilityHeard').map(({ entityId, online }) => [entityId, online]);
    expect(told()).toEqual([
      ['a.t', true],
      ['b.t', true],
    ]);
    hub.hear('z2m/bridge/state', 'offline');
    hub.hear('homeassistant/sensor/c/t/config', sensor('c'));
    hub.passTo(2);
    expect(told().at(-1)).toEqual(['c.t', false]);
  });

  it('a message is measured by what the entity is now, not by what it was when it was announced', () => {
    const hub = createHall();
    hub.dispatch({
      type: 'deviceCorrected',
      deviceId: 'hall',
      by: 'A',
      entities: { 'hall.o2': { quantity: 'humidity' } },
    });
    hub.hear(STATE, state(17));
    expect(ofType(hub.facts, 'reading').find(({ entityId }) => entityId === 'hall.o2')?.quantity).toBe(
      'humidity',
    );
    expect(hub.house().air.rows.size).toBe(0);
  });
});

describe('what is dropped changes nothing and is counted', () => {
  const huge = 'x'.repeat(MAX_PAYLOAD + 1);
  const notUtf8 = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]);
  it.each<[what: string, topic: string, payload: unknown, reason: string]>([
    ['a state that is too large', STATE, huge, 'hall: too-large'],
    ['an announcement that is too large', CONFIG, huge, 'hall: too-large'],
    ['an alarm that is too large', 'homeward/hall/alarm', huge, 'hall: too-large'],
    ['an announcement that is no text', CONFIG, notUtf8, 'hall: not-utf8'],
    ['an alarm that is no JSON', 'homeward/hall/alarm', '{"boot"', 'hall: '],
    ['an alarm that says too little', 'homeward/hall/alarm', { boot: 'b' }, 'hall: not-an-alarm-message'],
    [
      'an alarm of an unknown part',
      'homeward/hall/alarm',
      alarm({ entity: 'nothing' }),
      'hall: unknown-entity',
    ],
    ['an alarm of an unknown board', 'homeward/elsewhere/alarm', alarm(), 'elsewhere: unknown-entity'],
    ['a number for a contact', 'homeward/hall/alarm', alarm({ value: 1 }), 'hall: wrong-type'],
    ['a contact for a number', 'homeward/hall/alarm', alarm({ entity: 'o2' }), 'hall: wrong-type'],
    [
      'a part that is not to be had',
      'homeward/hall/alarm',
      alarm({ entity: '__proto__' }),
      'hall: unknown-entity',
    ],
  ])('%s', (_what, topic, payload, reason) => {
    const hub = createHall();
    const before = hub.house();
    hub.hear(topic, payload);
    expect(hub.house()).toBe(before);
    expect(hub.drops.at(-1)).toContain(reason);
    expect(hub.inAll()).toBe(1);
    expect(hub.effects).toEqual([]);
  });

  it.each([
    '[',
    'NaN',
    'null',
    '[[[[',
    '\u0000',
    '1e400',
    '{"o2":"NaN"}',
    '{"o2":1e400,"smoke":"on"}',
    '-1',
    '"x"',
  ])('a state of %j is no reading, and both its parts say so', (payload) => {
    const hub = createHall();
    hub.hear(STATE, payload);
    expect(hub.valueOf('hall.o2')).toBeNull();
    expect(hub.house().alarms.rows.size).toBe(0);
  });

  it('a topic that nobody announced is not even counted', () => {
    const hub = createHall();
    for (const topic of ['homeward/other/state', 'zigbee2mqtt/x', '$SYS/x', 'homeward/hall/alarm/x', ''])
      hub.hear(topic, 'x');
    expect([hub.facts, hub.drops]).toEqual([[], []]);
  });

  it('any bytes on any topic leave the hub standing', () => {
    const topic = fc.oneof(
      fc.constantFrom(
        STATE,
        CONFIG,
        'homeward/hall/alarm',
        'homeassistant/sensor/a/b/config',
        'homeassistant/status',
      ),
      fc.string(),
    );
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.jsonValue().map((json) => new TextEncoder().encode(JSON.stringify(json))),
    );
    const hub = createHall(1e6);
    fc.assert(
      fc.property(topic, payload, fc.boolean(), (where, bytes, retain) => {
        hub.hear(where, bytes, retain);
      }),
      { numRuns: 500 },
    );
    hub.hear(CONFIG, config({ smoke: SMOKE, o2: O2 }));
    hub.hear(STATE, state(20.8));
    expect(hub.valueOf('hall.o2')).toBe(20.8);
  });

  it('names that are invented are counted together, and cost no memory each', () => {
    const hub = createWiredHub();
    for (let n = 0; n < 5_000; n++) hub.hear(`homeward/x${n}/alarm`, '{');
    expect(hub.drops).toHaveLength(5_000);
    expect(hub.dropped('x0')).toBe(0);
    expect(hub.inAll()).toBe(5_000);
  });
});

describe('an own board', () => {
  it('alarms, is answered, and is answered again when it repeats itself', () => {
    const hub = createHall();
    for (let n = 0; n < 3; n++) hub.hear('homeward/hall/alarm', alarm());
    expect(ofType(hub.facts, 'boardAlarmTaken')).toHaveLength(1);
    expect(ofType(hub.facts, 'boardStarted')).toHaveLength(1);
    expect(hub.effects.filter((effect) => effect.do === 'answerBoard')).toHaveLength(3);
  });

  it('is not believed when the broker only remembers its alarm', () => {
    const hub = createHall();
    hub.hear('homeward/hall/alarm', alarm(), true);
    expect([hub.facts, hub.effects]).toEqual([[], []]);
    expect(hub.drops).toEqual(['hall: retained-alarm']);
  });

  it('whose alarm was a minute on its way is late', () => {
    const hub = createHall();
    hub.hear(STATE, state(20.9, { boot: 'b1', seq: 1, upMs: 1_000 }));
    hub.hear('homeward/hall/alarm', alarm({ upMs: 1_000 }));
    hub.passTo(61_001);
    hub.hear('homeward/hall/alarm', alarm({ seq: 2, upMs: 1_000, entity: 'smoke' }));
    expect(ofType(hub.facts, 'boardAlarmTaken').map(({ ageMs }) => ageMs)).toEqual([0, 61_001]);
  });

  it('whose states overtake each other is known by the newest', () => {
    const hub = createHall();
    hub.hear(STATE, state(20.1, { boot: 'b1', seq: 2, upMs: 2_000 }));
    hub.hear(STATE, state(20.9, { boot: 'b1', seq: 1, upMs: 1_000 }));
    expect(hub.valueOf('hall.o2')).toBe(20.1);
    expect(hub.drops).toEqual(['hall: overtaken']);
    hub.hear(STATE, state(20.5, { boot: 'b2', seq: 0, upMs: 10 }));
    expect(hub.valueOf('hall.o2')).toBe(20.5);
    expect(ofType(hub.facts, 'boardStarted').map(({ boot }) => boot)).toEqual(['b1', 'b2']);
  });

  it('whose state the broker remembers tells contacts only, and no boot', () => {
    const hub = createHall();
    hub.hear(STATE, state(17, { boot: 'b1', seq: 1, upMs: 5 }, 'ON'), true);
    expect(hub.valueOf('hall.o2')).toBeNull();
    expect(hub.valueOf('hall.smoke')).toBe(true);
    expect(ofType(hub.facts, 'boardStarted')).toEqual([]);
  });

  it('cannot speak of another board’s topics: such a part is shown, not heard and never commanded', () => {
    const hub = createHall();
    const lock = { p: 'siren', cmd_t: 'homeward/door/command', stat_t: 'homeward/door/state' };
    hub.hear(CONFIG, config({ lock }));
    expect(getRow(hub.house().devices.entities, 'hall.lock')?.fault).toBe('foreign-topic');
    hub.hear('homeward/door/state', 'ON');
    hub.dispatch({ type: 'commandAsked', entityId: 'hall.lock', command: { on: true }, by: 'Ana' });
    hub.hear('homeward/hall/alarm', alarm());
    expect(hub.valueOf('hall.lock')).toBeNull();
    expect(hub.effects.map((effect) => effect.do)).toEqual(['answerBoard']);
  });

  it('is not merged with what announces itself under another name with its id', () => {
    const hub = createHall();
    hub.hear('homeassistant/device/stranger/config', {
      ...config({ smoke: { ...SMOKE, stat_t: 'stranger/state' } }),
    });
    expect([...rowsOf(hub.house().devices.devices)].map(([id]) => id).sort()).toEqual(['hall', 'hall-2']);
  });
});
