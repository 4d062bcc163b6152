import { PROBLEMS, type Problem, type ProblemCode, Refusal } from '../shared/errors.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** The body of an error answer, RFC 9457. */
export function problemFor(code: ProblemCode, more: Refusal['more'] = {}): Problem {
  return { type: `/problems/${code}`, ...PROBLEMS[code], ...more };
}

/** What the body parser (`type`) and the router (`status`) call their refusals. */
type HttpError = { readonly type?: unknown; readonly status?: unknown };

/** The answer to whatever was thrown on the way. Anything unforeseen is a `bug`: nothing of it is told to the caller. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return problemFor(error.code, error.more);
  return problemFor(codeOf(error));
}

function codeOf(error: unknown): ProblemCode {
  if (!(error instanceof Error)) return 'bug';
  const { type, status } = error as HttpError;
  if (type === 'entity.too.large') return 'too-large';
  if (status === 415) return 'not-json';
  if (typeof type === 'string' && status === 400) return 'bad-json';
  // An address that cannot be decoded, a body that ended early.
  return status === 400 ? 'bad-request' : 'bug';
}
