import { connect, type MqttClient } from 'mqtt';

/** How a board reaches its broker, as the pairing handed it out. */
export type BoardAccess = {
  /** mqtt://host:port or mqtts://host:port */
  readonly url: string;
  /** The hub's id of the board; default: its user name, or without one its own id. */
  readonly deviceId?: string | undefined;
  /** Null: anonymous. */
  readonly username: string | null;
  readonly password: string | null;
  /** PEM of the authority to trust; null without TLS. */
  readonly ca: string | null;
};

export type LinkParts = {
  readonly access: BoardAccess;
  readonly clientId: string;
  /** Topic that the broker sets to "offline", retained, when the link breaks without goodbye. */
  readonly willTopic: string;
  /** Real milliseconds until the next try; drawn for each. */
  readonly retryMs: () => number;
  /** The broker took the board (again). */
  readonly onOpen: () => void;
  readonly onMessage: (topic: string, payload: string, isRetained: boolean) => void;
  /** Why it does not work; the same reason is told once. */
  readonly onFault: (reason: string) => void;
};

/** A board's connection, tried for ever until closed or broken. */
export type BoardLink = {
  /** Resolves when the broker took the board for the first time. */
  open(): Promise<void>;
  /** Publishes the farewell, if connected, and disconnects; no will is sent. Gives up after 2 s. */
  close(farewellTopic: string, farewell: string): Promise<void>;
  /** Cut without goodbye, as by a power failure: the broker sends the will. */
  cut(): void;
  isOpen(): boolean;
  subscribe(filters: readonly string[]): void;
  publish(topic: string, payload: string | Buffer, options: { qos: 0 | 1; retain: boolean }): void;
};

const CLOSE_TIMEOUT_MS = 2_000;

export function createBoardLink(parts: LinkParts): BoardLink {
  let client: MqttClient | null = null;
  return {
    open() {
      const opened = connectBoard(parts);
      client = opened;
      return new Promise((resolve) => {
        opened.on('connect', () => {
          // A small packet must not wait for the acknowledgement of the one before it (Nagle): 43 ms for each answer.
          (opened.stream as { setNoDelay?: (on: boolean) => void }).setNoDelay?.(true);
          parts.onOpen();
          resolve();
        });
      });
    },
    async close(farewellTopic, farewell) {
      const closing = client;
      client = null;
      if (closing === null) return;
      const isPolite = closing.connected;
      if (isPolite) closing.publish(farewellTopic, farewell, { qos: 1, retain: true });
      await new Promise<void>((resolve) => {
        const givenUp = setTimeout(() => {
          closing.stream.destroy();
          resolve();
        }, CLOSE_TIMEOUT_MS);
        closing.end(!isPolite, {}, () => {
          clearTimeout(givenUp);
          resolve();
        });
      });
    },
    cut() {
      client?.stream.destroy();
      client?.end(true);
      client = null;
    },
    isOpen: () => client?.connected === true,
    subscribe(filters) {
      client?.subscribe([...filters], { qos: 1 });
    },
    publish(topic, payload, options) {
      client?.publish(topic, payload, options);
    },
  };
}

function connectBoard({ access, clientId, willTopic, retryMs, onMessage, onFault }: LinkParts): MqttClient {
  const client = connect(access.url, {
    protocolVersion: 4,
    clientId,
    clean: true,
    keepalive: 20,
    connectTimeout: 10_000,
    reconnectPeriod: retryMs(),
    queueQoSZero: false,
    resubscribe: false,
    will: { topic: willTopic, payload: Buffer.from('offline'), qos: 1, retain: true },
    ...(access.username === null ? {} : { username: access.username }),
    ...(access.password === null ? {} : { password: access.password }),
    ...(access.ca === null ? {} : { ca: access.ca }),
  });
  let lastFault = '';
  client.on('message', (topic, payload, packet) => onMessage(topic, payload.toString('utf8'), packet.retain));
  client.on('connect', () => {
    lastFault = '';
  });
  client.on('error', ({ message }) => {
    if (message !== lastFault) onFault(message);
    lastFault = message;
  });
  client.on('close', () => {
    client.options.reconnectPeriod = retryMs();
  });
  return client;
}
