import { resolve } from 'node:path';
import { z } from 'zod';

/** What is wrong with a value, said after the name of its setting. */
const mustBe = (what: string) => ({
  error: ({ input }: { readonly input?: unknown }) => `must be ${what}, not "${String(input)}"`,
});

const number = (what: string, fits: (value: number) => boolean, fallback: number) =>
  z
    .string()
    .refine((text) => text.trim() !== '' && fits(Number(text)), mustBe(what))
    .transform(Number)
    .default(fallback);

const port = (fallback: number) =>
  number(
    'a whole number from 0 to 65535',
    (value) => Number.isInteger(value) && value >= 0 && value <= 65_535,
    fallback,
  );

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const Environment = z.object({
  HOMEWARD_DATA: z.string().min(1).default('./data'),
  HOMEWARD_BIND: z.string().min(1).optional(),
  HOMEWARD_HTTP_PORT: port(8080),
  HOMEWARD_HTTPS_PORT: port(8443),
  HOMEWARD_TLS_CERT: z.string().min(1).optional(),
  HOMEWARD_TLS_KEY: z.string().min(1).optional(),
  HOMEWARD_MQTT_URL: z.string().min(1).optional(),
  HOMEWARD_MQTT_CA: z.string().min(1).optional(),
  HOMEWARD_MQTT_PORT: port(1883),
  HOMEWARD_MQTTS_PORT: port(8883),
  HOMEWARD_DYNSEC_URL: z.string().min(1).optional(),
  HOMEWARD_TOPIC_RATE: number(
    'a number above 0, up to 1000000',
    (value) => value > 0 && value <= 1_000_000,
    50,
  ),
  HOMEWARD_FIRMWARE: z.string().min(1).optional(),
  HOMEWARD_LOG: z.enum(LOG_LEVELS, mustBe(`one of ${LOG_LEVELS.join(', ')}`)).default('info'),
  HOMEWARD_DEMO_SPEED: number('a number from 1 to 1000', (value) => value >= 1 && value <= 1_000, 1),
});

/** Everything that can be set from outside. Port 0 means: any free one. */
export type Config = {
  /** Folder of all data, absolute. */
  readonly dataFolder: string;
  /** Address to listen on; null: all interfaces. */
  readonly bind: string | null;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Files with a certificate for a name of one's own and its key, PEM; null: the hub's own alone. */
  readonly tlsFiles: { readonly certFile: string; readonly keyFile: string } | null;
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
  /** Folder with the boards' programs, absolute; null: those that came with the hub. */
  readonly firmwareFolder: string | null;
  /** All that was set, to be sifted for programs that the hub starts. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

function tlsFilesOf(given: z.output<typeof Environment>): Config['tlsFiles'] {
  const { HOMEWARD_TLS_CERT: certFile, HOMEWARD_TLS_KEY: keyFile } = given;
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  throw new Error('HOMEWARD_TLS_CERT and HOMEWARD_TLS_KEY belong together: set both, or none.');
}

/**
 * Reads the environment. The only place that does.
 * @throws Error whose message names the variable in plain words
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const filled = Object.entries(env).filter(([, value]) => value !== '');
  const read = Environment.safeParse(Object.fromEntries(filled));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`${String(issue?.path[0] ?? 'The environment')} ${issue?.message ?? 'is not usable'}.`);
  }
  const given = read.data;
  return {
    dataFolder: resolve(given.HOMEWARD_DATA),
    bind: given.HOMEWARD_BIND ?? null,
    httpPort: given.HOMEWARD_HTTP_PORT,
    httpsPort: given.HOMEWARD_HTTPS_PORT,
    tlsFiles: tlsFilesOf(given),
    mqttUrl: given.HOMEWARD_MQTT_URL ?? null,
    mqttCaFile: given.HOMEWARD_MQTT_CA ?? null,
    mqttPort: given.HOMEWARD_MQTT_PORT,
    mqttsPort: given.HOMEWARD_MQTTS_PORT,
    dynsecUrl: given.HOMEWARD_DYNSEC_URL ?? null,
    topicRate: given.HOMEWARD_TOPIC_RATE,
    logLevel: given.HOMEWARD_LOG,
    speed: given.HOMEWARD_DEMO_SPEED,
    firmwareFolder: given.HOMEWARD_FIRMWARE === undefined ? null : resolve(given.HOMEWARD_FIRMWARE),
    environment: Object.fromEntries(filled),
  };
}
