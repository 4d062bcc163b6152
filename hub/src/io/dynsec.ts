import type { BrokerAdmin, BrokerIdentity } from './brokerAdmin.ts';
import { createDynsecControl, type DynsecControlOptions } from './dynsecControl.ts';
import { filtersMeet } from './topics.ts';

export type DynsecOptions = DynsecControlOptions & {
  /** Identities that were given out before. Asked at the start; no other client is ever changed or deleted. */
  readonly given: () => readonly BrokerIdentity[];
  /** Names that are never given nor taken, such as the hub's own; the admin's is always one. Default none. */
  readonly keepOff?: readonly string[];
};

export type Dynsec = BrokerAdmin & {
  /**
   * Begins to look for Mosquitto; never gives up. Each time that it is found, everybody is denied what others reserve
   * and allowed what is his by now, and those whom it did not let go before are removed.
   * @throws when the URL makes no sense
   */
  start(): void;
  stop(): Promise<void>;
};

/** Gives and takes identities at a Mosquitto with the dynamic-security plugin: one client and one role for each. */
export function createDynsec(options: DynsecOptions): Dynsec {
  const given = new Map<string, BrokerIdentity>();
  /** Whom Mosquitto did not let go yet. */
  const leaving = new Set<string>();
  const keepOff = new Set([...(options.keepOff ?? []), decodeURIComponent(new URL(options.url).username)]);
  const control = createDynsecControl(options, () => {
    catchUp().catch((error: unknown) => options.onReport('dynsec.behind', { error }));
  });
  const { demand } = control;

  /** What others reserve within the reach of that identity. */
  const deniedTo = (identity: BrokerIdentity): string[] =>
    [...given.values()].flatMap((other) => reservedFrom(identity, other));

  const deny = (identity: BrokerIdentity, topics: readonly string[]): Promise<void> =>
    addRules(demand, identity, topics.map(denial));

  async function denyNoMore({ username }: BrokerIdentity, topics: readonly string[]): Promise<void> {
    const command = { command: 'removeRoleACL', rolename: roleOf(username), acltype: 'publishClientSend' };
    for (const topic of topics) await demand({ ...command, topic }, ['ACL not found', 'Role not found']);
  }

  async function catchUp(): Promise<void> {
    // First what is denied: no right may come to stand alone.
    for (const identity of given.values()) await deny(identity, deniedTo(identity));
    for (const identity of given.values()) await addRules(demand, identity, aclsOf(identity));
    for (const username of leaving) await remove(username);
  }

  async function setRole(identity: BrokerIdentity): Promise<void> {
    const rolename = roleOf(identity.username);
    const rules = () => [...aclsOf(identity), ...deniedTo(identity).map(denial)];
    // Changing a role or a client ends the sessions that it has.
    const isNew = await demand({ command: 'createRole', rolename, acls: rules() }, ['Role already exists']);
    if (!isNew) await demand({ command: 'modifyRole', rolename, acls: rules() });
  }

  /** @param isOurs whether the name was given out before: the client of somebody else is not taken over */
  async function setClient(username: string, secret: string | undefined, isOurs: boolean): Promise<void> {
    const client = { ...clientOf(username), ...(secret === undefined ? {} : { password: secret }) };
    const create = { command: 'createClient', ...client };
    if (secret !== undefined && (await demand(create, ['Client already exists']))) return;
    if (!isOurs) {
      given.delete(username);
      throw new Error(`Mosquitto has no client ${username} that Homeward gave out.`);
    }
    await demand({ command: 'modifyClient', ...client });
  }

  async function remove(username: string): Promise<void> {
    await demand({ command: 'deleteClient', username }, ['Client not found']);
    await demand({ command: 'deleteRole', rolename: roleOf(username) }, ['Role not found']);
    const gone = given.get(username);
    given.delete(username);
    leaving.delete(username);
    if (gone === undefined) return;
    for (const other of given.values()) await denyNoMore(other, reservedFrom(other, gone));
  }

  return {
    start() {
      for (const identity of options.given()) given.set(identity.username, identity);
      control.start();
    },
    stop: () => control.stop(),
    async setIdentity(identity, secret) {
      const { username } = identity;
      if (keepOff.has(username)) throw new Error(`The name ${username} is not Homeward's to give.`);
      const isOurs = given.has(username);
      // Known from now on: whoever else is given an identity meanwhile is denied what this one reserves.
      given.set(username, identity);
      for (const other of given.values()) await deny(other, reservedFrom(other, identity));
      await setRole(identity);
      await setClient(username, secret, isOurs);
    },
    /**
     * A client that is changed loses its sessions, even when it is changed to what it was. Disabling and enabling it would
     * need two commands: a hub that dies between them would leave a board locked out for good.
     */
    async endSessions(username) {
      if (keepOff.has(username) || !given.has(username)) return;
      await demand({ command: 'modifyClient', ...clientOf(username) }, ['Client not found']);
    },
    async removeIdentity(username) {
      if (keepOff.has(username) || !given.has(username)) return;
      leaving.add(username);
      await remove(username);
    },
  };
}

/** Adds what its role has not yet. Its sessions go on: a rule that is added ends none, as of 2.0.11. */
async function addRules(
  demand: ReturnType<typeof createDynsecControl>['demand'],
  { username }: BrokerIdentity,
  rules: readonly object[],
): Promise<void> {
  const command = { command: 'addRoleACL', rolename: roleOf(username) };
  const harmless = ['ACL with this topic already exists', 'Role not found'];
  for (const rule of rules) await demand({ ...command, ...rule }, harmless);
}

const roleOf = (username: string) => `homeward-${username}`;

const clientOf = (username: string) => ({ username, roles: [{ rolename: roleOf(username), priority: 0 }] });

/** What `other` reserves and the rights of `identity` would reach. */
function reservedFrom(identity: BrokerIdentity, other: BrokerIdentity): readonly string[] {
  if (identity.username === other.username) return [];
  return other.reserves.filter((topic) => identity.publish.some((filter) => filtersMeet(filter, topic)));
}

/** The rules of a role are asked by priority, the highest first, and the first that fits decides (as of 2.0.11). */
const denial = (topic: string) => ({ acltype: 'publishClientSend', topic, priority: 2, allow: false });

/**
 * By default the plugin lets everything be received, so that only the moment of subscribing is checked (and, in 2.0, the
 * return to a kept session). Receiving is denied here but for what is allowed: each delivery is checked as well.
 */
function aclsOf({ publish, subscribe }: BrokerIdentity) {
  const rule = (acltype: string, allow: boolean, priority: number) => (topic: string) => ({
    acltype,
    topic,
    priority,
    allow,
  });
  return [
    ...publish.map(rule('publishClientSend', true, 1)),
    ...subscribe.map(rule('subscribePattern', true, 1)),
    ...subscribe.map(rule('publishClientReceive', true, 1)),
    rule('publishClientReceive', false, 0)('#'),
  ];
}
