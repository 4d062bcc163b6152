import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { SECOND_MS } from '../shared/time.ts';
import { limitConnections } from './connections.ts';

/** Key and certificate chain, PEM. */
export type KeyPair = { readonly key: string; readonly cert: string };

/** What to show who asks for that name; undefined: what everybody is shown. */
export type ContextFor = (name: string) => SecureContext | undefined;

/** Connections of one listener, live sockets not counted. Source: safety.md §6, slow clients. */
export const MAX_CONNECTIONS = 200;

/**
 * How long a caller may take. ms. Source: safety.md §6: head 10 s. Node looks only every 30 s by default, which would
 * make 10 s into 40 s. The body is hurried in httpFile.ts: a file may take longer.
 */
const LIMITS = {
  headersTimeout: 10 * SECOND_MS,
  requestTimeout: 0,
  connectionsCheckingInterval: SECOND_MS,
  keepAliveTimeout: 5 * SECOND_MS,
};

/** A connection on which nothing moves for so long is closed: one who asks and never reads. ms. */
const SILENCE_MS = 60 * SECOND_MS;

/** How long answers under way may take when the hub stops. ms. */
const GRACE_MS = SECOND_MS;

export type Listener = {
  readonly server: Server;
  /** @returns the port; @throws in plain words when the port cannot be had */
  start(): Promise<number>;
  /** Lets answers under way end, for at most a second, then hangs up on everybody. */
  stop(): Promise<void>;
};

export function createPlainListener(app: RequestListener): Server {
  return createServer(LIMITS, app);
}

/**
 * TLS 1.3, and 1.2 with ephemeral keys and authenticated encryption alone. Source: OWASP ASVS 5.0 V12.1; RFC 9325 §4.2.
 */
export const TLS_LIMITS = {
  minVersion: 'TLSv1.2',
  ciphers:
    'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:' +
    'ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL',
} as const;

/** A handshake gets as long as a request head. */
export function createTlsListener(app: RequestListener, pair: KeyPair, contextFor?: ContextFor): TlsServer {
  return createTlsServer(
    {
      ...LIMITS,
      ...pair,
      ...TLS_LIMITS,
      handshakeTimeout: LIMITS.headersTimeout,
      SNICallback: (name, done) => done(null, contextFor?.(name)),
    },
    app,
  );
}

/**
 * @param port 0: any free one
 * @param bind address; undefined: all interfaces
 * @param setting the name of the setting that holds the port, for the message when it is taken
 */
export function createListener(
  server: Server,
  port: number,
  bind: string | undefined,
  setting: string,
): Listener {
  const sockets = new Set<Socket>();
  return {
    server,
    async start() {
      limitConnections(server, MAX_CONNECTIONS);
      server.setTimeout(SILENCE_MS);
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      await listen(server, port, bind, setting);
      return (server.address() as AddressInfo).port;
    },
    async stop() {
      if (!server.listening) return;
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      const impatience = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, GRACE_MS);
      await closed;
      clearTimeout(impatience);
    },
  };
}

function listen(server: Server, port: number, bind: string | undefined, setting: string): Promise<void> {
  return new Promise((done, failed) => {
    const refused = (error: NodeJS.ErrnoException) =>
      failed(new Error(inPlainWords(error, port, bind, setting)));
    server.once('error', refused);
    server.listen({ port, host: bind }, () => {
      server.off('error', refused);
      done();
    });
  });
}

function inPlainWords(
  error: NodeJS.ErrnoException,
  port: number,
  bind: string | undefined,
  setting: string,
): string {
  const other = `Set ${setting} to another one, for instance ${setting}=${port < 1_024 ? port + 8_000 : port + 1}.`;
  if (error.code === 'EADDRINUSE') return `Port ${port} is taken by another program. ${other}`;
  if (error.code === 'EACCES') return `This user may not open port ${port}. ${other}`;
  if (error.code === 'EADDRNOTAVAIL') return `This machine has no address ${bind}. Correct HOMEWARD_BIND.`;
  return `Port ${port} cannot be opened: ${error.message}.`;
}
