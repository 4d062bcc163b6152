import { randomBytes, randomInt } from 'node:crypto';
import type { Fact } from '../house/facts.ts';
import type { Settled } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import { Refusal } from '../shared/errors.ts';
import type { Device } from './entity.ts';
import type { Pairing, PairingRequest } from './requestSchema.ts';
import { boardRights, checkGatewayTopics, gatewayRights, type Rights } from './rights.ts';
import type { DevicesState } from './state.ts';
import type { IdentityStore, StoredIdentity } from './store.ts';

/** The broker as pairing sees it. */
export type PairingBroker = {
  /** @throws when the broker did not take it */
  readonly setIdentity: (identity: StoredIdentity, secret: string) => Promise<void>;
  readonly removeIdentity: (username: string) => Promise<void>;
  readonly endSessions: (username: string) => Promise<void>;
  /** SHA-256 of a secret, hex. */
  readonly hashSecret: (secret: string) => string;
  /** How devices reach it. */
  readonly address: () => Omit<Pairing['mqtt'], 'username' | 'password'>;
};

export type PairingPorts = {
  /** Null: somebody else's broker; then the owner has to add the identity there. */
  readonly broker: PairingBroker | null;
  readonly identities: IdentityStore;
  readonly read: () => DevicesState;
  readonly dispatch: (fact: Fact) => Settled;
  readonly utc: () => number;
};

/**
 * Gives a board or gateway an identity of its own at the broker. The secret is shown once and never stored.
 * @param by name of the person who asks for it
 * @throws Refusal bad-request (topics), topics-taken, broker-not-managed (with the lines to add there), not-saved
 */
export async function pairDevice(request: PairingRequest, by: string, ports: PairingPorts): Promise<Pairing> {
  const deviceId = newId(request.name, ports.read());
  const rights = rightsFor(request, deviceId, ports.read());
  if (ports.broker === null) {
    throw new Refusal('broker-not-managed', { lines: linesFor(deviceId, rights) });
  }
  const secret = randomBytes(24).toString('base64url');
  const identity = { username: deviceId, secretHash: ports.broker.hashSecret(secret), ...rights };
  await ports.broker.setIdentity(identity, secret);
  try {
    ports.identities.add(identity, ports.utc());
    const { saved } = ports.dispatch({
      type: 'devicePaired',
      deviceId,
      name: request.name,
      kind: request.kind,
      by,
      ...(request.kind === 'gateway' ? { topics: request.topics ?? [] } : {}),
    });
    if (!saved) throw new Refusal('not-saved');
  } catch (error) {
    // Nothing may be let in that the hub does not remember.
    ports.identities.remove(deviceId);
    await ports.broker.removeIdentity(deviceId);
    throw error;
  }
  return { deviceId, mqtt: { ...ports.broker.address(), username: deviceId, password: secret } };
}

function rightsFor(request: PairingRequest, deviceId: string, state: DevicesState): Rights {
  if (request.kind === 'board') return boardRights(deviceId);
  const topics = checkGatewayTopics(request.topics ?? []);
  if (!topics.ok) throw new Refusal('bad-request', { detail: topics.reason });
  const rival = rivalOf(topics.value, state);
  if (rival !== undefined) throw new Refusal('topics-taken', { detail: rival.ownName ?? rival.name });
  return gatewayRights(topics.value);
}

/** A gateway that has all these topics. With two identities for one Zigbee2MQTT the new one could not announce what the old one did. */
const rivalOf = (topics: readonly string[], { gateways }: DevicesState): Device | undefined =>
  gateways.find((gateway) => topics.every((topic) => gateway.topics?.includes(topic)));

/** A readable name and five digits, free in this house. It is an address, not a secret. */
function newId(name: string, state: DevicesState): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32);
  for (;;) {
    const id = `${words === '' ? 'device' : words}-${randomInt(10_000, 100_000)}`;
    if (getRow(state.devices, id) === undefined) return id;
  }
}

/** What the owner adds to a Mosquitto that the hub does not manage. */
function linesFor(deviceId: string, { publish, subscribe }: Rights): string {
  return [
    `# on the broker's machine: mosquitto_passwd <password file> ${deviceId}`,
    '# in the access control file:',
    `user ${deviceId}`,
    ...publish.map((filter) => `topic write ${filter}`),
    ...subscribe.map((filter) => `topic read ${filter}`),
  ].join('\n');
}
