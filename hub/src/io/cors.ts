import type { IncomingMessage, ServerResponse } from 'node:http';

/** Headers by which the phone app says who it is and what it sends. */
const ASKED_HEADERS = 'authorization, content-type';
const METHODS = 'GET, POST, PATCH, DELETE';

/** How long a browser need not ask again, s: the answer never changes, but a short time is enough. */
const REMEMBERED_S = 600;

/**
 * Lets the page of the phone app read the answer: that one origin and no other, and without cookies.
 * @param origin one of `SHELL_ORIGINS`
 * @returns whether all is said: the browser only asked if it may ask
 */
export function letRead(origin: string, request: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Vary', 'Origin');
  // Read by the app; by default a page of another origin sees none of them.
  response.setHeader('Access-Control-Expose-Headers', 'Content-Disposition, Retry-After');
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
    return false;
  }
  response.setHeader('Access-Control-Allow-Methods', METHODS);
  response.setHeader('Access-Control-Allow-Headers', ASKED_HEADERS);
  response.setHeader('Access-Control-Max-Age', REMEMBERED_S);
  response.writeHead(204).end();
  return true;
}
