import { readFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { DeviceList, Pairing, Problem, SessionGrant } from '../../hub/src/api.ts';

/** How long the hub may take, ms: a password hash on a small computer takes two seconds. */
const PATIENCE_MS = 15_000;

/** The hub said no, or nothing at all; the message may be read by a person. */
export class HubRefused extends Error {
  /** Of its catalogue; `silent`: it did not answer. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Method = 'GET' | 'POST' | 'DELETE';

/** The hub as somebody who brings a board to it. */
export class Hub {
  readonly #address: URL;
  readonly #ca: string | null;
  #token: string | null = null;

  /** @throws when the file cannot be read */
  constructor(address: URL, caFile: string | null) {
    this.#address = address;
    this.#ca = caFile === null ? null : readFileSync(caFile, 'utf8');
  }

  /** @param code of an authenticator app, when the hub asks for it @throws HubRefused */
  async logIn(name: string, password: string, code?: string): Promise<void> {
    const more = code === undefined ? {} : { code };
    const grant = (await this.#call('POST', '/api/sessions', { name, password, ...more })) as SessionGrant;
    this.#token = grant.token ?? null;
  }

  async logOut(): Promise<void> {
    if (this.#token !== null) await this.#call('DELETE', '/api/sessions/current');
    this.#token = null;
  }

  /** @throws HubRefused */
  async pair(name: string): Promise<Pairing> {
    return (await this.#call('POST', '/api/pairings', { name, kind: 'board' })) as Pairing;
  }

  async hasSpoken(deviceId: string): Promise<boolean> {
    const { devices } = (await this.#call('GET', '/api/devices')) as DeviceList;
    const device = devices.find(({ id }) => id === deviceId);
    return device !== undefined && Object.keys(device.entities).length > 0;
  }

  async remove(deviceId: string): Promise<void> {
    await this.#call('DELETE', `/api/devices/${encodeURIComponent(deviceId)}`);
  }

  async #call(method: Method, path: string, body?: unknown): Promise<unknown> {
    const { status, text } = await this.#send(method, path, body);
    const answer: unknown = text === '' ? null : parsed(text);
    if (status < 400) return answer;
    const problem = answer as Problem | null;
    const words = [problem?.title ?? `The hub answered ${status}.`, problem?.detail, problem?.lines];
    const code = problem?.type?.replace('/problems/', '') ?? 'bug';
    throw new HubRefused(code, words.filter((one) => one !== undefined).join('\n'));
  }

  #send(method: Method, path: string, body: unknown): Promise<{ status: number; text: string }> {
    const request = this.#address.protocol === 'https:' ? requestSecure : requestPlain;
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
    };
    const options = { method, headers, timeout: PATIENCE_MS, ...(this.#ca === null ? {} : { ca: this.#ca }) };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.#address), options, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
        );
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.on('error', (error: NodeJS.ErrnoException) =>
        reject(new HubRefused('silent', this.#silence(error))),
      );
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  #silence(error: NodeJS.ErrnoException): string {
    const isUntrusted = /certificate|self.signed/i.test(error.message);
    const what = isUntrusted
      ? 'Its certificate is not trusted here: save its authority from the trust page and name the file with --ca.'
      : 'Is it running, and is --hub its address?';
    return `The hub at ${this.#address.origin} does not answer (${error.code ?? error.message}). ${what}`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
