import { randomUUID } from 'node:crypto';
import { createMqtt, type Mqtt } from './mqtt.ts';

export type DynsecControlOptions = {
  /** `mqtt[s]://admin:password@host[:port]`: an identity that may use `$CONTROL/dynamic-security/#`, not the hub's own. */
  readonly url: string;
  /** PEM of the authority that Mosquitto must prove itself by. */
  readonly ca?: string;
  /** How long an answer may take, ms; default 5,000. */
  readonly timeoutMs?: number;
  readonly onReport: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
};

/** A command of the plugin, with its arguments. */
export type Command = { readonly command: string } & Readonly<Record<string, unknown>>;

export type DynsecControl = Pick<Mqtt, 'start' | 'stop'> & {
  /**
   * Has Mosquitto do it; answers whether it did.
   * @param harmless answers that mean: it is as we want it already
   * @throws in plain words when Mosquitto refuses or is silent
   */
  demand(command: Command, harmless?: readonly string[]): Promise<boolean>;
};

const CONTROL = '$CONTROL/dynamic-security/v1';
const RESPONSE = `${CONTROL}/response`;
const TIMEOUT_MS = 5_000;

type Answer = { readonly error?: string; readonly correlationData?: string };
type Waiting = { resolve(error: string | null): void };

/** How the plugin is spoken to: commands on one topic, answers on another. */
export function createDynsecControl(options: DynsecControlOptions, onFound: () => void): DynsecControl {
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
    onFound,
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

  return {
    start() {
      mqtt.subscribe([RESPONSE]);
      mqtt.start();
    },
    stop: () => mqtt.stop(),
    async demand(command, harmless = []) {
      const error = await ask(command);
      if (error === null) return true;
      if (harmless.includes(error)) return false;
      throw new Error(`Mosquitto's dynamic security refused ${command.command}: ${error}`);
    },
  };
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
