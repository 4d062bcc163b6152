import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofType } from '../../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../../test/wiredHub.ts';
import { getRow } from '../../house/table.ts';
import { SLICE } from './announcementQueue.ts';

const plug = (id: string, more: object = {}) => ({
  dev: { ids: [id], name: id },
  uniq_id: `${id}_plug`,
  stat_t: `z2m/${id}`,
  cmd_t: `z2m/${id}/set`,
  ...more,
});
const topicOf = (id: string) => `homeassistant/switch/${id}/plug/config`;
const SMOKE = {
  p: 'binary_sensor',
  uniq_id: 'hall_smoke',
  dev_cla: 'smoke',
  stat_t: 'homeward/hall/state',
  val_tpl: '{{ value_json.smoke }}',
};
const BATTERY = {
  p: 'sensor',
  uniq_id: 'hall_b',
  stat_t: 'homeward/hall/state',
  val_tpl: '{{ value_json.b }}',
};
const SIREN = { p: 'siren', uniq_id: 'hall_siren', cmd_t: 'homeward/hall/siren/set' };
const board = (cmps: object) => ({ dev: { ids: ['hall'] }, o: { name: 'homeward' }, cmps });
const BOARD = board({ smoke: SMOKE, siren: SIREN });
const CONFIG = 'homeassistant/device/hall/config';
const ALARM = { boot: 'b1', seq: 1, upMs: 10, entity: 'smoke', value: 'ON' };

function createHouse(): WiredHub {
  const hub = createWiredHub();
  hub.dispatch({ type: 'brokerFound' });
  hub.dispatch({ type: 'devicePaired', deviceId: 'hall', name: 'Hall', kind: 'board' });
  return hub;
}
/** A gateway announces so many devices, and nothing else has had its turn yet. */
function announce(hub: WiredHub, count: number): void {
  for (let n = 0; n < count; n++) hub.meet(topicOf(`d${n}`), plug(`d${n}`));
}
const count = (hub: WiredHub) => hub.house().devices.devices.size - 1;

describe('a burst of announcements', () => {
  it('is taken in by slices, each device in its order', () => {
    const hub = createHouse();
    announce(hub, 200);
    expect(count(hub)).toBe(SLICE.messages);
    let turns = 0;
    for (let before = count(hub); hub.turn(); turns++) {
      expect(count(hub) - before).toBeLessThanOrEqual(SLICE.messages);
      before = count(hub);
    }
    expect(turns).toBeGreaterThanOrEqual(200 / SLICE.messages - 1);
    const came = ofType(hub.facts, 'deviceAppeared').map(({ deviceId }) => deviceId);
    expect(came).toEqual(Array.from({ length: 200 }, (_, n) => `d${n}`));
    expect(hub.drops).toEqual([]);
  });

  it('of large ones is taken in one by one', () => {
    const hub = createHouse();
    for (let n = 0; n < 4; n++) hub.meet(topicOf(`d${n}`), plug(`d${n}`, { more: 'x'.repeat(SLICE.bytes) }));
    const counts = [count(hub)];
    while (hub.turn()) counts.push(count(hub));
    expect(counts).toEqual([1, 2, 3, 4]);
  });

  it('holds up no alarm: the siren is told while most of it still waits', () => {
    const hub = createHouse();
    hub.hear(CONFIG, BOARD);
    hub.effects.length = 0;
    announce(hub, 1_000);
    hub.meet('homeward/hall/alarm', ALARM);
    expect(hub.effects.map((effect) => effect.do)).toEqual(
      expect.arrayContaining(['answerBoard', 'commandSiren']),
    );
    expect(count(hub)).toBe(SLICE.messages);
    hub.breathe();
    expect(count(hub)).toBe(1_000);
  });

  it('of a gateway lets a board announce itself in the next turn', () => {
    const hub = createHouse();
    announce(hub, 1_000);
    hub.meet(CONFIG, BOARD);
    hub.turn();
    expect(getRow(hub.house().devices.entities, 'hall.smoke')).toBeDefined();
    expect(count(hub)).toBeLessThan(3 * SLICE.messages);
  });

  it('that is taken back meanwhile leaves nothing behind, and what comes after that stands', () => {
    const hub = createHouse();
    announce(hub, 100);
    hub.meet(topicOf('d99'), '');
    hub.meet(topicOf('d98'), '');
    hub.meet(topicOf('d98'), plug('d98', { name: 'again' }));
    hub.breathe();
    expect(getRow(hub.house().devices.devices, 'd99')).toBeUndefined();
    expect(getRow(hub.house().devices.entities, 'd98.plug')?.name).toBe('again');
    expect(ofType(hub.facts, 'deviceRemoved').map(({ deviceId }) => deviceId)).toEqual(['d99', 'd98']);
  });

  it('goes on after one of them that breaks a rule of the program', () => {
    const hub = createHouse();
    announce(hub, 50);
    hub.failNext('deviceAnnounced');
    expect(() => hub.turn()).toThrow('as asked');
    hub.breathe();
    expect(count(hub)).toBe(49);
  });
});

describe('a state right behind its announcement', () => {
  it('of a board is heard although the announcement still waits', () => {
    const hub = createHouse();
    announce(hub, 100);
    hub.meet(CONFIG, board({ smoke: SMOKE, b: BATTERY }));
    hub.meet('homeward/hall/state', { smoke: 'ON' });
    hub.meet('homeward/hall/state', { b: 12 });
    hub.breathe();
    expect([hub.valueOf('hall.smoke'), hub.valueOf('hall.b')]).toEqual([true, 12]);
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
  });

  it('is news to those who are announced, and told once to those who were known', () => {
    const hub = createHouse();
    hub.hear(CONFIG, board({ smoke: SMOKE }));
    announce(hub, 100);
    hub.meet(CONFIG, board({ smoke: SMOKE, b: BATTERY }));
    hub.meet('homeward/hall/state', { smoke: 'OFF', b: 40 });
    expect(hub.valueOf('hall.smoke')).toBe(false);
    hub.breathe();
    expect(hub.valueOf('hall.b')).toBe(40);
    const told = ofType(hub.facts, 'reading').map(({ entityId, retained }) => [entityId, retained]);
    expect(told).toEqual([
      ['hall.smoke', false],
      ['hall.b', false],
    ]);
  });

  it('is not kept for whoever comes when all is taken in', () => {
    const hub = createHouse();
    announce(hub, 100);
    hub.meet('homeward/hall/state', { smoke: 'ON' });
    hub.breathe();
    hub.hear(CONFIG, BOARD);
    expect(hub.valueOf('hall.smoke')).toBeNull();
  });
});

it('however announcements come, each topic stands as it said last', () => {
  const word = fc.record({ id: fc.constantFrom('a', 'b', 'c'), name: fc.constantFrom('', 'x', 'y') });
  const turnsAfter = fc.constantFrom(0, 0, 0, 1, 2);
  fc.assert(
    fc.property(fc.array(fc.tuple(word, turnsAfter), { maxLength: 40, size: 'max' }), (said) => {
      const hub = createWiredHub(1e6);
      announce(hub, SLICE.messages);
      const last: Record<string, string> = {};
      for (const [{ id, name }, turns] of said) {
        hub.meet(topicOf(id), name === '' ? '' : plug(id, { name }));
        last[id] = name;
        for (let turn = 0; turn < turns; turn++) hub.turn();
      }
      hub.passTo(120_000);
      hub.breathe();
      for (const [id, name] of Object.entries(last))
        expect(getRow(hub.house().devices.entities, `${id}.plug`)?.name ?? '').toBe(name);
    }),
    { numRuns: 200 },
  );
});
