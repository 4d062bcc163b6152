import { describe, expect, it } from 'vitest';
import { ofType } from '../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../test/wiredHub.ts';
import { houseFrom, storedPart } from '../house/house.ts';
import { getRow, rowsOf } from '../house/table.ts';
import { GATEWAY_SHARE, HEARD_LATELY_MS, MAX_DEVICES } from './places.ts';

const pair = (hub: WiredHub, deviceId: string) =>
  hub.dispatch({
    type: 'devicePaired',
    deviceId,
    name: deviceId,
    kind: 'gateway',
    topics: [`${deviceId}/#`],
  });
const removeGateway = (hub: WiredHub, deviceId: string) =>
  hub.dispatch({ type: 'deviceRemoveAsked', deviceId, by: 'Ana' });

type Kind = 'switch' | 'smoke' | 'siren';
const OF: Readonly<Record<Kind, readonly [component: string, more: object]>> = {
  switch: ['switch', {}],
  smoke: ['binary_sensor', { dev_cla: 'smoke', cmd_t: undefined }],
  siren: ['siren', {}],
};
/** The gateway announces a device by that name. */
function announce(hub: WiredHub, gateway: string, id: string, kind: Kind = 'switch', retain = false): void {
  const [component, more] = OF[kind];
  const base = { dev: { ids: [id] }, uniq_id: id, stat_t: `${gateway}/${id}`, cmd_t: `${gateway}/${id}/set` };
  hub.hear(`homeassistant/${component}/${id}/x/config`, { ...base, ...more }, retain);
}
function fill(hub: WiredHub, gateway: string, from: number, to: number): void {
  for (let n = from; n < to; n++) announce(hub, gateway, `${gateway}${n}`, 'switch', true);
}
const has = (hub: WiredHub, id: string) => getRow(hub.house().devices.devices, id) !== undefined;
const size = (hub: WiredHub) => hub.house().devices.devices.size;

function createHouse(...gateways: string[]): WiredHub {
  const hub = createWiredHub(1e6);
  hub.dispatch({ type: 'brokerFound' });
  for (const gateway of gateways) pair(hub, gateway);
  return hub;
}
/** A full house some of which was brought by a gateway that is gone; `first` of it were special. */
function createLeft(first: readonly (readonly [id: string, kind: Kind])[] = [], others = 20): WiredHub {
  const hub = createHouse('old', 'other');
  for (const [id, kind] of first) announce(hub, 'old', id, kind);
  fill(hub, 'old', 0, others);
  fill(hub, 'other', 0, GATEWAY_SHARE);
  fill(hub, 'nobody', 0, MAX_DEVICES - size(hub));
  removeGateway(hub, 'old');
  hub.facts.length = 0;
  hub.effects.length = 0;
  return hub;
}
/** A gateway comes into the full house and brings so many devices. */
function bring(hub: WiredHub, devices: number): void {
  pair(hub, 'new');
  fill(hub, 'new', 0, devices);
}
const gone = (hub: WiredHub) => ofType(hub.facts, 'deviceRemoved').map(({ deviceId }) => deviceId);

describe('one gateway', () => {
  it('brings no more than its share, and leaves room for others', () => {
    const hub = createHouse('a', 'b');
    fill(hub, 'a', 0, GATEWAY_SHARE + 1);
    expect(has(hub, `a${GATEWAY_SHARE - 1}`)).toBe(true);
    expect(has(hub, `a${GATEWAY_SHARE}`)).toBe(false);
    expect(hub.drops).toEqual(['a: too-many-of-gateway']);
    expect(hub.dropped('a')).toBe(1);
    announce(hub, 'b', 'smoke', 'smoke');
    announce(hub, 'nobody', 'own');
    expect([has(hub, 'smoke'), has(hub, 'own')]).toEqual([true, true]);
    expect(getRow(hub.house().devices.devices, 'own')?.gatewayId).toBeNull();
  });

  it('shares with what comes through none, which has a share of its own', () => {
    const hub = createHouse('a');
    fill(hub, 'nobody', 0, GATEWAY_SHARE + 1);
    expect(size(hub)).toBe(GATEWAY_SHARE + 1);
    announce(hub, 'a', 'smoke', 'smoke');
    expect(has(hub, 'smoke')).toBe(true);
  });

  it('may announce again what it brought', () => {
    const hub = createHouse('a');
    fill(hub, 'a', 0, GATEWAY_SHARE + 1);
    hub.drops.length = 0;
    hub.passTo(60_000);
    announce(hub, 'a', 'a0');
    hub.hear('a/a0', 'ON');
    expect(hub.drops).toEqual([]);
    expect(hub.valueOf('a0.x')).toBe(true);
  });
});

describe('what a gateway that is gone left behind', () => {
  it('makes way for what a new one brings, as far as is needed, and is cleared at the broker', () => {
    const hub = createLeft();
    bring(hub, 10);
    // The place of the gateway that went was taken by the new one.
    expect([size(hub), gone(hub).length]).toEqual([MAX_DEVICES, 10]);
    expect([...new Set(gone(hub).map((id) => id.replace(/\d+/, '')))]).toEqual(['old']);
    const cleared = hub.effects.flatMap((effect) =>
      effect.do === 'forgetDevice' ? effect.retainedTopics : [],
    );
    expect(cleared).toHaveLength(10);
    expect(ofType(hub.facts, 'deviceRemoved').every(({ by }) => by === null)).toBe(true);
    expect(has(hub, 'new9')).toBe(true);
  });

  it('makes way in its order: what was left first goes first', () => {
    const hub = createHouse('old', 'older');
    announce(hub, 'old', 'late');
    announce(hub, 'older', 'early');
    fill(hub, 'nobody', 0, GATEWAY_SHARE);
    removeGateway(hub, 'older');
    hub.passTo(1_000);
    removeGateway(hub, 'old');
    pair(hub, 'new');
    fill(hub, 'new', 0, MAX_DEVICES - size(hub));
    hub.facts.length = 0;
    for (const id of ['x', 'y', 'z']) announce(hub, 'new', id);
    expect(gone(hub)).toEqual(['early', 'late']);
    expect(hub.drops).toEqual(['new: too-many-devices']);
  });

  it('stays when nobody needs its place, and is as before when its gateway comes back', () => {
    const hub = createLeft();
    pair(hub, 'old');
    announce(hub, 'old', 'old0', 'switch', true);
    expect(getRow(hub.house().devices.devices, 'old0')).toMatchObject({ gatewayId: 'old' });
    expect(getRow(hub.house().devices.devices, 'old0')?.leftAt).toBeUndefined();
    expect(gone(hub)).toEqual([]);
  });

  it('is known as such after a restart', () => {
    const hub = createWiredHub(1e6, houseFrom(storedPart(createLeft().house())));
    hub.dispatch({ type: 'brokerFound' });
    bring(hub, 3);
    expect(gone(hub)).toHaveLength(3);
  });

  it('keeps its place while it is heard, as a siren always, and as a detector until it was not heard for a day', () => {
    const special = [
      ['heard', 'switch'],
      ['siren', 'siren'],
      ['smoke', 'smoke'],
    ] as const;
    const hub = createLeft(special);
    hub.hear('old/heard', 'ON');
    hub.hear('old/smoke', 'OFF');
    bring(hub, 25);
    expect(special.map(([id]) => has(hub, id))).toEqual([true, true, true]);
    hub.passTo(hub.now() + HEARD_LATELY_MS + 60_001);
    for (const id of ['late1', 'late2', 'late3']) announce(hub, 'third', id);
    expect(special.map(([id]) => has(hub, id))).toEqual([false, true, false]);
  });

  it('keeps its place as a detector that may have spoken before the start', () => {
    const hub = createLeft([['smoke', 'smoke']]);
    bring(hub, 25);
    expect(has(hub, 'smoke')).toBe(true);
  });

  it('keeps its place while it has an alarm', () => {
    const hub = createLeft([['smoke', 'smoke']]);
    hub.hear('old/smoke', 'ON');
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
    hub.passTo(2 * HEARD_LATELY_MS);
    bring(hub, 25);
    expect(has(hub, 'smoke')).toBe(true);
    expect([...rowsOf(hub.house().alarms.rows)]).toHaveLength(1);
  });
});
