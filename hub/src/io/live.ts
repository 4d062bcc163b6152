import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { MINUTE_MS, SECOND_MS } from '../shared/time.ts';
import type { Log } from './log.ts';
import { turnedAway } from './origin.ts';
import type { Authenticate, Credentials, Session } from './route.ts';

/** A numbered change. One who sees a gap asks for the snapshot with `refresh`. */
export type Patch = { readonly seq: number; readonly now: number; readonly change: object };

export type LiveOptions = {
  readonly authenticate: Authenticate;
  /** All that a client shows, with the number of the last patch in it. Asked for each client that comes. */
  readonly snapshot: () => object;
  /** The hub's clock, epoch ms UTC: ages on the screen count from it. */
  readonly now: () => number;
  readonly log: Log;
  /** As in `createHttp`. */
  readonly hostNames?: readonly string[];
  /** Ms between heartbeats. Default 4 s: the app has to know within 5 s that it is cut off (web.md §5). */
  readonly beatMs?: number;
};

export type Live = {
  /** Answers live sockets on these servers. Before they listen. */
  attach(...servers: readonly HttpServer[]): void;
  /** Sends a change to everybody, and hangs up on those who cannot keep up. */
  publish(patch: Patch): void;
  /** Hangs up on all sockets of a session that ended, within a second. */
  endSession(tokenHash: string): void;
  /** How many sockets are open. */
  size(): number;
  stop(): Promise<void>;
};

/** Live sockets at a time. A home has some 20 screens; safety.md F-15 tries 200. */
const MAX_CLIENTS = 300;

/**
 * Bytes that may wait for one client. Patches are numbered and nothing may be left out, so beyond it the client is
 * hung up on: it comes back and asks for the snapshot. Source: safety.md §6, slow clients (drop at 1 MiB).
 */
const MAX_WAITING_BYTES = 1_024 * 1_024;

/** Largest message of a client, bytes: it only ever says who it is, and `refresh`. */
const MAX_MESSAGE_BYTES = 4_096;

/** A client gets the snapshot at most so often. ms. */
const REFRESH_EVERY_MS = SECOND_MS;

/** A socket that outlives its session by running out of time is noticed after so long. ms. */
const RECHECK_MS = MINUTE_MS;

/** How long a client may take to hear that it is out: within a second it is closed (safety.md §6, stolen phone). ms. */
const FAREWELL_MS = SECOND_MS / 2;

/** What a socket has to do with a session, and when it was last served. */
type Held = {
  readonly credentials: Credentials;
  tokenHash: string;
  checkedAt: number;
  servedAt: number;
  pending?: NodeJS.Timeout;
};

type LiveSocket = Socket<Record<string, () => void>, Record<string, (value: object) => void>, object, Held>;

/**
 * The live channel: snapshot first, then every patch in order, and a `beat {now, seq}` with the hub's time and the
 * number of the last patch, so that a client that missed it notices before the next.
 * A client that does not answer a ping within 1.5 beats is hung up on. The ping stands in line behind the patches, so
 * this is also the limit for how far a client may lag: 10 s by default.
 */
export function createLive(options: LiveOptions): Live {
  const beatMs = options.beatMs ?? 4 * SECOND_MS;
  const io = new Server<Record<string, () => void>, Record<string, (value: object) => void>, object, Held>({
    path: '/socket.io',
    serveClient: false,
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: beatMs,
    pingTimeout: beatMs * 1.5,
    connectTimeout: 5 * SECOND_MS,
    allowRequest: (request, answer) => {
      const open = !stopped && size() < MAX_CLIENTS && isWelcome(request, options.hostNames);
      answer(open ? null : 'not here', open);
    },
  });
  const engines: (typeof io.engine)[] = [];
  let beating: NodeJS.Timeout | undefined;
  let stopped = false;
  /** Of the last patch; undefined before the first. */
  let lastSeq: number | undefined;

  const size = () => engines.reduce((sum, engine) => sum + engine.clientsCount, 0);
  const sockets = () => io.sockets.sockets.values();

  io.use((socket, next) => {
    const credentials = credentialsOf(socket.handshake);
    const session = sessionOf(credentials, options);
    if (session === null) return next(new Error('no-session'));
    const at = performance.now();
    socket.data = { credentials, tokenHash: session.tokenHash, checkedAt: at, servedAt: -REFRESH_EVERY_MS };
    next();
  });
  io.on('connection', (socket) => {
    serve(socket, options);
    socket.on('refresh', () => serve(socket, options));
    socket.once('disconnect', () => clearTimeout(socket.data.pending));
  });

  function beat() {
    const at = performance.now();
    io.emit('beat', { now: options.now(), seq: lastSeq });
    for (const socket of sockets()) {
      if (waitingBytes(socket) > MAX_WAITING_BYTES) hangUp(socket);
      else if (!isStillIn(socket, at, options)) sayGoodbye(socket);
    }
  }

  return {
    attach(...servers) {
      for (const server of servers) {
        io.attach(server);
        io.engine.on('connection', cutWhenClosed);
        engines.push(io.engine);
      }
      beating ??= setInterval(beat, beatMs).unref();
    },
    publish(patch) {
      lastSeq = patch.seq;
      io.emit('patch', patch);
      for (const socket of sockets()) if (waitingBytes(socket) > MAX_WAITING_BYTES) hangUp(socket);
    },
    endSession(tokenHash) {
      for (const socket of sockets()) if (socket.data.tokenHash === tokenHash) sayGoodbye(socket);
    },
    size,
    async stop() {
      stopped = true;
      clearInterval(beating);
      for (const socket of sockets()) hangUp(socket);
      for (const engine of engines) engine.close();
    },
  };
}

function isWelcome(request: IncomingMessage, hostNames: readonly string[] | undefined): boolean {
  const { host, origin } = request.headers;
  const secure = 'encrypted' in request.socket;
  return turnedAway({ peer: request.socket.remoteAddress, secure, host, origin }, hostNames) === null;
}

/** A token in `auth` counts before the cookie. Whatever else stands in `auth` is not looked at. */
function credentialsOf({ auth, headers, secure }: LiveSocket['handshake']): Credentials {
  const token: unknown = auth.token;
  const authorization = typeof token === 'string' ? `Bearer ${token}` : undefined;
  return { authorization, cookie: authorization === undefined ? headers.cookie : undefined, secure };
}

/** Sends the snapshot, now or as soon as this client may have it again. */
function serve(socket: LiveSocket, options: LiveOptions): void {
  const held = socket.data;
  if (held.pending !== undefined) return;
  const wait = held.servedAt + REFRESH_EVERY_MS - performance.now();
  if (wait <= 0) sendSnapshot(socket, options);
  else held.pending = setTimeout(() => sendSnapshot(socket, options), wait);
}

function sendSnapshot(socket: LiveSocket, options: LiveOptions): void {
  delete socket.data.pending;
  socket.data.servedAt = performance.now();
  try {
    socket.emit('snapshot', options.snapshot());
  } catch (error) {
    // A bug of the snapshot: the client comes back and asks again; the hub and its alarms go on.
    options.log.error({ err: error }, 'the live snapshot could not be made');
    hangUp(socket);
  }
}

function isStillIn(socket: LiveSocket, at: number, options: LiveOptions): boolean {
  const held = socket.data;
  if (at - held.checkedAt < RECHECK_MS) return true;
  held.checkedAt = at;
  return sessionOf(held.credentials, options)?.tokenHash === held.tokenHash;
}

/** Who this is; nobody when it cannot be found out. Nothing above would catch what is thrown here. */
function sessionOf(credentials: Credentials, { authenticate, log }: LiveOptions): Session | null {
  try {
    return authenticate(credentials);
  } catch (error) {
    log.error({ err: error }, 'a live socket could not be authenticated');
    return null;
  }
}

/** What of the transport counts here: a WebSocket when there is one, nothing while polling. */
type Wire = { readonly bufferedAmount?: number; readonly terminate?: () => void };

function wireOf(socket: LiveSocket): Wire | undefined {
  return (socket.conn.transport as { readonly socket?: Wire }).socket;
}

/** Bytes on their way to a client: handed to its connection and not yet taken, and standing in line before it. */
function waitingBytes(socket: LiveSocket): number {
  const inLine = (socket.conn as unknown as { writeBuffer: readonly { data?: string }[] }).writeBuffer;
  const handed = wireOf(socket)?.bufferedAmount ?? 0;
  return inLine.reduce((sum, packet) => sum + (packet.data?.length ?? 0), handed);
}

/** A closing WebSocket waits half a minute for a peer that may be gone; here it gets half a second, then the wire is cut. */
function cutWhenClosed(conn: LiveSocket['conn']): void {
  conn.once('close', () => {
    const { socket: wire } = conn.transport as { readonly socket?: Wire };
    setTimeout(() => wire?.terminate?.(), FAREWELL_MS).unref();
  });
}

/** Ends a socket at once. The client takes it for a lost connection and comes back. */
function hangUp(socket: LiveSocket): void {
  wireOf(socket)?.terminate?.();
  socket.conn.close(true);
}

/** Tells the client that it is out, so that it does not come back, and hangs up on one that does not listen. */
function sayGoodbye(socket: LiveSocket): void {
  socket.disconnect(true);
  setTimeout(() => hangUp(socket), FAREWELL_MS).unref();
}
