import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressOf, asRefusal, callHub, type HubRefusal } from './client.ts';

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
