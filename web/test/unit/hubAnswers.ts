import { vi } from 'vitest';

type Answer = { readonly status?: number; readonly body?: unknown };

/**
 * Answers as a hub would, by method and the begin of the path; what nobody describes is not found. Answers the calls.
 * Longer paths come first.
 */
export const hubAnswers = (
  answers: Readonly<Record<string, unknown | (() => Answer)>>,
): readonly { readonly call: string; readonly url: URL; readonly body: unknown }[] => {
  const calls: { call: string; url: URL; body: unknown }[] = [];
  const known = Object.entries(answers).toSorted(([a], [b]) => b.length - a.length);
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const url = new URL(path, 'http://hub.test');
    const call = `${init.method ?? 'GET'} ${url.pathname}`;
    calls.push({ call, url, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined });
    const found = known.find(([start]) => call.startsWith(start))?.[1];
    const problem = { type: '/problems/not-found', title: 'There is no such thing here.', status: 404 };
    const made: Answer =
      found === undefined
        ? { status: 404, body: problem }
        : typeof found === 'function'
          ? found()
          : { body: found };
    const text = made.body === undefined ? null : JSON.stringify(made.body);
    return new Response(text, { status: made.status ?? 200 });
  });
  return calls;
};
