import type { Request, RequestHandler, Response } from 'express';
import { Refusal } from '../shared/errors.ts';
import { letRead } from './cors.ts';
import { type Arrival, type IsNamed, shellOf, turnedAway } from './origin.ts';
import type { Trust } from './trust.ts';

export type GateOptions = {
  /** What those get who come without encryption. Default nothing. */
  readonly trust?: Trust;
  /** Names of a domain of one's own: whether the hub has that one. Default none. */
  readonly isNamed?: IsNamed;
};

/** Headers of one request. A browser sends some 20; beyond 2,000 the server would leave some out, `Origin` perhaps. */
const MAX_HEADERS = 100;

export const isApi = (request: Request): boolean => /^\/api(?:\/|$)/.test(request.path);

/**
 * Who comes in at all: by the name that they call the hub by, by the page that they are on, and by encryption. The page
 * of the phone app may read what it is answered.
 * @param httpsPort null: the hub cannot encrypt now
 */
export function createGate({ trust, isNamed }: GateOptions, httpsPort: () => number | null): RequestHandler {
  const turnAway = (request: Request, response: Response): void => {
    if (isApi(request) || trust === undefined) throw new Refusal('not-here');
    trust.turnAway(request, response, httpsPort());
  };

  return (request, response, next) => {
    if (isApi(request)) response.setHeader('Cache-Control', 'no-store');
    const from = arrivalOf(request);
    const why = turnedAway(from, isNamed);
    refuseForeign(request, why);
    if (trust?.answer(request, response, httpsPort())) return;
    if (why === 'plain') turnAway(request, response);
    else if (!isTold(from, request, response)) next();
  };
}

/** @throws Refusal when it is not certain, or not so, that this hub is meant and that a page of its own asks */
function refuseForeign(request: Request, why: ReturnType<typeof turnedAway>): void {
  if (isAmbiguous(request)) throw new Refusal('bad-request', { detail: 'address or Host' });
  if (request.rawHeaders.length > 2 * MAX_HEADERS) throw new Refusal('bad-request', { detail: 'headers' });
  if (why === 'host' || why === 'origin') {
    throw new Refusal('not-here', { detail: `The ${why} is not this hub.` });
  }
}

/** Lets the phone app read what the contract answers. True: its browser only asked whether it may, and knows. */
function isTold(from: Arrival, request: Request, response: Response): boolean {
  const shell = isApi(request) ? shellOf(from) : null;
  return shell !== null && letRead(shell, request, response);
}

/**
 * Two could think differently for whom it is: it names a host in its address, or more than one in `Host`. Source: RFC
 * 9112 §3.2 (two are refused), §3.2.2 (the one in the address counts; browsers write it to proxies only).
 */
function isAmbiguous({ url, rawHeaders }: Request): boolean {
  const hosts = rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'host');
  return !url.startsWith('/') || hosts.length > 1;
}

function arrivalOf(request: Request): Arrival {
  const { host, origin } = request.headers;
  return { peer: request.socket.remoteAddress, secure: request.secure, host, origin };
}
