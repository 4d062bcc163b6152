import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHub } from '../hubProcess.ts';
import { createChance, KIND_COUNT, malformed } from './malformed.ts';
import { sendRaw } from './rawHttp.ts';

let hub: HubProcess;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.remove());

const SEED = 20_261_123;
const AT_ONCE = 20;
const openFiles = () => readdirSync(`/proc/${hub.pid}/fd`).length;

type Count = { answered: number; cut: number; readonly wrong: string[] };

/** Sends that many, of which every `AT_ONCE`th is each sender's. */
async function send(count: number, seed: number): Promise<Count> {
  const total: Count = { answered: 0, cut: 0, wrong: [] };
  const sender = async (first: number): Promise<void> => {
    const chance = createChance(seed + first);
    for (let number = first; number < count; number += AT_ONCE) {
      const bytes = malformed(chance, number);
      const { statuses, text } = await sendRaw(hub.ports.http, bytes, 10_000);
      if (statuses.length === 0) total.cut += 1;
      else total.answered += 1;
      const isWrong = statuses.length > 1 || statuses.some((status) => status < 400 || status >= 500);
      if (isWrong || /\n\s+at |node_modules|\.[jt]s:\d/.test(text)) {
        total.wrong.push(`${JSON.stringify(bytes.slice(0, 200))} → ${JSON.stringify(text.slice(0, 200))}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => sender(first)));
  return total;
}

test('10,000 malformed requests of one seed get 4xx each, and nothing of them stays', async () => {
  // The first ones find the heap at its growth.
  expect((await send(2_000, SEED - 1_000)).wrong).toEqual([]);
  const before = { files: openFiles(), bytes: hub.rssBytes() };
  const { answered, cut, wrong } = await send(10_000, SEED);
  expect(wrong).toEqual([]);
  expect(answered + cut).toBe(10_000);
  // Of two kinds, bytes that are no HTTP at all, a few begin with what ends a connection without a word.
  expect(cut).toBeLessThan((10_000 / KIND_COUNT) * 2);
  await expect.poll(openFiles, { timeout: 20_000 }).toBeLessThanOrEqual(before.files + 2);
  // What is left over is given back some seconds after the last request.
  const grownMb = () => (hub.rssBytes() - before.bytes) / 1_048_576;
  await expect.poll(grownMb, { timeout: 60_000, interval: 1_000 }).toBeLessThan(40);
  expect((await hub.api.call('hello')).claimed).toBe(true);
  expect(hub.said).not.toContain('a request met a bug');
}, 120_000);
