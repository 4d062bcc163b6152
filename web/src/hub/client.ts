import type { z } from 'zod';
import { PROBLEMS, Problem, type ProblemCode, ROUTES, type RouteName } from './contract.ts';
import { useProof } from './proof.ts';

type Routes = typeof ROUTES;
export type BodyOf<N extends RouteName> = Routes[N] extends { readonly body: infer B extends z.ZodType }
  ? z.input<B>
  : undefined;
type QueryOf<N extends RouteName> = Routes[N] extends { readonly query: infer Q extends z.ZodType }
  ? z.output<Q>
  : undefined;
type AnswerOf<N extends RouteName> = z.output<Routes[N]['answer']>;

export type Given<N extends RouteName> = {
  readonly id?: string;
  readonly query?: QueryOf<N>;
  readonly body?: BodyOf<N>;
  /** Only to end a session that came as a token: the app itself lives on the cookie. */
  readonly token?: string;
  /** How long it may take before it counts as unanswered, ms. Default `PATIENCE_MS`. */
  readonly patienceMs?: number;
};

/** Why a call did not succeed: a code of the hub's catalogue, or `silent` when no answer came. */
export type RefusalCode = ProblemCode | 'silent';

export class HubRefusal extends Error {
  readonly code: RefusalCode;
  readonly retryAfterS: number | null;
  /** With `broker-not-managed`: what to add to the broker. */
  readonly lines: string | null;
  /** With `bad-request`: the fields that do not fit. */
  readonly detail: string | null;
  constructor(
    code: RefusalCode,
    more: { retryAfterS?: number | null; lines?: string | null; detail?: string | null } = {},
  ) {
    super(code);
    this.code = code;
    this.retryAfterS = more.retryAfterS ?? null;
    this.lines = more.lines ?? null;
    this.detail = more.detail ?? null;
  }
}

/** How long a call may take before it counts as unanswered. Milliseconds; login hashes a password and needs a while. */
const PATIENCE_MS = 10_000;

const isCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

/** Where a call goes, with what stands in its query string. Also the address of a link under which a file is saved. */
export const addressOf = <N extends RouteName>(
  name: N,
  { id = '', query }: Pick<Given<N>, 'id' | 'query'>,
): string => {
  const path = ROUTES[name].path.replace(':id', encodeURIComponent(id));
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  const words = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return words === '' ? path : `${path}?${words}`;
};

/** What a hub says that does not do it. */
export const readRefusal = async (response: Response): Promise<HubRefusal> => {
  const header = Number(response.headers.get('retry-after'));
  const waitS = Number.isFinite(header) && header > 0 ? header : null;
  const problem = Problem.safeParse(await response.json().catch(() => null));
  if (!problem.success) return new HubRefusal('bug', { retryAfterS: waitS });
  const code = problem.data.type.replace('/problems/', '');
  return new HubRefusal(isCode(code) ? code : 'bug', {
    retryAfterS: problem.data.retryAfterS ?? waitS,
    lines: problem.data.lines ?? null,
    detail: problem.data.detail ?? null,
  });
};

const request = (
  method: string,
  body: unknown,
  { token, patienceMs = PATIENCE_MS }: Pick<Given<RouteName>, 'token' | 'patienceMs'>,
): RequestInit => ({
  method,
  credentials: token === undefined ? 'same-origin' : 'omit',
  cache: 'no-store',
  signal: AbortSignal.timeout(patienceMs),
  headers: {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

const callOnce = async <N extends RouteName>(name: N, given: Given<N> = {}): Promise<AnswerOf<N>> => {
  const route = ROUTES[name];
  const init = request(route.method, given.body, given);
  const response = await fetch(addressOf(name, given), init).catch(() => {
    throw new HubRefusal('silent');
  });
  if (!response.ok) throw await readRefusal(response);
  const answer = response.status === 204 || response.status === 202 ? undefined : await response.json();
  const parsed = route.answer.safeParse(answer);
  if (!parsed.success) throw new HubRefusal('bug');
  return parsed.data as AnswerOf<N>;
};

/** Some calls the hub does only for somebody who proved lately who they are: once they did, it is asked again. */
export const withProof = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (failure) {
    if (asRefusal(failure).code !== 'confirm-first' || !(await useProof().ask())) throw failure;
    return call();
  }
};

/** Calls the hub. Throws a HubRefusal when it refuses, does not answer, or answers what nobody can read. */
export const callHub = <N extends RouteName>(name: N, given: Given<N> = {}): Promise<AnswerOf<N>> =>
  withProof(() => callOnce(name, given));

export const asRefusal = (failure: unknown): HubRefusal =>
  failure instanceof HubRefusal ? failure : new HubRefusal('bug');
