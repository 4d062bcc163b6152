import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { Refusal } from '../shared/errors.ts';
import { isWildcardAddress } from './addresses.ts';
import { type ApiOptions, mountEndpoints, refuseMethod, sendProblem } from './httpApi.ts';
import { hurry } from './httpFile.ts';
import { createGate, type GateOptions, isApi } from './httpGate.ts';
import {
  type ContextFor,
  createListener,
  createPlainListener,
  createTlsListener,
  type KeyPair,
  TLS_LIMITS,
} from './listener.ts';
import { createRareLog, type Log, type RareLog } from './log.ts';
import { isLoopback } from './origin.ts';
import { listFiles, type StaticFiles, sendFile } from './staticFiles.ts';

export type HttpOptions = ApiOptions &
  GateOptions & {
    /** Address to listen on. Default: all interfaces. Plain HTTP is answered on this machine in any case. */
    readonly bind?: string | undefined;
    /** 0: any free port. */
    readonly httpPort: number;
    readonly httpsPort: number;
    /** Asked at start and at each `renewTls`; null: no HTTPS listener. */
    readonly tls: (() => KeyPair | null) | null;
    /** Folder of the built app. */
    readonly webRoot: string;
    /** Told of every server before it listens, so that live sockets can be answered on it. */
    readonly attach?: (server: Server) => void;
    readonly log: Log;
    /** What is shown who asks for a name of a domain of one's own. */
    readonly contextFor?: ContextFor;
  };

export type Http = {
  /** @throws in plain words when a port cannot be had; then nothing listens */
  start(): Promise<{ readonly httpPort: number; readonly httpsPort: number | null }>;
  stop(): Promise<void>;
  /** Takes up a new certificate. Connections that stand keep theirs. */
  renewTls(): void;
};

/**
 * Verified with the app: web.md §6. Styles are inline because Ionic writes them so. HTML that is made of text gets in by Vue's own
 * policy alone, which is for templates that were compiled. No HSTS: a browser that has seen
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
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['vue'],
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
    const app = createApp(options, listFiles(options.webRoot), rare, () => httpsPort);
    const open = (server: Server, port: number, setting: string, bind = options.bind): Promise<number> => {
      options.attach?.(server);
      const listener = createListener(server, port, bind, setting);
      running.push(listener);
      return listener.start();
    };
    const plain = createPlainListener(app);
    const httpPort = await open(plain, options.httpPort, 'HOMEWARD_HTTP_PORT');
    // Plain HTTP serves the app to this machine only: on another address alone it would serve nobody.
    if (!isReachedHere(plain)) {
      await open(createPlainListener(app), httpPort, 'HOMEWARD_HTTP_PORT', '127.0.0.1');
    }
    const pair = options.tls?.() ?? null;
    if (pair !== null) {
      const server = createTlsListener(app, pair, options.contextFor);
      renew = (pair) => server.setSecureContext({ ...pair, ...TLS_LIMITS });
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
      const pair = options.tls?.() ?? null;
      if (pair !== null) renew(pair);
    },
  };
}

function createApp(
  options: HttpOptions,
  files: StaticFiles,
  rare: RareLog,
  httpsPort: () => number | null,
): Express {
  const app = express();
  for (const setting of ['x-powered-by', 'etag']) app.disable(setting);
  for (const setting of ['case sensitive routing', 'strict routing']) app.enable(setting);
  app.set('query parser', 'simple');
  app.use(hurry, guardHeaders, (_request, response, next) => {
    response.setHeader('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
    next();
  });
  app.use(createGate(options, httpsPort));
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

/** Whether `localhost` leads there. */
function isReachedHere(server: Server): boolean {
  const { address } = server.address() as AddressInfo;
  return isWildcardAddress(address) || isLoopback(address);
}
