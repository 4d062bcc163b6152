import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofType } from '../../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../../test/wiredHub.ts';
import { getRow } from '../../house/table.ts';
import { PATIENCE_MS, QUIET_MS } from './flood.ts';

const STATE = 'homeward/hall/state';
const part = (more: object) => ({ stat_t: STATE, ...more });
const CONFIG = {
  dev: { ids: ['hall'] },
  o: { name: 'homeward' },
  cmps: {
    smoke: part({ p: 'binary_sensor', uniq_id: 's', dev_cla: 'smoke', val_tpl: '{{ value_json.smoke }}' }),
    o2: part({
      p: 'sensor',
      uniq_id: 'o',
      hw_quantity: 'oxygen',
      unit_of_meas: '%',
      val_tpl: '{{ value_json.o2 }}',
    }),
  },
};

const PLUG = {
  ...CONFIG,
  cmps: { level: part({ p: 'sensor', uniq_id: 'l', val_tpl: '{{ value_json.o2 }}' }) },
};

/** A hub with one paired board in the hall: a smoke detector, or as announced. */
function createHall(topicRate?: number, config: object = CONFIG) {
  const hub = createWiredHub(topicRate);
  hub.dispatch({ type: 'brokerFound' });
  hub.dispatch({ type: 'devicePaired', deviceId: 'hall', name: 'Hall', kind: 'board' });
  hub.hear('homeassistant/device/hall/config', config);
  hub.facts.length = 0;
  return hub;
}

const say = (hub: WiredHub, smoke: 'ON' | 'OFF', o2 = 20.9) => hub.hear(STATE, { o2, smoke });
/** So many messages a second until that time. */
function flood(hub: WiredHub, until: number, perSecond = 100): void {
  for (let now = hub.now(); now < until; now += 1_000 / perSecond) {
    hub.passTo(now);
    say(hub, 'OFF');
  }
  hub.passTo(until);
}
const isFlooding = (hub: WiredHub) => getRow(hub.house().devices.floods, 'hall') !== undefined;

describe('surplus', () => {
  it('of one topic is cut, counted and forgiven', () => {
    const hub = createHall(10);
    for (let n = 0; n < 1_000; n++) say(hub, 'OFF', 20 + n / 1_000);
    expect(ofType(hub.facts, 'reading')).toHaveLength(2 * 40);
    expect(hub.dropped('hall')).toBe(960);
    hub.passTo(1_000);
    say(hub, 'OFF', 20.5);
    expect(hub.valueOf('hall.o2')).toBe(20.5);
  });

  it('of states lets the alarm of the same board pass', () => {
    const hub = createHall(1);
    for (let n = 0; n < 100; n++) say(hub, 'OFF');
    const alarm = { boot: 'b1', seq: 1, upMs: 10, entity: 'smoke', value: 'ON' };
    hub.hear('homeward/hall/alarm', alarm);
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
  });

  it('ends with its last word: a detector that said OFF a thousand times and then ON is on', () => {
    const hub = createHall(10);
    for (let n = 0; n < 1_000; n++) say(hub, 'OFF');
    say(hub, 'ON');
    expect(hub.valueOf('hall.smoke')).toBe(false);
    hub.passTo(100);
    expect(hub.valueOf('hall.smoke')).toBe(true);
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
  });

  it('never brings back a word that a newer one overtook', () => {
    const hub = createHall(10);
    for (let n = 0; n < 100; n++) say(hub, 'ON');
    hub.passTo(100);
    say(hub, 'OFF');
    hub.passTo(10_000);
    expect(hub.valueOf('hall.smoke')).toBe(false);
  });

  it('leaves the house knowing the last word, however the messages came', () => {
    const message = fc.record({ afterMs: fc.constantFrom(0, 1, 10, 60, 400), on: fc.boolean() });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 200, size: 'max' }), (messages) => {
        const hub = createHall(5);
        for (const { afterMs, on } of messages) {
          hub.passTo(hub.now() + afterMs);
          say(hub, on ? 'ON' : 'OFF');
        }
        hub.passTo(hub.now() + 1_000);
        expect(hub.valueOf('hall.smoke')).toBe(messages.at(-1)?.on);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a device that floods', () => {
  it('is named, once, and until it has been quiet for a minute', () => {
    const hub = createHall(10);
    flood(hub, 8_000);
    expect(ofType(hub.facts, 'floodBegan')).toEqual([{ type: 'floodBegan', deviceId: 'hall', topic: STATE }]);
    expect(isFlooding(hub)).toBe(true);
    hub.passTo(8_000 + QUIET_MS - 1_100);
    hub.dispatch({ type: 'clockReached' });
    expect(isFlooding(hub)).toBe(true);
    hub.passTo(8_000 + QUIET_MS);
    hub.dispatch({ type: 'clockReached' });
    expect(isFlooding(hub)).toBe(false);
    expect(ofType(hub.facts, 'floodEnded')).toHaveLength(1);
    expect(hub.effects).toEqual([]);
  });

  it('is cut off when it goes on, and ever more rarely when it goes on after that', () => {
    const hub = createHall(10, PLUG);
    flood(hub, 9_000);
    expect(hub.effects).toEqual([]);
    const surplus = { type: 'surplusDropped', deviceId: 'hall', topic: STATE } as const;
    const cutAt: number[] = [];
    for (let second = 9; second < 5 * 3_600; second++) {
      hub.passTo(second * 1_000);
      hub.dispatch(surplus);
      if (hub.effects.length > cutAt.length) cutAt.push(second);
    }
    const [first = 0] = cutAt;
    expect(first).toBeGreaterThanOrEqual(PATIENCE_MS / 1_000);
    expect(first).toBeLessThan(13);
    expect(cutAt).toEqual([first, first + 600, first + 600 + 7_200, first + 600 + 14_400]);
    expect(hub.effects[0]).toEqual({ do: 'endSession', username: 'hall' });
    expect(ofType(hub.facts, 'sessionEnded')).toHaveLength(4);
    expect(ofType(hub.facts, 'floodBegan')).toHaveLength(1);
  });

  it('is cut off as for the first time when it behaved for a day', () => {
    const hub = createHall(10, PLUG);
    flood(hub, 13_000);
    hub.passTo(90_000_000);
    hub.dispatch({ type: 'clockReached' });
    flood(hub, 90_013_000);
    expect(hub.effects).toHaveLength(2);
    expect(getRow(hub.house().devices.cuts, 'hall')?.times).toBe(1);
  });

  it('and is a smoke detector is named, never cut off', () => {
    const hub = createHall(10);
    flood(hub, 60_000);
    expect(isFlooding(hub)).toBe(true);
    expect(hub.effects).toEqual([]);
    expect(ofType(hub.facts, 'sessionEnded')).toEqual([]);
  });

  it('is not cut off for bursts with pauses between them', () => {
    const hub = createHall(10, PLUG);
    for (let burst = 0; burst < 10; burst++) {
      flood(hub, burst * 10_000 + 5_000);
      hub.passTo((burst + 1) * 10_000);
    }
    expect(isFlooding(hub)).toBe(true);
    expect(hub.effects).toEqual([]);
  });

  it('that was found, not paired, is named and left alone: nobody knows whose session it is', () => {
    const hub = createWiredHub(10);
    hub.hear('homeassistant/device/hall/config', PLUG);
    flood(hub, 30_000);
    expect(isFlooding(hub)).toBe(true);
    expect(hub.effects).toEqual([]);
  });

  it('is forgotten with the device', () => {
    const hub = createHall(10, PLUG);
    flood(hub, 13_000);
    hub.effects.length = 0;
    hub.dispatch({ type: 'deviceRemoveAsked', deviceId: 'hall', by: 'Ana' });
    hub.passTo(200_000);
    hub.dispatch({ type: 'clockReached' });
    expect(isFlooding(hub)).toBe(false);
    expect(getRow(hub.house().devices.cuts, 'hall')).toBeUndefined();
    expect(ofType(hub.facts, 'floodEnded')).toEqual([]);
  });
});
