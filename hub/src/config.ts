import { resolve } from 'node:path';
import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

const Environment = z.object({
  HOMEWARD_DATA: z.string().min(1).default('./data'),
  HOMEWARD_BIND: z.string().min(1).optional(),
  HOMEWARD_HTTP_PORT: port(8080),
  HOMEWARD_HTTPS_PORT: port(8443),
  HOMEWARD_MQTT_URL: z.string().min(1).optional(),
  HOMEWARD_MQTT_CA: z.string().min(1).optional(),
  HOMEWARD_MQTT_PORT: port(1883),
  HOMEWARD_MQTTS_PORT: port(8883),
  HOMEWARD_DYNSEC_URL: z.string().min(1).optional(),
  HOMEWARD_TOPIC_RATE: z.coerce.number().positive().max(1_000_000).default(50),
  HOMEWARD_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOMEWARD_DEMO_SPEED: z.coerce.number().min(1).max(1_000).default(1),
});

/** Everything that can be set from outside. Port 0 means: any free one. */
export type Config = {
  /** Folder of all data, absolute. */
  readonly dataFolder: string;
  /** Address to listen on; null: all interfaces. */
  readonly bind: string | null;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Broker of the house; null: the embedded one. */
  readonly mqttUrl: string | null;
  /** File with the PEM of the authority that the broker's certificate comes from. */
  readonly mqttCaFile: string | null;
  readonly mqttPort: number;
  readonly mqttsPort: number;
  /** Admin identity of Mosquitto's dynamic security, as an address. */
  readonly dynsecUrl: string | null;
  /** Messages a second that one topic may bring before the rest is dropped unread; four times as many at once. */
  readonly topicRate: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** House seconds in one real second: 1, but in the demo. */
  readonly speed: number;
};

/**
 * Reads the environment. The only place that does.
 * @throws Error whose message names the variable in plain words
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const filled = Object.entries(env).filter(([, value]) => value !== '');
  const read = Environment.safeParse(Object.fromEntries(filled));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`${String(issue?.path[0] ?? 'The environment')} is not usable: ${issue?.message ?? ''}.`);
  }
  const given = read.data;
  return {
    dataFolder: resolve(given.HOMEWARD_DATA),
    bind: given.HOMEWARD_BIND ?? null,
    httpPort: given.HOMEWARD_HTTP_PORT,
    httpsPort: given.HOMEWARD_HTTPS_PORT,
    mqttUrl: given.HOMEWARD_MQTT_URL ?? null,
    mqttCaFile: given.HOMEWARD_MQTT_CA ?? null,
    mqttPort: given.HOMEWARD_MQTT_PORT,
    mqttsPort: given.HOMEWARD_MQTTS_PORT,
    dynsecUrl: given.HOMEWARD_DYNSEC_URL ?? null,
    topicRate: given.HOMEWARD_TOPIC_RATE,
    logLevel: given.HOMEWARD_LOG,
    speed: given.HOMEWARD_DEMO_SPEED,
  };
}
