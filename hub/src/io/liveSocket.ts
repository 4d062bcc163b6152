import type { Socket as Connection } from 'node:net';
import type { Server, Socket } from 'socket.io';
import { SECOND_MS } from '../shared/time.ts';
import type { Credentials } from './route.ts';

/** How long a client may take to hear that it is out: within a second it is closed (safety.md §6, stolen phone). ms. */
const FAREWELL_MS = SECOND_MS / 2;

/** What a socket has to do with a session, and when it was last served. */
export type Held = {
  readonly credentials: Credentials;
  tokenHash: string;
  role: string;
  checkedAt: number;
  servedAt: number;
  pending?: NodeJS.Timeout;
};

/** What a client may say, and what it is told. */
export type Spoken = Record<string, () => void>;
export type Told = Record<string, (value: object) => void>;

export type LiveSocket = Socket<Spoken, Told, object, Held>;

/** What of the transport counts here: a WebSocket when there is one, nothing while polling. */
type Wire = { readonly bufferedAmount?: number; readonly terminate?: () => void };

function wireOf(socket: LiveSocket): Wire | undefined {
  return (socket.conn.transport as { readonly socket?: Wire }).socket;
}

/** Bytes on their way to a client: handed to its connection and not yet taken, and standing in line before it. */
export function waitingBytes(socket: LiveSocket): number {
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

/** What polling is answered is kept by nobody, and taken for nothing but what it says it is; who has closed is cut off. */
export function guardEngine(engine: Server['engine']): void {
  engine.on('connection', cutWhenClosed);
  engine.on('headers', (headers: Record<string, string>) => {
    headers['Cache-Control'] = 'no-store';
    headers['X-Content-Type-Options'] = 'nosniff';
  });
}

/** Ends a socket at once. The client takes it for a lost connection and comes back. */
export function hangUp(socket: LiveSocket): void {
  wireOf(socket)?.terminate?.();
  socket.conn.close(true);
}

/** Tells the client that it is out, so that it does not come back, and hangs up on one that does not listen. */
export function sayGoodbye(socket: LiveSocket): void {
  socket.disconnect(true);
  setTimeout(() => hangUp(socket), FAREWELL_MS).unref();
}

/** Says no to a WebSocket before there is one. Otherwise whoever is turned away would be told of a bad request. */
export function refuseUpgrade(connection: Connection, then: () => void): void {
  connection.on('error', () => {});
  connection.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', then);
}
