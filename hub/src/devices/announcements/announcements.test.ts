import { describe, expect, it } from 'vitest';
import { ofType } from '../../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../../test/wiredHub.ts';
import { getRow } from '../../house/table.ts';

const config = (id: string, more: object = {}) => ({
  dev: { ids: [id], ...more },
  stat_t: `z2m/${id}`,
  uniq_id: id,
});
const topicOf = (id: string) => `homeassistant/sensor/${id}/level/config`;
const announced = (hub: WiredHub) => ofType(hub.facts, 'deviceAnnounced').length;
const nameOf = (hub: WiredHub, id: string) => getRow(hub.house().devices.devices, id)?.name;

function createHouse(topicRate = 50) {
  const hub = createWiredHub(topicRate);
  hub.dispatch({ type: 'brokerFound' });
  hub.hear(topicOf('a'), config('a'));
  hub.facts.length = 0;
  return hub;
}

describe('an announcement that is repeated', () => {
  it('unchanged is not parsed again', () => {
    const hub = createHouse();
    hub.hear(topicOf('a'), config('a'));
    hub.hear(topicOf('a'), config('a'), true);
    expect([announced(hub), hub.drops]).toEqual([0, []]);
  });

  it('and says something new is', () => {
    const hub = createHouse();
    hub.hear(topicOf('a'), config('a', { name: 'Attic' }));
    hub.hear(topicOf('a'), config('a'));
    hub.hear(topicOf('a'), config('a', { name: 'Annex' }));
    expect([announced(hub), nameOf(hub, 'a')]).toEqual([3, 'Annex']);
  });

  it('brings back a device that was removed', () => {
    const hub = createHouse();
    hub.dispatch({ type: 'deviceRemoveAsked', deviceId: 'a', by: 'Ana' });
    expect(nameOf(hub, 'a')).toBeUndefined();
    hub.hear(topicOf('a'), config('a'));
    expect(nameOf(hub, 'a')).toBe('a');
  });

  it('brings back a device that was withdrawn', () => {
    const hub = createHouse();
    hub.hear(topicOf('a'), '');
    hub.hear(topicOf('a'), config('a'));
    expect(nameOf(hub, 'a')).toBe('a');
  });

  it('takes back what another topic said of the same device', () => {
    const hub = createHouse();
    hub.hear(topicOf('a'), config('a', { name: 'Attic' }));
    hub.hear('homeassistant/sensor/a/other/config', { ...config('a', { name: 'Barn' }), uniq_id: 'o' });
    expect(nameOf(hub, 'a')).toBe('Barn');
    hub.hear(topicOf('a'), config('a', { name: 'Attic' }));
    expect(nameOf(hub, 'a')).toBe('Attic');
  });

  it('is tried again as long as it is refused', () => {
    const hub = createHouse();
    hub.dispatch({ type: 'devicePaired', deviceId: 'g', name: 'g', kind: 'gateway', topics: ['g/#'] });
    hub.dispatch({ type: 'devicePaired', deviceId: 'h', name: 'h', kind: 'gateway', topics: ['h/#'] });
    const torn = { ...config('t'), stat_t: 'g/t', avty_t: 'h/t' };
    for (let n = 0; n < 3; n++) hub.hear(topicOf('t'), torn);
    expect(ofType(hub.facts, 'announcementRefused')).toHaveLength(3);
  });
});

describe('too many announcements', () => {
  it('on one topic are cut, their device is named, and the last one holds', () => {
    const hub = createHouse();
    for (let n = 1; n <= 200; n++) hub.hear(topicOf('a'), config('a', { name: `Name ${n}` }));
    expect(announced(hub)).toBe(15);
    expect(getRow(hub.house().devices.floods, 'a')).toBeDefined();
    hub.passTo(1_000);
    expect(nameOf(hub, 'a')).toBe('Name 200');
    expect(announced(hub)).toBe(16);
  });

  /** 200 announcements of 60 KiB: 12 MiB. */
  const flood = (hub: WiredHub, retain = false) => {
    for (let n = 0; n < 200; n++)
      hub.hear(topicOf(`d${n}`), { ...config(`d${n}`), ignored: 'x'.repeat(61_440) }, retain);
  };

  it('in bytes wait for their turn; nobody is called a flood, nobody is lost, alarms pass', () => {
    const hub = createHouse();
    hub.hear(topicOf('smoke').replace('sensor', 'binary_sensor'), { ...config('s'), dev_cla: 'smoke' });
    flood(hub);
    expect(announced(hub)).toBeLessThan(140);
    expect(hub.house().devices.floods.size).toBe(0);
    hub.hear('z2m/s', 'ON');
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
    hub.passTo(120_000);
    expect(hub.house().devices.devices.size).toBe(202);
  });

  it('are read at once when the broker remembered them', () => {
    const hub = createHouse();
    flood(hub, true);
    expect(announced(hub)).toBe(200);
  });

  it('without room to wait are counted', () => {
    const hub = createHouse();
    for (let n = 0; n < 350; n++)
      hub.hear(topicOf(`d${n}`), { ...config(`d${n}`), ignored: 'x'.repeat(61_440) });
    expect(new Set(hub.drops.map((drop) => drop.replace(/^.*: /, '')))).toEqual(
      new Set(['too-many-announcements']),
    );
    expect(hub.inAll()).toBeGreaterThan(50);
  });
});
