import type { Server } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { Refusal } from '../shared/errors.ts';
import { elsewherePage } from './elsewherePage.ts';
import { createListener, createPlainListener, createTlsListener, type KeyPair } from './listener.ts';
import { createRareLog, type Log, type RareLog } from './log.ts';
import { type Arrival, turnedAway } from './origin.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';
import { type Authenticate, type Credentials, type Endpoint, parseOrRefuse } from './route.ts';
import { listFiles, type StaticFiles, sendFile } from './staticFiles.ts';

export type HttpOptions = {
  /** Address to listen on. Default: all interfaces. */
  readonly bind?: string | undefined;
  /** 0: any free port. */
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Asked at start and at each `renewTls`; null: no HTTPS listener. */
  readonly tls: (() => KeyPair) | null;
  /** Folder of the built app. */
  readonly webRoot: string;
  readonly endpoints: readonly Endpoint[];
  readonly authenticate: Authenticate;
  /** Told of every server before it listens, so that live sockets can be answered on it. */
  readonly attach?: (server: Server) => void;
  readonly log: Log;
  /** Names under which the hub is reached beside addresses and private names. Default none. */
  readonly hostNames?: readonly string[];
  /** Hold every answer against its schema, and answer `bug` when it differs. Default false; true in tests. */
  readonly checkAnswers?: boolean;
};

export type Http = {
  /** @throws in plain words when a port cannot be had; then nothing listens */
  start(): Promise<{ readonly httpPort: number; readonly httpsPort: number | null }>;
  stop(): Promise<void>;
  /** Takes up a new certificate. Connections that stand keep theirs. */
  renewTls(): void;
};

/** Largest JSON body, bytes. Source: safety.md §6. */
const MAX_BODY = 64 * 1_024;

/**
 * Verified with the app: web.md §6. Styles are inline because Ionic writes them so. No HSTS: a browser that has seen
 * it no longer lets its user past the hub's own certificate, and the dashboard would be shut (web.md §3).
 */
const guardHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      mediaSrc: ["'self'", 'blob:'],
      workerSrc: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
      formAction: ["'self'"],
    },
  },
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
  xFrameOptions: { action: 'deny' },
});

/**
 * The hub's web server: one app on two listeners. Plain HTTP answers this machine only; everybody else is sent to
 * HTTPS, because on plain HTTP a password could be read and the camera is shut anyway (web.md §3).
 */
export function createHttp(options: HttpOptions): Http {
  const rare = createRareLog(options.log, () => performance.now());
  let running: { stop(): Promise<void> }[] = [];
  let renew: (pair: KeyPair) => void = () => {};

  async function listenAll() {
    let httpsPort: number | null = null;
    const app = createApp(options, listFiles(options.webRoot), rare, () => httpsPort ?? options.httpsPort);
    const open = (server: Server, port: number, setting: string): Promise<number> => {
      options.attach?.(server);
      const listener = createListener(server, port, options.bind, setting);
      running.push(listener);
      return listener.start();
    };
    const httpPort = await open(createPlainListener(app), options.httpPort, 'HOMEWARD_HTTP_PORT');
    if (options.tls !== null) {
      const server = createTlsListener(app, options.tls());
      renew = (pair) => server.setSecureContext({ ...pair, minVersion: 'TLSv1.2' });
      httpsPort = await open(server, options.httpsPort, 'HOMEWARD_HTTPS_PORT');
    }
    return { httpPort, httpsPort };
  }

  async function stop() {
    const stopping = running;
    running = [];
    await Promise.all(stopping.map((listener) => listener.stop()));
  }

  return {
    async start() {
      try {
        return await listenAll();
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
    renewTls() {
      if (options.tls !== null) renew(options.tls());
    },
  };
}

function createApp(
  options: HttpOptions,
  files: StaticFiles,
  rare: RareLog,
  httpsPort: () => number,
): Express {
  const app = express();
  for (const setting of ['x-powered-by', 'etag']) app.disable(setting);
  for (const setting of ['case sensitive routing', 'strict routing']) app.enable(setting);
  app.set('query parser', 'simple');
  app.use(guardHeaders, (_request, response, next) => {
    response.setHeader('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
    next();
  });
  app.use((request, response, next) => {
    if (isApi(request)) response.setHeader('Cache-Control', 'no-store');
    const why = turnedAway(arrivalOf(request), options.hostNames);
    if (why === null) next();
    else if (why !== 'plain') throw new Refusal('not-here', { detail: `The ${why} is not this hub.` });
    else if (isApi(request)) throw new Refusal('not-here');
    else sendElsewhere(request, response, httpsPort());
  });
  mountEndpoints(app, options);
  app.use((request, response) => {
    if (isApi(request)) throw new Refusal('not-found');
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseMethod(response, ['GET', 'HEAD']);
    if (!sendFile(files, request, response)) throw new Refusal('not-found');
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    sendProblem(error, request, response, rare);
  });
  return app;
}

const isApi = (request: Request): boolean => /^\/api(?:\/|$)/.test(request.path);

function arrivalOf(request: Request): Arrival {
  const { host, origin } = request.headers;
  return { peer: request.socket.remoteAddress, secure: request.secure, host, origin };
}

function sendElsewhere(request: Request, response: Response, httpsPort: number): void {
  const page = elsewherePage(request.headers.host, request.socket.localAddress, httpsPort);
  response.status(403).set('Cache-Control', 'no-store').type('html').send(page);
}

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

function mountEndpoints(app: Express, options: HttpOptions): void {
  const methods = new Map<string, string[]>();
  for (const endpoint of options.endpoints) {
    const { method, path } = endpoint.route;
    const name = method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
    // The session comes first: one who may not call is not even read.
    app[name](path, (request, response, next) => {
      response.locals['me'] = options.authenticate(credentialsOf(request));
      if (endpoint.route.open || response.locals['me'] !== null) next();
      else throw new Refusal('no-session');
    });
    if (endpoint.route.body !== undefined) app[name](path, onlyJson, parseJson);
    app[name](path, (request, response) =>
      answer(endpoint, request, response, options.checkAnswers === true),
    );
    methods.set(path, [...(methods.get(path) ?? []), ...(method === 'GET' ? ['GET', 'HEAD'] : [method])]);
  }
  for (const [path, allowed] of methods)
    app.all(path, (_request, response) => refuseMethod(response, allowed));
}

function credentialsOf(request: Request): Credentials {
  const { authorization, cookie } = request.headers;
  return { authorization, cookie, secure: request.secure };
}

function onlyJson(request: Request, _response: Response, next: NextFunction): void {
  if (request.is('application/json') === false) throw new Refusal('not-json');
  next();
}

function refuseMethod(response: Response, allowed: readonly string[]): never {
  response.setHeader('Allow', allowed.join(', '));
  throw new Refusal('method-not-allowed');
}

async function answer(
  { route, handle }: Endpoint,
  request: Request,
  response: Response,
  check: boolean,
): Promise<void> {
  const value = await handle({
    params: request.params as Readonly<Record<string, string>>,
    body: (route.body === undefined ? undefined : parseOrRefuse(route.body, request.body)) as undefined,
    query: queryOf(request),
    me: response.locals['me'],
    origin: request.socket.remoteAddress ?? '',
    secure: request.secure,
    setHeader: (name, text) => void response.append(name, text),
  });
  if (check && !route.answer.safeParse(value).success) {
    throw new Error(`The answer of ${route.method} ${route.path} is not as described.`);
  }
  response.status(route.status);
  if (value === undefined) response.end();
  else response.json(value);
}

function queryOf(request: Request): Record<string, string> {
  const query = Object.entries(request.query);
  return Object.fromEntries(query.map(([key, value]) => [key, String([value].flat().at(-1) ?? '')]));
}

function sendProblem(error: unknown, request: Request, response: Response, rare: RareLog): void {
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
