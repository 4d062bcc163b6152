import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import { MINUTE_MS, SECOND_MS } from '../shared/time.ts';
import {
  guardEngine,
  type Held,
  hangUp,
  type LiveSocket,
  refuseUpgrade,
  type Spoken,
  sayGoodbye,
  type Told,
  waitingBytes,
} from './liveSocket.ts';
import type { Log } from './log.ts';
import { type IsNamed, SHELL_ORIGINS, shellOf, turnedAway } from './origin.ts';
import type { Authenticate, Credentials, Session } from './route.ts';

/** A numbered change. One who sees a gap asks for the snapshot with `refresh`. */
export type Patch = { readonly seq: number; readonly now: number; readonly change: object };

export type LiveOptions = {
  readonly authenticate: Authenticate;
  /** All that a client of that role may show, with the number of the last patch in it. Asked for each client that comes. */
  readonly snapshot: (role: string) => object;
  /** Who may look on at all. One who may not is told so and let in no further. */
  readonly mayWatch: (session: Session) => boolean;
  /** What a role may see of the change of a patch. */
  readonly changeFor: (role: string, change: object) => object;
  /** The hub's clock, epoch ms UTC: ages on the screen count from it. */
  readonly now: () => number;
  readonly log: Log;
  /** As in `createHttp`. */
  readonly isNamed?: IsNamed;
  /** Ms between heartbeats. Default 4 s: the app has to know within 5 s that it is cut off (web.md §5). */
  readonly beatMs?: number;
};

export type Live = {
  /** Answers live sockets on these servers. Before they listen. */
  attach(...servers: readonly HttpServer[]): void;
  /** Sends everybody what they may see of a change, and hangs up on those who cannot keep up. */
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

/**
 * The live channel: snapshot first, then every patch in order, and a `beat {now, seq}` with the hub's time and the
 * number of the last patch, so that a client that missed it notices before the next.
 * A client that does not answer a ping within 1.5 beats is hung up on. The ping stands in line behind the patches, so
 * this is also the limit for how far a client may lag: 10 s by default.
 */
export function createLive(options: LiveOptions): Live {
  const beatMs = options.beatMs ?? 4 * SECOND_MS;
  const io = new Server<Spoken, Told, object, Held>({
    path: '/socket.io',
    serveClient: false,
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: beatMs,
    pingTimeout: beatMs * 1.5,
    connectTimeout: 5 * SECOND_MS,
    cors: { origin: [...SHELL_ORIGINS], credentials: false },
    allowRequest: (request, answer) => {
      const open = !stopped && size() < MAX_CLIENTS && isWelcome(request, options.isNamed);
      letIn(open, request, () => answer(open ? null : 'not here', open));
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
    if (!options.mayWatch(session)) return next(new Error('may-not'));
    const checkedAt = performance.now();
    socket.data = { ...session, credentials, checkedAt, servedAt: -REFRESH_EVERY_MS };
    next();
  });
  io.on('connection', (socket) => {
    void socket.join(socket.data.role);
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
        guardEngine(io.engine);
        engines.push(io.engine);
      }
      beating ??= setInterval(beat, beatMs).unref();
    },
    publish(patch) {
      lastSeq = patch.seq;
      // Who sees nothing of a change gets its number all the same: a gap would mean that something was missed.
      for (const role of new Set(Array.from(sockets(), (socket) => socket.data.role)))
        io.to(role).emit('patch', { ...patch, change: options.changeFor(role, patch.change) });
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

function letIn(isOpen: boolean, { headers, socket }: IncomingMessage, answer: () => void): void {
  if (isOpen || headers.upgrade === undefined) answer();
  else refuseUpgrade(socket, answer);
}

function isWelcome(request: IncomingMessage, isNamed: IsNamed | undefined): boolean {
  const { host, origin } = request.headers;
  const secure = 'encrypted' in request.socket;
  return turnedAway({ peer: request.socket.remoteAddress, secure, host, origin }, isNamed) === null;
}

/**
 * A token in `auth` counts before the cookie, and the cookie only on a page of the hub's own. Whatever else stands in
 * `auth` is not looked at.
 */
function credentialsOf({ auth, headers, secure }: LiveSocket['handshake']): Credentials {
  const token: unknown = auth.token;
  const { host, origin, cookie } = headers;
  if (typeof token === 'string') return { authorization: `Bearer ${token}`, cookie: undefined, secure };
  const isOwnPage = shellOf({ host, origin, secure }) === null;
  return { authorization: undefined, cookie: isOwnPage ? cookie : undefined, secure };
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
    socket.emit('snapshot', options.snapshot(socket.data.role));
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
