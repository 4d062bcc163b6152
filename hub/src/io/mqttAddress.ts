import type { IClientOptions } from 'mqtt';

/** Where the broker is, and who we are there. */
export type MqttAddress = {
  /** `mqtt://[user:password@]host[:1883]` or `mqtts://…[:8883]`. */
  readonly url: string;
  /** The same on every start: the broker keeps unacknowledged messages under this name. */
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM of the authority that the broker must prove itself by; default: those that Node trusts. Always verified. */
  readonly ca?: string;
  /** What the broker says (QoS 1, retained) when this client is gone without a word. */
  readonly will?: { readonly topic: string; readonly payload: string };
};

/** Seconds between signs of life. A half-open connection is noticed after 1.5 times this: 22.5 s, limit 30 s (F-08). */
const KEEPALIVE_S = 15;
/** A broker that has not answered CONNECT by then is tried anew, ms. */
const CONNECT_TIMEOUT_MS = 4_500;
/** Wait before the next try, ms: random, so that a hundred boards and the hub do not come back in one moment; < 5 s. */
const RETRY_MS = { least: 300, most: 3_000 };

/** How long to wait before the next try, ms; another one each time. */
export const retryAfterMs = () => RETRY_MS.least + Math.random() * (RETRY_MS.most - RETRY_MS.least);

/** What the client is told. @throws when the URL is none, or not one of MQTT */
export function connectOptions(address: MqttAddress): IClientOptions {
  const { protocol, hostname, port, username, password } = new URL(address.url);
  if (protocol !== 'mqtt:' && protocol !== 'mqtts:') {
    throw new Error('The address of the broker (HOMEWARD_MQTT_URL) must begin with mqtt:// or mqtts://.');
  }
  const secure = protocol === 'mqtts:';
  return {
    protocol: secure ? 'mqtts' : 'mqtt',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 8883 : 1883),
    protocolVersion: 4,
    clientId: address.clientId,
    clean: false,
    keepalive: KEEPALIVE_S,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: retryAfterMs(),
    reconnectOnConnackError: true,
    // We ask again ourselves after every connect; mqtt.js would only when the broker lost the session.
    resubscribe: false,
    queueQoSZero: false,
    // It would lay 65,536 numbers ready in two bytes each: 5.5 MB that a home never needs.
    writeCache: false,
    rejectUnauthorized: true,
    // The default writes whole packets, payload and password too, wherever DEBUG is set.
    log: () => {},
    ...credentials(
      address.username ?? decodeURIComponent(username),
      address.password ?? decodeURIComponent(password),
    ),
    ...(address.ca === undefined ? {} : { ca: address.ca }),
    ...will(address.will),
  };
}

const credentials = (username: string, password: string): IClientOptions => ({
  ...(username === '' ? {} : { username }),
  ...(password === '' ? {} : { password }),
});

const will = (last: MqttAddress['will']): IClientOptions =>
  last === undefined
    ? {}
    : { will: { topic: last.topic, payload: Buffer.from(last.payload), qos: 1, retain: true } };
