import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, emptyHouse } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { step } from '../house/step.ts';
import { getRow } from '../house/table.ts';
import { openDatabase, type Sqlite } from '../io/sqlite.ts';
import { Refusal } from '../shared/errors.ts';
import { type PairingPorts, pairDevice } from './pairing.ts';
import type { PairingRequest } from './requestSchema.ts';
import { createIdentityStore } from './store.ts';

let db: Sqlite;
beforeEach(() => {
  db = openDatabase(':memory:', new URL('../../migrations', import.meta.url).pathname);
});
afterEach(() => db.close());

const ADDRESS = { host: 'hub.local', port: 8883, tls: true, plainPort: 1883, ca: 'PEM' };

/** A hub with a broker that knows identities, a disk that may be full and a broker that may be away. */
function createHub(more: Partial<PairingPorts> = {}) {
  let house = emptyHouse();
  const hub = {
    secrets: new Map<string, string>(),
    disk: { isFull: false },
    broker: { isAway: false },
    identities: createIdentityStore(db),
    house: () => house,
    pair: (request: PairingRequest) => pairDevice(request, 'Mona', ports),
  };
  const ports: PairingPorts = {
    broker: {
      async setIdentity({ username }, secret) {
        if (hub.broker.isAway) throw new Error('the broker is away');
        hub.secrets.set(username, secret);
      },
      async endSessions() {},
      async removeIdentity(username) {
        hub.secrets.delete(username);
      },
      hashSecret: (secret) => createHash('sha256').update(secret).digest('hex'),
      address: () => ADDRESS,
    },
    identities: hub.identities,
    read: () => house.devices,
    dispatch(fact: Fact) {
      const outcome = step(house, fact, at(0));
      house = outcome.house;
      return { facts: outcome.facts, saved: !hub.disk.isFull };
    },
    utc: () => 1,
    ...more,
  };
  return hub;
}

const refusalOf = async (promise: Promise<unknown>): Promise<Refusal> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('pairing a board', () => {
  it('gives it a name, a secret that is shown once, and its own rights', async () => {
    const hub = createHub();
    const { deviceId, mqtt } = await hub.pair({ name: 'Küche & Flur', kind: 'board' });
    expect(deviceId).toMatch(/^ku-che-flur-\d{5}$/);
    expect(mqtt).toMatchObject({ ...ADDRESS, username: deviceId });
    expect(Buffer.from(mqtt.password, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(hub.secrets.get(deviceId)).toBe(mqtt.password);
    const [kept] = hub.identities.list();
    expect(kept).toMatchObject({
      username: deviceId,
      publish: [`homeassistant/+/${deviceId}/#`, `homeward/${deviceId}/#`],
    });
    expect(kept?.secretHash).toBe(createHash('sha256').update(mqtt.password).digest('hex'));
    expect(JSON.stringify(db.prepare('select * from broker_identity').all())).not.toContain(mqtt.password);
    expect(getRow(hub.house().devices.devices, deviceId)).toMatchObject({
      kind: 'board',
      ownName: 'Küche & Flur',
    });
  });

  it.each(['غرفة', '../../..', '#+$', '   ', 'a'.repeat(64), '__proto__'])(
    'named %j has an id that is one level of a topic',
    async (name) => {
      const { deviceId } = await createHub().pair({ name, kind: 'board' });
      expect(deviceId).toMatch(/^[a-z0-9][a-z0-9-]{0,37}$/);
    },
  );

  it('twice under one name makes two', async () => {
    const hub = createHub();
    const [a, b] = [
      await hub.pair({ name: 'x', kind: 'board' }),
      await hub.pair({ name: 'x', kind: 'board' }),
    ];
    expect(a.deviceId).not.toBe(b.deviceId);
    expect(a.mqtt.password).not.toBe(b.mqtt.password);
    expect(hub.identities.list()).toHaveLength(2);
  });
});

describe('pairing a gateway', () => {
  it('gives it the topics that were asked for', async () => {
    const hub = createHub();
    const { deviceId } = await hub.pair({ name: 'Zigbee', kind: 'gateway', topics: ['zigbee2mqtt/#'] });
    expect(hub.identities.list()[0]?.publish).toContain('zigbee2mqtt/#');
    expect(getRow(hub.house().devices.devices, deviceId)?.kind).toBe('gateway');
  });

  it('a second time with the same topics is refused until the first is removed', async () => {
    const hub = createHub();
    const again = { name: 'Zigbee again', kind: 'gateway', topics: ['zigbee2mqtt/#'] } as const;
    await hub.pair({ ...again, name: 'Zigbee', topics: ['zigbee2mqtt/#', 'more/#'] });
    const refusal = await refusalOf(hub.pair({ ...again, topics: [...again.topics] }));
    expect([refusal.code, refusal.more.detail]).toEqual(['topics-taken', 'Zigbee']);
    expect(hub.identities.list()).toHaveLength(1);
    await hub.pair({ ...again, topics: ['zigbee2mqtt/#', 'other/#'] });
  });

  it.each([[undefined], [[]], [['homeward/#']], [['#']]])(
    'that asks for %j is refused, and nothing is left',
    async (topics) => {
      const hub = createHub();
      const refusal = await refusalOf(
        hub.pair({ name: 'Z', kind: 'gateway', ...(topics === undefined ? {} : { topics }) }),
      );
      expect(refusal).toMatchObject({
        code: 'bad-request',
        more: { detail: expect.stringMatching(/^topics: /) },
      });
      expect([hub.secrets.size, hub.identities.list(), hub.house().devices.devices.size]).toEqual([0, [], 0]);
    },
  );
});

describe('nobody is let in whom the hub does not remember', () => {
  it('when it cannot be saved', async () => {
    const hub = createHub();
    hub.disk.isFull = true;
    expect((await refusalOf(hub.pair({ name: 'x', kind: 'board' }))).code).toBe('not-saved');
    expect([hub.secrets.size, hub.identities.list()]).toEqual([0, []]);
  });

  it('when the identity cannot be written', async () => {
    const hub = createHub();
    db.exec(
      'drop table broker_identity; create table broker_identity (username text, secret_hash integer not null) strict;',
    );
    await expect(hub.pair({ name: 'x', kind: 'board' })).rejects.toThrow();
    expect(hub.secrets.size).toBe(0);
    expect(hub.house().devices.devices.size).toBe(0);
  });

  it('when the broker does not take it', async () => {
    const hub = createHub();
    hub.broker.isAway = true;
    await expect(hub.pair({ name: 'x', kind: 'board' })).rejects.toThrow('away');
    expect([hub.identities.list(), hub.house().devices.devices.size]).toEqual([[], 0]);
  });
});

it('on somebody else’s broker it says which lines to add there, and makes nothing', async () => {
  const hub = createHub({ broker: null });
  const { code, more } = await refusalOf(hub.pair({ name: 'Hall', kind: 'board' }));
  expect(code).toBe('broker-not-managed');
  expect(more.lines).toMatch(/^user hall-\d{5}$/m);
  expect(more.lines).toMatch(/^topic write homeward\/hall-\d{5}\/#$/m);
  expect(more.lines).toMatch(/^topic read homeward\/hub\/#$/m);
  expect(hub.house().devices.devices.size).toBe(0);
});
