import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { Refusal } from '../shared/errors.ts';
import { SECOND_MS } from '../shared/time.ts';

/** So often a session is looked at while a file of it moves, ms: whoever lost it is cut off within a second. */
const LOOK_EVERY_MS = SECOND_MS / 2;

/** Whether whoever sends or fetches a file is still in, and still what they were when it began. */
export type IsIn = () => boolean;

/** Calls `cutOff`, once, as soon as whoever is answered is in no more. */
export function watchIn(isIn: IsIn, response: ServerResponse, cutOff: () => void): void {
  const look = setInterval(() => {
    if (isIn()) return;
    clearInterval(look);
    cutOff();
  }, LOOK_EVERY_MS);
  response.once('close', () => clearInterval(look));
}

/**
 * The file that comes in, for as long as its sender is in: it ends with Refusal `no-session` when they are not any more, at the latest
 * before its end is told. The connection stays, so that this can be answered.
 */
export function fileOf(request: IncomingMessage, response: ServerResponse, isIn: IsIn): Readable {
  const gone = () => (isIn() ? null : new Refusal('no-session'));
  const file = new Transform({
    transform: (piece, _encoding, done) => done(null, piece),
    flush: (done) => done(gone()),
  });
  watchIn(isIn, response, () => file.destroy(new Refusal('no-session')));
  // Whoever reads it has its errors; one that comes when nobody reads it yet, or any more, ends no program.
  file.on('error', () => {});
  request.once('error', (error) => file.destroy(error));
  return request.pipe(file);
}
