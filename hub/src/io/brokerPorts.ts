import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from 'node:tls';

/** Key and certificate chain, PEM. */
export type TlsPair = { readonly key: string; readonly cert: string };

export type PortsOptions = {
  /** Address to listen on; default all. */
  readonly host?: string;
  /** Plain port; 0 any free one, null none. */
  readonly port: number | null;
  /** TLS port; 0 any free one, null none. */
  readonly tlsPort: number | null;
  /** Null: there are none, and the TLS port stays shut. */
  readonly tls?: () => TlsPair | null;
  readonly onConnection: (socket: Socket | TLSSocket) => void;
  /** Somebody could not agree on TLS with us, or there were too many connections. */
  readonly onRefused: (why: string, address: string) => void;
};

/** The two ports of the broker. */
export type Ports = {
  /** @throws in plain words when a port cannot be had; then none is held */
  open(): Promise<void>;
  /** Takes no more connections and cuts off those that are left. */
  close(): Promise<void>;
  /** What is really listened on. */
  bound(): { readonly plain: number | null; readonly tls: number | null };
  /** New connections get the key and certificate of today; open ones stay. */
  reloadTls(): void;
};

/** Connections at the same time, both ports together; reference figure of the threat model. */
const MAX_CONNECTIONS = 2_500;
/** Who has not agreed on TLS by then is cut off, ms. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

export const createPorts = (options: PortsOptions): Ports => new TwoPorts(options);

class TwoPorts implements Ports {
  readonly #options: PortsOptions;
  readonly #sockets = new Set<Socket>();
  #plain: Server | null = null;
  #secure: TlsServer | null = null;

  constructor(options: PortsOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    const { port, tlsPort, tls, onConnection } = this.#options;
    try {
      if (port !== null) {
        this.#plain = createServer(onConnection);
        await this.#listen(this.#plain, port, 'HOMEWARD_MQTT_PORT');
      }
      const pair = tls?.() ?? null;
      if (tlsPort !== null && pair !== null) {
        const options = { ...pair, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_TIMEOUT_MS } as const;
        this.#secure = createTlsServer(options, onConnection);
        this.#secure.on('tlsClientError', (error, socket) => this.#refused(error.message, socket));
        await this.#listen(this.#secure, tlsPort, 'HOMEWARD_MQTTS_PORT');
      }
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const closed = Promise.all([shut(this.#plain), shut(this.#secure)]);
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#plain = null;
    this.#secure = null;
  }

  bound() {
    return { plain: portOf(this.#plain), tls: portOf(this.#secure) };
  }

  reloadTls(): void {
    const pair = this.#options.tls?.() ?? null;
    if (pair !== null) this.#secure?.setSecureContext({ ...pair, minVersion: 'TLSv1.2' });
  }

  #listen(server: Server, port: number, setting: string): Promise<void> {
    const { host } = this.#options;
    // Sockets as the system hands them over, before any TLS: so a stalled handshake counts too.
    server.on('connection', (socket: Socket) => this.#count(socket));
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException) => reject(inPlainWords(error, port, setting));
      server.once('error', fail);
      server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
        server.off('error', fail);
        server.on('error', (error) => this.#options.onRefused(error.message, ''));
        resolve();
      });
    });
  }

  #count(socket: Socket): void {
    if (this.#sockets.size >= MAX_CONNECTIONS) {
      this.#refused('too many connections', socket);
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // Nagle's algorithm would hold the second small packet back until the first is acknowledged.
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
  }

  #refused(why: string, socket: Socket): void {
    this.#options.onRefused(why, socket.remoteAddress ?? '');
  }
}

function inPlainWords(error: NodeJS.ErrnoException, port: number, setting: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} is taken by another program. Stop that program, or give Homeward another port with ${setting}.`,
      { cause: error },
    );
  }
  if (error.code === 'EACCES') {
    return new Error(`Homeward may not use port ${port}. Give it one above 1023 with ${setting}.`, {
      cause: error,
    });
  }
  return error;
}

const shut = (server: Server | null) =>
  new Promise<void>((resolve) => {
    if (server?.listening) server.close(() => resolve());
    else resolve();
  });

const portOf = (server: Server | null) => (server?.address() as AddressInfo | null)?.port ?? null;
