import { request } from 'node:http';
import type { z } from 'zod';
import { type Alarm, Problem, type ProblemCode, ROUTES, type RouteName } from '../src/api.ts';

/** An answer as it came over the wire. */
export type RawAnswer = { readonly status: number; readonly type: string; readonly text: string };

export type RawRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

/** The hub said no. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.type}: ${problem.title} ${problem.detail ?? ''}`);
    this.problem = problem;
  }
  isA(code: ProblemCode): boolean {
    return this.problem.type === `/problems/${code}`;
  }
}

type Answer<N extends RouteName> = z.output<(typeof ROUTES)[N]['answer']>;

type Given = { readonly id?: string; readonly body?: unknown };

/** How long an answer may take, ms: a password hash on a small computer takes two seconds. */
const PATIENCE_MS = 15_000;

export const OWNER = { name: 'Mona', password: 'a-door-of-blue-glass', pin: '739164' } as const;

/** A person with an app: knows the address and, after `claim` or `logIn`, a token. */
export class HubClient {
  readonly #port: number;
  #token: string | null = null;

  constructor(port: number) {
    this.#port = port;
  }

  /** Any route of the contract; the answer is held against its schema. @throws Refused */
  async call<N extends RouteName>(name: N, given: Given = {}): Promise<Answer<N>> {
    const { method, path, answer } = ROUTES[name];
    const { status, text } = await this.send({
      method,
      path: path.replace(':id', encodeURIComponent(given.id ?? '')),
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    if (status >= 400) throw new Refused(Problem.parse(JSON.parse(text)));
    return answer.parse(text === '' ? undefined : JSON.parse(text)) as Answer<N>;
  }

  /** Anything at all. Each request has a connection of its own: a hub that was killed leaves no dead ones behind. */
  send({ method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
    const given = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
      ...headers,
    };
    const options = { host: '127.0.0.1', port: this.#port, agent: false, timeout: PATIENCE_MS } as const;
    return new Promise((resolve, reject) => {
      const sent = request({ ...options, method, path, headers: given }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const type = answer.headers['content-type'] ?? '';
          resolve({ status: answer.statusCode ?? 0, type, text: Buffer.concat(parts).toString('utf8') });
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer in ${PATIENCE_MS} ms`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Becomes the owner. */
  async claim(claimCode: string): Promise<void> {
    const grant = await this.call('claim', { body: { ...OWNER, claimCode, language: 'en' } });
    this.#token = grant.token ?? null;
  }

  async logIn(): Promise<void> {
    const { name, password } = OWNER;
    const grant = await this.call('logIn', { body: { name, password } });
    this.#token = grant.token ?? null;
  }

  /** Gives the password once more, for what asks for it: after a restart the hub does. */
  async confirm(): Promise<void> {
    await this.call('confirmSession', { body: { password: OWNER.password } });
  }

  /** The session that it holds, for a program that asks in its name. @throws before `claim` or `logIn` */
  get token(): string {
    if (this.#token === null) throw new Error('Nobody is logged in.');
    return this.#token;
  }

  async alarms(): Promise<readonly Alarm[]> {
    return (await this.call('alarms')).alarms;
  }

  async acknowledge(id: string): Promise<readonly Alarm[]> {
    return (await this.call('acknowledge', { id })).alarms;
  }

  async reset(id: string): Promise<readonly Alarm[]> {
    return (await this.call('reset', { id })).alarms;
  }

  /** One device; undefined when the hub knows none of that id. */
  async device(id: string) {
    return (await this.call('devices')).devices.find((device) => device.id === id);
  }
}
