import { createHash, timingSafeEqual } from 'node:crypto';
import type { BrokerIdentity } from './brokerAdmin.ts';
import { filterCovers, topicMatches } from './topics.ts';

/** Who may do what at the embedded broker. In memory; whoever starts the broker tells it all identities. */
export type BrokerRights = {
  set(identity: BrokerIdentity): void;
  remove(username: string): void;
  /** Is this the secret of that identity? Takes the same time whether the name or the secret is wrong. */
  knows(username: string | undefined, secret: Uint8Array | undefined): username is string;
  mayPublish(username: string, topic: string): boolean;
  /** Whether the topic, which holds a message of `owner`, is that one's alone. */
  isClaimedBy(owner: string | null, username: string, topic: string): boolean;
  maySubscribe(username: string, filter: string): boolean;
  /** Asked for each single delivery: a right that was taken ends at once, whatever was subscribed before. */
  mayReceive(username: string, topic: string): boolean;
};

/** Longest topic or filter that anybody may use, characters. Ours have 120 at most; bounds what the broker keeps. */
const MAX_TOPIC_LENGTH = 512;

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();

const matchesAny = (filters: readonly string[], topic: string): boolean =>
  filters.some((filter) => topicMatches(filter, topic));

/** @param hub the hub itself: it may say and hear everything but `$…` */
export function createBrokerRights(hub: {
  readonly username: string;
  readonly password: string;
}): BrokerRights {
  const identities = new Map<string, BrokerIdentity>();
  const nobody = Buffer.alloc(32);
  const all = { publish: ['#'], subscribe: ['#'], reserves: ['#'], claims: [] };
  const hubHash = sha256(Buffer.from(hub.password));

  const hashOf = (username: string) => {
    if (username === hub.username) return hubHash;
    const hash = Buffer.from(identities.get(username)?.secretHash ?? '', 'hex');
    return hash.length === nobody.length ? hash : null;
  };
  const rightsOf = (username: string) => (username === hub.username ? all : identities.get(username));

  const isReserved = (topic: string): boolean => {
    for (const { reserves } of identities.values()) if (matchesAny(reserves, topic)) return true;
    return false;
  };

  return {
    set(identity) {
      if (identity.username === hub.username) throw new Error(`The name ${hub.username} is the hub's own.`);
      identities.set(identity.username, identity);
    },
    remove: (username) => void identities.delete(username),
    knows(username, secret): username is string {
      const expected = hashOf(username ?? '');
      const same = timingSafeEqual(sha256(secret ?? nobody), expected ?? nobody);
      return same && expected !== null && username !== undefined && secret !== undefined;
    },
    mayPublish(username, topic) {
      const rights = rightsOf(username);
      if (rights === undefined || topic.length > MAX_TOPIC_LENGTH) return false;
      return matchesAny(rights.publish, topic) && (matchesAny(rights.reserves, topic) || !isReserved(topic));
    },
    isClaimedBy: (owner, username, topic) =>
      owner !== null &&
      owner !== username &&
      identities.has(owner) &&
      matchesAny(rightsOf(username)?.claims ?? [], topic),
    maySubscribe: (username, filter) =>
      filter.length <= MAX_TOPIC_LENGTH &&
      (rightsOf(username)?.subscribe.some((allowed) => filterCovers(allowed, filter)) ?? false),
    mayReceive: (username, topic) => matchesAny(rightsOf(username)?.subscribe ?? [], topic),
  };
}
