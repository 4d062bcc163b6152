import { ReadableStream } from 'node:stream/web';
import type {
  DeviceList,
  Hello,
  HistoryImport,
  HistoryRange,
  ImportList,
  Pairing,
  Problem,
  ResponseId,
  ResponseList,
  SessionGrant,
} from '../../hub/src/api.ts';

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

/** What the house does by itself, as its owner chooses it. */
export type ResponseClient = {
  /** Ids of everything that measures or switches. */
  entityIds(): Promise<ReadonlySet<string>>;
  /** What a response uses now. */
  used(id: ResponseId): Promise<readonly string[]>;
  use(id: ResponseId, entityIds: readonly string[]): Promise<void>;
};

/** The history as its owner sees it. */
export type HistoryClient = {
  /** Ids of everything that measures or switches. */
  entityIds(): Promise<ReadonlySet<string>>;
  /** @param from epoch ms UTC @param to epoch ms UTC */
  chart(entityId: string, from: number, to: number, buckets: number): Promise<HistoryRange>;
  /** Hands in a CSV file as it is made; resolves when the hub has it whole. */
  handIn(name: string, content: AsyncIterable<Buffer>): Promise<HistoryImport>;
  imports(): Promise<readonly HistoryImport[]>;
  importNow(id: string): Promise<HistoryImport>;
  startImport(id: string, map: Readonly<Record<string, string>>): Promise<HistoryImport>;
  forgetImport(id: string): Promise<void>;
};

/** @param address "http://127.0.0.1:8080" */
export function createHubClient(address: string): HubClient & HistoryClient & ResponseClient {
  let token: string | undefined;

  const call = (method: Method, path: string, body?: unknown): Promise<unknown> =>
    send(
      path,
      body === undefined
        ? { method, headers: {} }
        : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );

  async function send(path: string, { headers, ...init }: Sent): Promise<unknown> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(`${address}${path}`, { ...init, headers: { ...headers, ...authorization } });
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
    async entityIds() {
      const { devices } = (await call('GET', '/api/devices')) as DeviceList;
      return new Set(devices.flatMap(({ entities }) => Object.keys(entities)));
    },
    chart: async (entityId, from, to, buckets) =>
      (await call(
        'GET',
        `/api/history/${entityId}?from=${from}&to=${to}&buckets=${buckets}`,
      )) as HistoryRange,
    handIn: async (name, content) =>
      (await send(`/api/history/imports?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: ReadableStream.from(content) as NonNullable<RequestInit['body']>,
        duplex: 'half',
      })) as HistoryImport,
    imports: async () => ((await call('GET', '/api/history/imports')) as ImportList).imports,
    importNow: async (id) => (await call('GET', `/api/history/imports/${id}`)) as HistoryImport,
    startImport: async (id, map) =>
      (await call('POST', `/api/history/imports/${id}/start`, { map })) as HistoryImport,
    async forgetImport(id) {
      await call('DELETE', `/api/history/imports/${id}`);
    },
    async used(id) {
      const { responses } = (await call('GET', '/api/responses')) as ResponseList;
      return responses.find((one) => one.id === id)?.entityIds ?? [];
    },
    async use(id, entityIds) {
      await call('PATCH', `/api/responses/${id}`, { entityIds });
    },
    pair: async (name) => (await call('POST', '/api/pairings', { name, kind: 'board' })) as Pairing,
  };
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

type Sent = {
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: NonNullable<RequestInit['body']>;
  readonly duplex?: 'half';
};

function wordsOf(problem: Problem | null, status: number): string {
  if (problem === null || typeof problem.title !== 'string') return `answered ${status}`;
  return problem.detail === undefined ? problem.title : `${problem.title}: ${problem.detail}`;
}
