import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { Refusal } from '../shared/errors.ts';
import { sendFileAnswer, takeFile } from './httpFile.ts';
import type { RareLog } from './log.ts';
import { shellOf } from './origin.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';
import {
  type Authenticate,
  type Credentials,
  type Endpoint,
  type FileAnswer,
  JsonText,
  type Permit,
  parseOrRefuse,
  type RouteShape,
  type Session,
} from './route.ts';
import { fileOf } from './stillIn.ts';

/** Largest JSON body, bytes. Source: safety.md §6. */
const MAX_BODY = 64 * 1_024;

/** A JSON body that says it is longer is not even read to its end, bytes: whoever meant it well is nearer to the limit. */
const HOPELESS_BODY = 1_024 * 1_024;

const parseJson = express.json({
  limit: MAX_BODY,
  strict: true,
  inflate: false,
  type: 'application/json',
  reviver: (key, value) => {
    if (key === '__proto__') throw new SyntaxError('a key that no honest caller sends');
    return value;
  },
});

export type ApiOptions = {
  readonly endpoints: readonly Endpoint[];
  readonly authenticate: Authenticate;
  readonly permit: Permit;
  /** Hold every answer against its schema, and answer `bug` when it differs. Default false; true in tests. */
  readonly checkAnswers?: boolean;
};

/** Ties the endpoints to their addresses. What the contract does not call open needs a session, and a right. */
export function mountEndpoints(app: Express, options: ApiOptions): void {
  const methods = new Map<string, string[]>();
  for (const endpoint of options.endpoints) {
    const { method, path } = endpoint.route;
    const name = method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
    // The session comes first: one who may not call is not even read.
    app[name](path, (request, response, next) => {
      response.locals.me = admitted(endpoint.route, request, options);
      next();
    });
    const { body, takes } = endpoint.route;
    if (body !== undefined) app[name](path, only('application/json', 'not-json'), notHopeless, parseJson);
    if (takes !== undefined) app[name](path, only(takes, 'not-a-file'), takeFile);
    app[name](path, (request, response) => {
      // Once more: while a body was on its way, its sender may have lost the session or the right.
      if (body !== undefined) response.locals.me = admitted(endpoint.route, request, options);
      return answer(endpoint, request, response, options);
    });
    methods.set(path, [...(methods.get(path) ?? []), ...(method === 'GET' ? ['GET', 'HEAD'] : [method])]);
  }
  // What names an id would take the name of a neighbour for one, and tell of its own methods.
  const isNamed = ([path]: readonly [string, unknown]) => Number(path.includes(':'));
  for (const [path, allowed] of [...methods].sort((a, b) => isNamed(a) - isNamed(b)))
    app.all(path, (_request, response) => refuseMethod(response, allowed));
}

/**
 * Who calls; null only on an open route.
 * @throws Refusal `no-session`, or what `permit` says
 */
function admitted(route: RouteShape, request: Request, { authenticate, permit }: ApiOptions): Session | null {
  const me = authenticate(credentialsOf(request));
  if (route.open) return me;
  if (me === null) throw new Refusal('no-session');
  permit(me, route);
  return me;
}

function credentialsOf(request: Request): Credentials {
  return {
    authorization: request.headers.authorization,
    cookie: cookieOf(request),
    secure: request.secure,
  };
}

/** A page that is not the hub's own is nobody by what the browser adds by itself. */
function cookieOf({ headers: { host, origin, cookie }, secure }: Request): string | undefined {
  return shellOf({ host, origin, secure }) === null ? cookie : undefined;
}

/** Another media type is refused, none at all is too: a foreign page may send without asking what forms can send. */
const only =
  (type: string, code: 'not-json' | 'not-a-file') =>
  (request: Request, _response: Response, next: NextFunction): void => {
    if (request.is(type) === false) throw new Refusal(code);
    next();
  };

function notHopeless(request: Request, response: Response, next: NextFunction): void {
  if (Number(request.headers['content-length'] ?? 0) <= HOPELESS_BODY) return next();
  response.setHeader('Connection', 'close');
  throw new Refusal('too-large');
}

/** @throws Refusal `method-not-allowed`, after saying which methods are */
export function refuseMethod(response: Response, allowed: readonly string[]): never {
  response.setHeader('Allow', allowed.join(', '));
  throw new Refusal('method-not-allowed');
}

async function answer(
  { route, handle }: Endpoint,
  request: Request,
  response: Response,
  options: ApiOptions,
): Promise<void> {
  const isIn = () => isStill(response.locals.me, request, options);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const value = await handle({
    params: request.params as Readonly<Record<string, string>>,
    body: (route.body === undefined ? undefined : parseOrRefuse(route.body, request.body)) as undefined,
    query: (route.query === undefined
      ? queryOf(request)
      : parseOrRefuse(route.query, queryOf(request))) as Record<string, string>,
    file: (route.takes === undefined ? undefined : fileOf(request, response, isIn)) as undefined,
    me: response.locals.me,
    ...askerOf(request),
    setHeader: (name, text) => void response.append(name, text),
    gone: gone.signal,
  });
  if (options.checkAnswers === true && !isAsDescribed(route, value)) {
    throw new Error(`The answer of ${route.method} ${route.path} is not as described.`);
  }
  if (route.gives !== undefined) return sendFileAnswer(value as FileAnswer, request, response, isIn);
  response.status(route.status);
  if (value === undefined) response.end();
  else if (value instanceof JsonText) response.type('json').end(value.bytes);
  else response.json(value);
}

/** Whether who began is in the same session yet, as the same. Nobody stays nobody; who cannot be looked up is in no more. */
function isStill(began: Session | null, request: Request, { authenticate }: ApiOptions): boolean {
  try {
    const now = authenticate(credentialsOf(request));
    return now?.tokenHash === began?.tokenHash && now?.role === began?.role;
  } catch {
    return false;
  }
}

/** Who asks, and how, as far as the wire tells. */
function askerOf(request: Request) {
  const { host = '', 'user-agent': agent = '' } = request.headers;
  const cookie = cookieOf(request) ?? '';
  return { origin: request.socket.remoteAddress ?? '', host, cookie, agent, secure: request.secure };
}

function isAsDescribed({ answer, gives }: RouteShape, value: unknown): boolean {
  if (gives !== undefined) return isOfType((value as FileAnswer).type, gives);
  return answer.safeParse(plainOf(value)).success;
}

const plainOf = (value: unknown): unknown =>
  value instanceof JsonText ? JSON.parse(Buffer.from(value.bytes).toString('utf8')) : value;

/** Whether a media type is that one, or of that range: an `image` of any kind, or anything at all. */
function isOfType(type: string, range: string): boolean {
  const [kind, sub] = range.split('/');
  if (sub !== '*') return type.split(';')[0] === range;
  return kind === '*' || type.startsWith(`${kind}/`);
}

function queryOf(request: Request): Record<string, string> {
  const query = Object.entries(request.query);
  return Object.fromEntries(query.map(([key, value]) => [key, String([value].flat().at(-1) ?? '')]));
}

/** The last word on a request that was refused, or that met a bug. */
export function sendProblem(error: unknown, request: Request, response: Response, rare: RareLog): void {
  // A caller who left in the middle of a file is nobody to tell, and no bug.
  if (request.errored !== null && request.errored === error) return void response.destroy();
  const problem = problemOf(error);
  if (problem.status === 500) {
    // The pattern, not the address: a query may hold what is nobody's business.
    const route = `${request.method} ${request.route?.path ?? '(no route)'}`;
    rare.error(route, { err: error, route }, 'a request met a bug');
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (problem.retryAfterS !== undefined) response.setHeader('Retry-After', problem.retryAfterS);
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}
