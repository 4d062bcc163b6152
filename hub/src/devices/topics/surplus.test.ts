import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofType } from '../../../test/builders.ts';
import { createWiredHub } from '../../../test/wiredHub.ts';

const BRIDGE = 'z2m/all';
const contact = (key: string) => ({
  p: 'binary_sensor',
  uniq_id: key,
  dev_cla: 'smoke',
  stat_t: BRIDGE,
  val_tpl: `{{ value_json.${key} }}`,
});
const PLUG = {
  p: 'sensor',
  uniq_id: 'battery',
  stat_t: BRIDGE,
  unit_of_meas: '%',
  val_tpl: '{{ value_json.battery }}',
};

/** A hub whose topics may bring one message a second, four at once; two detectors share one of them. */
function createHouse() {
  const hub = createWiredHub(1);
  hub.dispatch({ type: 'brokerFound' });
  const cmps = { a: contact('a'), b: contact('b'), battery: PLUG };
  hub.hear('homeassistant/device/d/config', { dev: { ids: ['d'] }, o: { name: 'x' }, cmps });
  return hub;
}
type Hub = ReturnType<typeof createHouse>;
/** Contacts speak in Home Assistant's words. */
const worded = (value: unknown) => (typeof value === 'boolean' ? (value ? 'ON' : 'OFF') : value);
const say = (hub: Hub, message: object) =>
  hub.hear(BRIDGE, Object.fromEntries(Object.entries(message).map(([key, value]) => [key, worded(value)])));
function fill(hub: Hub): void {
  for (let n = 0; n < 4; n++) say(hub, { battery: n });
}

describe('what a detector said in a burst', () => {
  it('is heard although its battery came after it on the same topic', () => {
    const hub = createHouse();
    fill(hub);
    say(hub, { a: true });
    say(hub, { battery: 12 });
    hub.passTo(1_000);
    expect([hub.valueOf('d.a'), hub.valueOf('d.battery')]).toEqual([true, 12]);
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
  });

  it('is heard although another word came in time before it was its turn', () => {
    const hub = createWiredHub(1);
    hub.dispatch({ type: 'brokerFound' });
    hub.hear('homeassistant/device/d/config', {
      dev: { ids: ['d'] },
      o: { name: 'x' },
      cmps: { a: contact('a'), battery: PLUG },
    });
    fill(hub);
    say(hub, { a: true });
    // Late by a moment: the timer has not come yet, but the topic may speak.
    hub.late(1_001);
    say(hub, { battery: 12 });
    expect([hub.valueOf('d.a'), hub.valueOf('d.battery')]).toEqual([true, 12]);
  });

  it('is not told when it was taken back within the burst', () => {
    const hub = createHouse();
    fill(hub);
    for (const message of [{ a: true }, { battery: 1 }, { a: false }, { battery: 2 }]) say(hub, message);
    hub.passTo(1_000);
    expect(hub.valueOf('d.a')).toBe(false);
    expect(ofType(hub.facts, 'alarmRaised')).toEqual([]);
  });

  it('is what it said last, although it had said that before and something else between', () => {
    const hub = createHouse();
    fill(hub);
    for (const message of [{ a: false, b: true }, { a: true }, { a: false, b: true }, { battery: 2 }])
      say(hub, message);
    hub.passTo(1_000);
    expect([hub.valueOf('d.a'), hub.valueOf('d.b')]).toEqual([false, true]);
  });

  it('is heard through five hundred different words of another part', () => {
    const hub = createHouse();
    fill(hub);
    say(hub, { a: true });
    for (let n = 0; n < 500; n++) say(hub, { battery: n / 10 });
    hub.passTo(1_000);
    expect([hub.valueOf('d.a'), hub.valueOf('d.battery')]).toEqual([true, 49.9]);
  });

  it('is heard through large words, although few of them fit', () => {
    const hub = createHouse();
    fill(hub);
    say(hub, { a: true });
    for (let n = 0; n < 20; n++) say(hub, { battery: n, more: 'x'.repeat(60_000) });
    hub.passTo(1_000);
    expect([hub.valueOf('d.a'), hub.valueOf('d.battery')]).toEqual([true, 19]);
  });

  it('does not grow without end when there is no time to read it', () => {
    const hub = createHouse();
    fill(hub);
    for (let n = 0; n < 5_000; n++) say(hub, { battery: n / 100 });
    say(hub, { a: true });
    const before = hub.facts.length;
    hub.passTo(1_000);
    expect(hub.valueOf('d.a')).toBe(true);
    expect(hub.facts.length - before).toBeLessThan(100);
  });
});

it('whatever surplus comes, every detector is as it said last', () => {
  const word = fc.oneof(
    fc.record({ a: fc.boolean() }),
    fc.record({ b: fc.boolean() }),
    fc.record({ a: fc.boolean(), b: fc.boolean() }),
    fc.record({ battery: fc.nat(100) }),
    fc.constant({}),
  );
  const message = fc.record({ afterMs: fc.constantFrom(0, 0, 0, 10, 300, 1_000), word });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 120, size: 'max' }), (messages) => {
      const hub = createHouse();
      let said: { a?: boolean; b?: boolean } = {};
      for (const { afterMs, word: told } of messages) {
        hub.passTo(hub.now() + afterMs);
        say(hub, told);
        said = { ...said, ...told };
      }
      hub.passTo(hub.now() + 2_000);
      expect([hub.valueOf('d.a'), hub.valueOf('d.b')]).toEqual([said.a ?? null, said.b ?? null]);
    }),
    { numRuns: 300 },
  );
});
