import { randomUUID } from 'node:crypto';
import type { BrokerAdmin, BrokerIdentity } from './brokerAdmin.ts';
import { createMqtt, type Mqtt } from './mqtt.ts';

export type DynsecOptions = {
  /** `mqtt[s]://admin:password@host[:port]`: an identity that may use `$CONTROL/dynamic-security/#`, not the hub's own. */
  readonly url: string;
  /** PEM of the authority that Mosquitto must prove itself by. */
  readonly ca?: string;
  /** How long an answer may take, ms; default 5,000. */
  readonly timeoutMs?: number;
  readonly onReport: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
};

export type Dynsec = BrokerAdmin & {
  /** Begins to look for Mosquitto; never gives up. @throws when the URL makes no sense */
  start(): void;
  stop(): Promise<void>;
};

const CONTROL = '$CONTROL/dynamic-security/v1';
const RESPONSE = `${CONTROL}/response`;
const TIMEOUT_MS = 5_000;

type Command = { readonly command: string } & Readonly<Record<string, unknown>>;
type Answer = { readonly error?: string; readonly correlationData?: string };
type Waiting = { resolve(error: string | null): void };

/** Gives and takes identities at a Mosquitto with the dynamic-security plugin: one client and one role for each. */
export function createDynsec(options: DynsecOptions): Dynsec {
  const waiting = new Map<string, Waiting>();
  const mqtt: Mqtt = createMqtt({
    url: options.url,
    clientId: 'homeward-dynsec',
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    onMessage: ({ topic, payload }) => {
      if (topic !== RESPONSE) return;
      for (const { error, correlationData } of answersOf(payload)) {
        waiting.get(correlationData ?? '')?.resolve(error ?? null);
      }
    },
    onFound: () => {},
    onLost: () => {},
    onReport: (event, detail) => options.onReport(`dynsec.${event}`, detail),
  });

  /** Answers what Mosquitto has against the command, in its words; null: nothing. */
  function ask(command: Command): Promise<string | null> {
    const correlationData = randomUUID();
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(correlationData);
        reject(new Error(whySilent(mqtt.isConnected(), timeoutMs)));
      }, timeoutMs);
      waiting.set(correlationData, {
        resolve(error) {
          clearTimeout(timer);
          waiting.delete(correlationData);
          resolve(error);
        },
      });
      const text = JSON.stringify({ commands: [{ ...command, correlationData }] });
      mqtt.publish(CONTROL, text, { qos: 1, retain: false, keepMs: timeoutMs });
    });
  }

  /** @param harmless answers that mean: it is as we want it already */
  async function demand(command: Command, harmless: readonly string[] = []): Promise<boolean> {
    const error = await ask(command);
    if (error === null) return true;
    if (harmless.includes(error)) return false;
    throw new Error(`Mosquitto's dynamic security refused ${command.command}: ${error}`);
  }

  return {
    start() {
      mqtt.subscribe([RESPONSE]);
      mqtt.start();
    },
    stop: () => mqtt.stop(),
    async setIdentity(identity, secret) {
      const { username } = identity;
      const role = { rolename: roleOf(username), acls: aclsOf(identity) };
      // Changing a role or a client ends the sessions that it has.
      const isNew = await demand({ command: 'createRole', ...role }, ['Role already exists']);
      if (!isNew) await demand({ command: 'modifyRole', ...role });
      const client = {
        username,
        roles: [{ rolename: role.rolename, priority: 0 }],
        ...(secret === undefined ? {} : { password: secret }),
      };
      const isKnown =
        secret === undefined ||
        !(await demand({ command: 'createClient', ...client }, ['Client already exists']));
      if (isKnown) await demand({ command: 'modifyClient', ...client });
    },
    async removeIdentity(username) {
      await demand({ command: 'deleteClient', username }, ['Client not found']);
      await demand({ command: 'deleteRole', rolename: roleOf(username) }, ['Role not found']);
    },
  };
}

const roleOf = (username: string) => `homeward-${username}`;

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

function answersOf(payload: Uint8Array): readonly Answer[] {
  const { responses } = JSON.parse(Buffer.from(payload).toString()) as { responses?: readonly Answer[] };
  return Array.isArray(responses) ? responses : [];
}

const whySilent = (isConnected: boolean, timeoutMs: number) =>
  isConnected
    ? `Mosquitto's dynamic security did not answer within ${timeoutMs / 1_000} s. Is the plugin loaded, and may the ` +
      'identity in HOMEWARD_DYNSEC_URL use $CONTROL/dynamic-security?'
    : 'Mosquitto cannot be reached as HOMEWARD_DYNSEC_URL says, or refuses the name or password there.';
