import { expect, test } from 'vitest';
import { Refusal } from '../shared/errors.ts';
import { createQueue } from './hashQueue.ts';

test('never more than two run at a time, all come to their turn in order, and one too many is refused', async () => {
  const queue = createQueue(2, 10);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const work = (n: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    order.push(n);
    await new Promise((done) => setTimeout(done, 1));
    running -= 1;
    return n;
  };
  const all = Array.from({ length: 12 }, (_, n) => queue(work(n)));
  await expect(queue(work(99))).rejects.toThrow(Refusal);
  expect(await Promise.all(all)).toEqual(order);
  expect([most, running]).toEqual([2, 0]);
  expect(await queue(work(13))).toBe(13);
});

test('work that fails makes room like any other', async () => {
  const queue = createQueue(1, 3);
  const failing = [1, 2, 3].map(() => queue(() => Promise.reject(new Error('no'))));
  const last = queue(async () => 'done');
  for (const one of failing) await expect(one).rejects.toThrow('no');
  expect(await last).toBe('done');
});

test('whom no stranger may keep out goes before all others that wait, and has room when these have none', async () => {
  const queue = createQueue(1, 3);
  const order: string[] = [];
  const work = (name: string) => async () => void order.push(name);
  let release = () => {};
  const running = queue(() => new Promise<void>((done) => (release = done)));
  const crowd = ['a', 'b', 'c'].map((name) => queue(work(name)));
  await expect(queue(work('too many'))).rejects.toThrow(Refusal);
  const owner = ['owner 1', 'owner 2', 'owner 3'].map((name) => queue(work(name), name));
  await expect(queue(work('too many'), 'owner 4')).rejects.toThrow(Refusal);
  release();
  await Promise.all([running, ...crowd, ...owner]);
  expect(order).toEqual(['owner 1', 'owner 2', 'owner 3', 'a', 'b', 'c']);
});

test('nobody alone fills the line of those who go first', async () => {
  const queue = createQueue(1, 3);
  let release = () => {};
  const running = queue(() => new Promise<void>((done) => (release = done)));
  const ben = () => queue(async () => 'ben', 'ben');
  const two = [ben(), ben()];
  await expect(ben()).rejects.toThrow(Refusal);
  const anna = queue(async () => 'anna', 'anna');
  release();
  expect(await Promise.all([running, ...two, anna])).toEqual([undefined, 'ben', 'ben', 'anna']);
  expect(await Promise.all([ben(), ben(), ben()])).toHaveLength(3);
});
