import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { NextFunction, Request, Response } from 'express';
import { SECOND_MS } from '../shared/time.ts';
import type { FileAnswer } from './route.ts';
import { type IsIn, watchIn } from './stillIn.ts';

/** How long a request may take until all of it is here, ms. Source: safety.md §6. A file may take as long as it moves. */
const BODY_MS = 15 * SECOND_MS;

/** A file that is slower than this keeps a connection for nothing, bytes a second in each `WATCH_MS`. */
const SLOWEST_UPLOAD = 1_024;
const WATCH_MS = 30 * SECOND_MS;

/** How long a refused file may go on coming, ms. */
const REFUSED_MS = 2 * SECOND_MS;

/**
 * Hangs up on a request whose body dawdles. The server itself cannot: its limit is one for all requests, and a year of
 * readings takes longer to come than 15 s.
 */
export function hurry(request: Request, response: Response, next: NextFunction): void {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (length === undefined && coding === undefined) return next();
  const timer = setTimeout(() => hangUp(request), BODY_MS);
  const { socket } = request;
  // A connection outlives many requests: none leaves anything on it.
  const stop = () => {
    clearTimeout(timer);
    socket.off('close', stop);
  };
  request.once('end', stop);
  socket.once('close', stop);
  response.locals.mayDawdle = stop;
  next();
}

const hangUp = (request: Request): void => {
  if (!request.complete) request.socket.destroy();
};

/** Lets the body of this request take its time, as long as it keeps coming. */
export function takeFile(request: Request, response: Response, next: NextFunction): void {
  (response.locals.mayDawdle as (() => void) | undefined)?.();
  const { socket } = request;
  let before = socket.bytesRead;
  const watch = setInterval(() => {
    if (socket.bytesRead - before < SLOWEST_UPLOAD * (WATCH_MS / SECOND_MS)) hangUp(request);
    before = socket.bytesRead;
  }, WATCH_MS);
  response.once('close', () => clearInterval(watch));
  // One who is refused in the middle of a file would send the rest of it for nothing: time to read why, and no more.
  response.once('finish', () => void setTimeout(() => hangUp(request), REFUSED_MS).unref());
  next();
}

const isLeaving = (error: unknown): boolean =>
  (error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * Sends a file. Its first piece is asked for before anything is said: until then an error can still be told. Whoever
 * leaves ends the work for it, and so does who is in no more.
 * @throws what the content throws; after the first piece the answer breaks off
 */
export async function sendFileAnswer(
  file: FileAnswer,
  request: Request,
  response: Response,
  isIn: IsIn,
): Promise<void> {
  const { content } = file;
  if (content instanceof Uint8Array) {
    sendHead(file, response);
    response.end(content);
    return;
  }
  watchIn(isIn, response, () => response.destroy());
  const pieces = content[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (response.destroyed || request.method === 'HEAD') {
    await pieces.return?.();
    if (response.destroyed) return;
  }
  sendHead(file, response);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(withFirst(first, pieces), { objectMode: false }), response);
  } catch (error) {
    if (!isLeaving(error)) throw error;
  }
}

function sendHead({ type, name }: FileAnswer, response: Response): void {
  response.status(200);
  if (name !== null) response.attachment(name);
  response.type(type);
}

/** The pieces again, with the first one before them; who stops reading them stops their source. */
async function* withFirst<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    for (let piece = first; piece.done !== true; piece = await rest.next()) yield piece.value;
  } finally {
    await rest.return?.();
  }
}
