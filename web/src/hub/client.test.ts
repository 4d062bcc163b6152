import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressOf, asRefusal, callHub, type HubRefusal } from './client.ts';
import { useProof } from './proof.ts';

const answers = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ReturnType<typeof vi.fn> => {
  const fetched = vi.fn(
    async () => new Response(body === undefined ? null : JSON.stringify(body), { status, headers }),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
};

const refusalOf = async (call: Promise<unknown>): Promise<HubRefusal> =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (failure: unknown) => asRefusal(failure),
  );

describe('callHub', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('puts the id into the path and sends the cookie', async () => {
    const fetched = answers(202, undefined);
    await callHub('command', { id: 'a1.s/1', body: { on: true } });
    expect(fetched).toHaveBeenCalledWith(
      '/api/entities/a1.s%2F1/command',
      expect.objectContaining({ method: 'POST', credentials: 'same-origin', body: '{"on":true}' }),
    );
  });

  it('reads why it was refused, and how long to wait', async () => {
    answers(429, { type: '/problems/too-many-tries', title: 'x', status: 429, retryAfterS: 30 });
    expect(await refusalOf(callHub('me'))).toMatchObject({ code: 'too-many-tries', retryAfterS: 30 });
  });

  it('takes the wait from the header when the body has none', async () => {
    answers(429, { type: '/problems/too-many-tries', title: 'x', status: 429 }, { 'retry-after': '12' });
    expect(await refusalOf(callHub('me'))).toMatchObject({ retryAfterS: 12 });
  });

  it('hands on the lines for a broker that is looked after elsewhere', async () => {
    answers(409, { type: '/problems/broker-not-managed', title: 'x', status: 409, lines: 'user a' });
    expect(await refusalOf(callHub('me'))).toMatchObject({ code: 'broker-not-managed', lines: 'user a' });
  });

  it('says silent when nobody answers', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('failed')));
    expect((await refusalOf(callHub('hello'))).code).toBe('silent');
  });

  it.each([
    ['a body that is no problem', 500, 'oops'],
    ['a code that nobody knows', 400, { type: '/problems/constructor', title: 'x', status: 400 }],
    ['an answer that is not as described', 200, { hubId: 1 }],
  ])('says bug for %s', async (_, status, body) => {
    answers(status, body);
    expect((await refusalOf(callHub('hello'))).code).toBe('bug');
  });

  it('puts what is asked into the address, with an id that means something there', async () => {
    const fetched = answers(404, {});
    await callHub('series', { id: 'a/1', query: { from: 5, buckets: 3 } }).catch(() => undefined);
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/history/a%2F1?from=5&buckets=3');
    expect(addressOf('seriesCsv', { id: 'a1.co' })).toBe('/api/history/a1.co/csv');
  });
});

describe('what the hub does only for somebody who proved lately who they are', () => {
  beforeEach(() => setActivePinia(createPinia()));
  afterEach(() => vi.unstubAllGlobals());

  const problem = (code: string) => JSON.stringify({ type: `/problems/${code}`, title: 'x', status: 403 });
  /** Refuses so many calls, then does as asked. */
  const refusing = (times: number) => {
    const fetched = vi.fn();
    fetched.mockImplementation(async () =>
      fetched.mock.calls.length <= times
        ? new Response(problem('confirm-first'), { status: 403 })
        : new Response(null, { status: 204 }),
    );
    vi.stubGlobal('fetch', fetched);
    return fetched;
  };

  it('is asked again once they did, and one question serves several calls', async () => {
    const fetched = refusing(2);
    const proof = useProof();
    const calls = Promise.all([
      callHub('removePerson', { id: 'a' }),
      callHub('revokeInvitation', { id: 'b' }),
    ]);
    await vi.waitFor(() => expect(proof.isAsked).toBe(true));
    proof.settle(true);
    await calls;
    expect(proof.isAsked).toBe(false);
    expect(fetched).toHaveBeenCalledTimes(4);
  });

  it('stays undone when they would rather not', async () => {
    const fetched = refusing(1);
    const proof = useProof();
    const refusal = refusalOf(callHub('removePerson', { id: 'a' }));
    await vi.waitFor(() => expect(proof.isAsked).toBe(true));
    proof.settle(false);
    expect(await refusal).toMatchObject({ code: 'confirm-first' });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('is not asked for ever: a second refusal is one', async () => {
    const fetched = refusing(2);
    const proof = useProof();
    const refusal = refusalOf(callHub('removePerson', { id: 'a' }));
    await vi.waitFor(() => expect(proof.isAsked).toBe(true));
    proof.settle(true);
    expect(await refusal).toMatchObject({ code: 'confirm-first' });
    expect([fetched.mock.calls.length, proof.isAsked]).toEqual([2, false]);
  });
});
