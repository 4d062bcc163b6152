import type { Fact } from '../house/facts.ts';
import type { Moment } from '../shared/time.ts';
import { SEALED_BYTES } from './limits.ts';

/** What only an owner reads of a row: whether the PIN was typed under duress, and on which device. */
export type Secret = {
  readonly underDuress: boolean;
  readonly personId: string;
  readonly purpose: string;
  /** Names of the device on which it was typed, keyed: nobody reads from them which one it was, and it is known again. */
  readonly devices: readonly string[];
  /** Of the row that it belongs to. */
  readonly mono: number;
  readonly utc: number;
};

/** More names than a device has. */
const MAX_DEVICES = 6;

/** Longest text of one field, characters: an id is shorter. */
const MAX_FIELD = 64;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Always as many bytes, whatever it says: its length must tell nothing. */
export function plainOf({ underDuress, personId, purpose, devices, mono, utc }: Secret): Uint8Array {
  const short = (text: string) => text.slice(0, MAX_FIELD).replace(/[^\w.:-]/g, '?');
  const list = devices.slice(0, MAX_DEVICES).map(short);
  const text = JSON.stringify([underDuress ? 1 : 0, short(personId), short(purpose), mono, utc, list]);
  return encoder.encode(text.padEnd(SEALED_BYTES));
}

/** Null: it is none of ours. */
export function secretOf(plain: Uint8Array): Secret | null {
  try {
    const [duress, personId, purpose, mono, utc, devices] = JSON.parse(decoder.decode(plain)) as [
      number,
      string,
      string,
      number,
      number,
      string[],
    ];
    return { underDuress: duress === 1, personId, purpose, mono, utc, devices };
  } catch {
    return null;
  }
}

/** What is sealed of a fact; null: it has no such part. Every fact of that type has one, whether there is anything to tell or not. */
export function secretIn(fact: Fact, { mono, utc }: Moment): Secret | null {
  if (fact.type !== 'pinUsed') return null;
  const { underDuress, personId, purpose, devices } = fact;
  return { underDuress, personId, purpose, devices, mono, utc };
}
