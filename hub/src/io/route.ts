import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { Refusal } from '../shared/errors.ts';

/** Who calls, as far as the wire knows: the rest is asked of the people. */
export type Session = {
  readonly personId: string;
  readonly tokenHash: string;
  /** What the person is in this house. The wire makes nothing of it. */
  readonly role: string;
};

/** What a caller shows to be let in. */
export type Credentials = {
  /** The `Authorization` header, or `Bearer <token>` made of a socket's `auth.token`. */
  readonly authorization: string | undefined;
  /** The `Cookie` header. */
  readonly cookie: string | undefined;
  /** Came over TLS. */
  readonly secure: boolean;
};

export type Authenticate = (from: Credentials) => Session | null;

/**
 * Whether a session may call a route: asked before anything of the request is read, and again when its body is there.
 * @throws Refusal that says who may
 */
export type Permit = (me: Session, route: RouteShape) => void;

/** One call of the contract, as `api.ts` describes it. `open`: answered without a session. */
export type RouteShape = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly open?: true;
  /** The right that one must have who calls it. */
  readonly needs?: string;
  /** Of the query string, whose values are all texts. */
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body is a file of this media type, handed over as it comes. */
  readonly takes?: string;
  readonly answer: z.ZodType;
  /** The answer is a file of this media type, or such a range (`image/*`), and `answer` is `FileAnswer`. */
  readonly gives?: string;
  readonly status: number;
};

/** A file as the answer of a route. */
export type FileAnswer = {
  /** Media type. */
  readonly type: string;
  /** Name under which a browser saves it; null: it shows it. */
  readonly name: string | null;
  readonly content: Uint8Array | AsyncIterable<string | Uint8Array>;
};

/** An answer that is JSON already: whoever made it spared this thread the work. UTF-8. */
export class JsonText {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

type ParamName<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Name | ParamName<Tail>
    : Rest
  : never;

/** One call while it is answered. */
export type Call<R extends RouteShape = RouteShape> = {
  readonly params: Readonly<Record<ParamName<R['path']>, string>>;
  /** The body after its schema; undefined when the route describes none. */
  readonly body: R extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;
  /** The query string after its schema; a key that came twice keeps its last value. */
  readonly query: R extends { query: infer Q extends z.ZodType }
    ? z.output<Q>
    : Readonly<Record<string, string>>;
  /** The file that comes in; undefined when the route takes none. */
  readonly file: R extends { takes: string } ? Readable : undefined;
  /** Who calls; null only on an open route. */
  readonly me: R extends { open: true } ? Session | null : Session;
  /** The caller's network address. */
  readonly origin: string;
  /** The `Host` header; empty: none. */
  readonly host: string;
  /** The `Cookie` header; empty: none. */
  readonly cookie: string;
  /** The `User-Agent` header; empty: none. */
  readonly agent: string;
  /** Came over TLS. */
  readonly secure: boolean;
  readonly setHeader: (name: string, value: string) => void;
  /** Aborts when the caller hangs up before the answer. */
  readonly gone: AbortSignal;
};

type Answer<R extends RouteShape> = R extends { gives: string }
  ? FileAnswer
  : z.input<R['answer']> | JsonText;

export type Handler<R extends RouteShape> = (call: Call<R>) => Answer<R> | Promise<Answer<R>>;

/** A route with its answer: what a domain's `routes.ts` hands to `createHttp`. */
export type Endpoint = {
  readonly route: RouteShape;
  readonly handle: (call: Call) => unknown;
};

/**
 * Ties a route of the contract to its handler, which gets everything parsed and typed. It answers the value of the
 * route's `answer`, or throws a `Refusal`.
 */
export function onRoute<const R extends RouteShape>(route: R, handler: Handler<R>): Endpoint {
  return { route, handle: handler as unknown as Endpoint['handle'] };
}

/** How many faulty fields are named in an answer. */
const MAX_NAMED = 10;

/**
 * What the schema makes of the value.
 * @throws Refusal `bad-request` that names the faulty fields, never their values
 */
export function parseOrRefuse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    return keys.length === 0 ? [path] : keys.map((key) => [...path, key]);
  });
  const names = fields.slice(0, MAX_NAMED).map((path) => path.join('.').slice(0, 64) || 'body');
  throw new Refusal('bad-request', { detail: [...new Set(names)].join(', ') });
}
