import { describe, expect, it } from 'vitest';
import { ofType } from '../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../test/wiredHub.ts';
import { rowsOf } from '../house/table.ts';
import { MAX_ENTITIES, MAX_SIRENS } from './announcements/announcedEntities.ts';
import { MAX_DEVICES } from './places.ts';
import { ARRIVALS } from './registry.ts';
import { MAX_ROOMS } from './rooms.ts';

const topicOf = (id: string, key = 'x') => `homeassistant/sensor/${id}/${key}/config`;
const config = (id: string, key = 'x', more: object = {}) => ({
  dev: { ids: [id], ...more },
  uniq_id: `${id}_${key}`,
  stat_t: `n/${id}/${key}`,
  unit_of_meas: '%',
});
const announce = (hub: WiredHub, id: string, retain = false) => hub.hear(topicOf(id), config(id), retain);
const devicesOf = (hub: WiredHub) => hub.house().devices.devices.size;
const remove = (hub: WiredHub, deviceId: string) =>
  hub.dispatch({ type: 'deviceRemoveAsked', deviceId, by: 'Ana' });

describe('a device that was removed', () => {
  it('is not brought back by what the broker remembers, and has it cleared', () => {
    const hub = createWiredHub();
    announce(hub, 'lamp', true);
    remove(hub, 'lamp');
    expect(hub.effects).toMatchObject([{ do: 'forgetDevice', retainedTopics: [topicOf('lamp')] }]);
    announce(hub, 'lamp', true);
    expect(devicesOf(hub)).toBe(0);
    hub.hear(topicOf('lamp'), '');
    expect(hub.house().devices.ghosts.size).toBe(0);
  });

  it('comes back when it speaks itself', () => {
    const hub = createWiredHub();
    announce(hub, 'lamp');
    remove(hub, 'lamp');
    announce(hub, 'lamp');
    expect(devicesOf(hub)).toBe(1);
    expect(hub.house().devices.ghosts.size).toBe(0);
  });

  it('is remembered as a ghost without growing for ever', () => {
    const hub = createWiredHub(1e6);
    for (let n = 0; n < 12_000; n++) {
      announce(hub, `d${n}`, true);
      remove(hub, `d${n}`);
    }
    expect(hub.house().devices.ghosts.size).toBeLessThanOrEqual(10_000);
    expect(devicesOf(hub)).toBe(0);
  });
});

describe('limits', () => {
  it(`no more than ${MAX_DEVICES} devices, and those that are there go on`, () => {
    const hub = createWiredHub(1e6);
    for (let n = 0; n <= MAX_DEVICES; n++) announce(hub, `d${n}`, true);
    expect(devicesOf(hub)).toBe(MAX_DEVICES);
    expect(hub.drops).toEqual([`d${MAX_DEVICES}: too-many-devices`]);
    announce(hub, 'd0');
    hub.hear('n/d0/x', '7');
    expect(hub.valueOf('d0.x')).toBe(7);
  });

  it(`no more than ${MAX_ENTITIES} entities a device, over however many topics and in both forms`, () => {
    const hub = createWiredHub();
    const part = (n: number) => ({ p: 'sensor', ...config('d', `c${n}`), dev: undefined });
    const cmps = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`c${n}`, part(n)]));
    hub.hear('homeassistant/device/d/config', { dev: { ids: ['d'] }, o: { name: 'o' }, cmps });
    for (let n = 0; n < 40; n++) hub.hear(topicOf('d', `s${n}`), config('d', `s${n}`));
    expect(hub.house().devices.entities.size).toBe(MAX_ENTITIES);
    expect(hub.drops).toHaveLength(16);
    expect(hub.drops[0]).toBe('d: too-many-entities');
    expect(hub.dropped('d')).toBe(16);
  });

  it(`no more than ${MAX_SIRENS} sirens a house; those that are there stay, in their order, and sound`, () => {
    const hub = createWiredHub();
    const siren = (n: number, component = 'siren', more: object = {}) =>
      hub.hear(`homeassistant/${component}/s${n}/x/config`, {
        dev: { ids: [`s${n}`] },
        uniq_id: `s${n}`,
        cmd_t: `n/s${n}/set`,
        ...more,
      });
    for (let n = 0; n < MAX_SIRENS + 2; n++) siren(n);
    const { sirens } = hub.house().devices;
    expect(sirens).toHaveLength(MAX_SIRENS);
    expect(hub.drops).toEqual([`s${MAX_SIRENS}: too-many-sirens`, `s${MAX_SIRENS + 1}: too-many-sirens`]);
    siren(0, 'siren', { name: 'Renamed' });
    expect(hub.house().devices.sirens).toEqual(sirens);
    // Neither by another platform under the same key.
    const form = (p: string) => ({
      dev: { ids: ['form'] },
      o: { name: 'o' },
      cmps: { x: { p, uniq_id: 'form', cmd_t: 'n/form/set' } },
    });
    hub.hear('homeassistant/device/form/config', form('switch'));
    hub.hear('homeassistant/device/form/config', form('siren'));
    expect(hub.drops.at(-1)).toBe('form: too-many-sirens');
    expect(hub.house().devices.sirens).toEqual(sirens);
    hub.hear('homeassistant/siren/s0/x/config', '');
    siren(MAX_SIRENS);
    expect(hub.house().devices.sirens).toEqual([...sirens.slice(1), `s${MAX_SIRENS}.x`]);
  });

  it(`no more than ${MAX_ROOMS} rooms by announcement; what is in none of them makes way`, () => {
    const hub = createWiredHub();
    const say = (n: number) => hub.hear(topicOf(`d${n}`), config(`d${n}`, 'x', { sa: `Room ${n}` }));
    for (let n = 0; n < MAX_ROOMS + 5; n++) say(n);
    expect(hub.house().devices.rooms.size).toBe(MAX_ROOMS);
    remove(hub, 'd0');
    say(MAX_ROOMS + 7);
    const rooms = [...rowsOf(hub.house().devices.rooms)].map(([, { name }]) => name);
    expect(rooms).toHaveLength(MAX_ROOMS);
    expect(rooms).toContain(`Room ${MAX_ROOMS + 7}`);
    expect(rooms).not.toContain('Room 0');
  });

  it('invented names come at the pace of one a second once a whole house has moved in', () => {
    const hub = createWiredHub(1e6);
    const { burst } = ARRIVALS;
    for (let n = 0; n < burst + 500; n++) {
      announce(hub, `d${n}`);
      remove(hub, `d${n}`);
    }
    expect(ofType(hub.facts, 'deviceAppeared')).toHaveLength(burst);
    expect(hub.drops).toHaveLength(500);
    expect(hub.drops[0]).toContain('too-many-new-devices');
    hub.passTo(3_000);
    for (let n = 0; n < 10; n++) announce(hub, `later${n}`);
    expect(devicesOf(hub)).toBe(3);
  });

  it('announcements on invented topics are not even parsed once there were as many as a large house has', () => {
    const hub = createWiredHub(1e6);
    for (let n = 0; n < 20_100; n++) hub.hear(topicOf(`d${n}`), '{');
    expect(hub.drops.filter((drop) => drop.includes('too-many-announcements'))).toHaveLength(100);
    hub.passTo(1_000);
    announce(hub, 'honest');
    expect(devicesOf(hub)).toBe(1);
  });
});
