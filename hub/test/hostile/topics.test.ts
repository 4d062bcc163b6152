import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { boardRights, DISCOVERY_FILTERS, gatewayRights, reservedBy } from '../../src/devices/rights.ts';
import { createBrokerRights } from '../../src/io/brokerRights.ts';

const secretHash = createHash('sha256').update('secret').digest('hex');

/** 45 boards and 5 gateways, some of whose names begin alike. */
const devices = Array.from({ length: 50 }, (_, number) => {
  const username = `${number % 2 === 0 ? 'air' : 'air-1'}${number}`;
  const isGateway = number >= 45;
  const topics = isGateway ? gatewayRights([`zigbee${number}/#`]) : boardRights(username);
  const own = isGateway
    ? [`zigbee${number}/bridge/state`, `zigbee${number}/lamp/set`]
    : [
        `homeward/${username}/state`,
        `homeward/${username}/alarm`,
        `homeward/${username}/siren/set`,
        `homeassistant/device/${username}/config`,
        `homeassistant/sensor/${username}/co/config`,
      ];
  const identity = {
    username,
    secretHash,
    ...topics,
    reserves: reservedBy({ username, ...topics }),
    claims: DISCOVERY_FILTERS,
  };
  return { username, isGateway, own, identity };
});

const rights = createBrokerRights({ username: 'hub', password: 'secret' });
for (const { identity } of devices) rights.set(identity);

const pairs = devices.flatMap((a) => devices.filter((b) => b !== a).map((b) => [a, b] as const));
const NOBODYS = ['homeward/hub/beat', 'homeward/hub/status', '$SYS/x'];

test('each of 50 devices may say what is its own', () => {
  for (const { username, own } of devices) {
    expect([username, own.filter((topic) => !rights.mayPublish(username, topic))]).toEqual([username, []]);
  }
});

test('STRIDE S: Device A publishes as B: of all topic pairs of 50 devices 0 are accepted across', () => {
  let tried = 0;
  const accepted = pairs.flatMap(([a, b]) => {
    const topics = [...b.own, ...b.own.map((topic) => `${topic}/x`), ...NOBODYS];
    tried += topics.length;
    return topics
      .filter((topic) => rights.mayPublish(a.username, topic))
      .map((topic) => `${a.username} ${topic}`);
  });
  expect(accepted).toEqual([]);
  expect(tried).toBeGreaterThan(29_000);
});

test('STRIDE I: sniffing: of 50 devices none hears the states and commands of another', () => {
  const heard = pairs.flatMap(([a, b]) =>
    b.own
      // A gateway hears what is announced: it looks through that at its start.
      .filter((topic) => !topic.startsWith('homeassistant/'))
      .filter((topic) => rights.mayReceive(a.username, topic) || rights.maySubscribe(a.username, topic))
      .map((topic) => `${a.username} ${topic}`),
  );
  expect(heard).toEqual([]);
  const wide = ['#', '+/#', 'homeward/#', 'homeward/+/state', '$SYS/#', '$share/x/homeward/#'];
  const granted = devices.flatMap(({ username }) =>
    wide.filter((filter) => rights.maySubscribe(username, filter)),
  );
  expect(granted).toEqual([]);
});
