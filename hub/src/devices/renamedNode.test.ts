import { describe, expect, it } from 'vitest';
import { createWiredHub, type WiredHub } from '../../test/wiredHub.ts';
import { getRow, rowsOf } from '../house/table.ts';
import { GONE_MS } from './renamedNode.ts';

const pair = (hub: WiredHub, deviceId: string, kind: 'gateway' | 'board', ...topics: string[]) =>
  hub.dispatch({ type: 'devicePaired', deviceId, name: deviceId, kind, topics });

/** What a node says of itself that goes by this name; its address and its unique ids are always the same. */
const node = (name: string, more: object = {}) => ({
  dev: { ids: ['c8f09e112201'], name },
  uniq_id: 'c8f09e112201_door',
  dev_cla: 'door',
  stat_t: `esp/${name}/door`,
  avty_t: `esp/${name}/status`,
  ...more,
});
const topicOf = (name: string) => `homeassistant/binary_sensor/${name}/door/config`;
const ENTITY = 'c8f09e112201.door';
const topicNow = (hub: WiredHub) => getRow(hub.house().devices.entities, ENTITY)?.discoveryTopic;

/** A house with one gateway; its node is known by its old name and was heard. */
function createHouse(more: object = {}) {
  const hub = createWiredHub();
  hub.dispatch({ type: 'brokerFound' });
  pair(hub, 'esp', 'gateway', 'esp/#');
  hub.hear(topicOf('old'), node('old', more), true);
  hub.hear('esp/old/status', 'online');
  hub.hear('esp/old/door', 'OFF');
  hub.passTo(10_000);
  return hub;
}
const leave = (hub: WiredHub) => hub.hear('esp/old/status', 'offline');
const come = (hub: WiredHub, more: object = {}, retain = false) =>
  hub.hear(topicOf('new'), node('new', more), retain);

describe('a node that announces itself under a new name, with its old announcement still there', () => {
  it('is the same device when its old self has said goodbye: with its id, names and past', () => {
    const hub = createHouse();
    const entities = { [ENTITY]: { name: 'Back door' } };
    hub.dispatch({ type: 'deviceCorrected', deviceId: 'c8f09e112201', by: 'Ana', entities });
    leave(hub);
    come(hub);
    expect(topicNow(hub)).toBe(topicOf('new'));
    expect([...rowsOf(hub.house().devices.entities)]).toHaveLength(1);
    expect(getRow(hub.house().devices.entities, ENTITY)?.ownName).toBe('Back door');
    hub.hear('esp/new/status', 'online');
    hub.hear('esp/new/door', 'ON');
    expect([hub.valueOf(ENTITY), hub.drops]).toEqual([true, []]);
  });

  it('stays so although the broker remembers the old announcement, and loses nothing when that is cleared', () => {
    const hub = createHouse();
    leave(hub);
    come(hub);
    hub.hear(topicOf('old'), node('old'), true);
    expect(topicNow(hub)).toBe(topicOf('new'));
    hub.hear(topicOf('old'), '');
    expect(topicNow(hub)).toBe(topicOf('new'));
  });

  it('is the same when it says nothing of its availability, and was not heard for a day', () => {
    const hub = createHouse({ avty_t: undefined });
    hub.passTo(GONE_MS);
    come(hub);
    expect(topicNow(hub)).toBe(topicOf('old'));
    hub.passTo(GONE_MS + 60_001);
    come(hub);
    expect(topicNow(hub)).toBe(topicOf('new'));
  });

  it.each<[what: string, happen: (hub: WiredHub) => void]>([
    ['its old self is there', (hub) => come(hub)],
    [
      'only the broker says so',
      (hub) => {
        leave(hub);
        come(hub, {}, true);
      },
    ],
    [
      'its unique id is another',
      (hub) => {
        leave(hub);
        hub.hear('homeassistant/binary_sensor/old/door/config', node('old', { uniq_id: 'x' }));
        come(hub);
      },
    ],
    [
      'there is another gateway: nobody can tell which of them speaks',
      (hub) => {
        leave(hub);
        pair(hub, 'other', 'gateway', 'other/#');
        come(hub);
      },
    ],
    [
      'it speaks on topics that its gateway does not have',
      (hub) => {
        leave(hub);
        come(hub, { stat_t: 'elsewhere/door', avty_t: 'elsewhere/status' });
      },
    ],
  ])('is not taken for it when %s', (_what, happen) => {
    const hub = createHouse();
    happen(hub);
    expect(topicNow(hub)).toBe(topicOf('old'));
  });

  it('never takes the place of a paired board', () => {
    const hub = createHouse();
    pair(hub, 'hall', 'board');
    const part = {
      p: 'binary_sensor',
      uniq_id: 'hall_smoke',
      dev_cla: 'smoke',
      stat_t: 'homeward/hall/state',
    };
    hub.hear('homeassistant/device/hall/config', {
      dev: { ids: ['hall'] },
      o: { name: 'x' },
      cmps: { smoke: part },
    });
    hub.passTo(2 * GONE_MS);
    hub.hear('homeassistant/binary_sensor/thief/smoke/config', {
      ...part,
      dev: { ids: ['hall'] },
      stat_t: 'esp/thief',
    });
    expect(getRow(hub.house().devices.entities, 'hall.smoke')?.discoveryTopic).toBe(
      'homeassistant/device/hall/config',
    );
    expect(getRow(hub.house().devices.devices, 'hall')?.kind).toBe('board');
  });
});
