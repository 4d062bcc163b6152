import type { DeviceList, Hello, Pairing, Problem, SessionGrant } from '../../hub/src/api.ts';

/** The owner of every demo house: printed at each start, so it is no secret. */
export const DEMO_LOGIN = { name: 'demo', password: 'homeward-demo-house', pin: '739164' } as const;

/** A refusal by the hub, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

/** The hub as its owner talks to it. */
export type HubClient = {
  /** Null: nobody answers there. */
  hello(): Promise<Hello | null>;
  /** @throws Refusal */
  claim(claimCode: string): Promise<void>;
  /** Everything below needs it. @throws Refusal */
  logIn(): Promise<void>;
  deviceIds(): Promise<ReadonlySet<string>>;
  pair(name: string): Promise<Pairing>;
};

/** @param address "http://127.0.0.1:8080" */
export function createHubClient(address: string): HubClient {
  let token: string | undefined;

  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const parsed: unknown = await answer.json().catch(() => null);
    if (!answer.ok) throw new Refusal(answer.status, wordsOf(parsed as Problem | null, answer.status));
    return parsed;
  }

  return {
    hello: () =>
      call('GET', '/api/hello').then(
        (answer) => answer as Hello,
        () => null,
      ),
    async claim(claimCode) {
      const grant = await call('POST', '/api/claim', { claimCode, ...DEMO_LOGIN, language: 'en' });
      token = (grant as SessionGrant).token;
    },
    async logIn() {
      const { name, password } = DEMO_LOGIN;
      token = ((await call('POST', '/api/sessions', { name, password })) as SessionGrant).token;
    },
    async deviceIds() {
      const { devices } = (await call('GET', '/api/devices')) as DeviceList;
      return new Set(devices.map(({ id }) => id));
    },
    pair: async (name) => (await call('POST', '/api/pairings', { name, kind: 'board' })) as Pairing,
  };
}

function wordsOf(problem: Problem | null, status: number): string {
  if (problem === null || typeof problem.title !== 'string') return `answered ${status}`;
  return problem.detail === undefined ? problem.title : `${problem.title}: ${problem.detail}`;
}
