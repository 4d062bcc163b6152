import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRetained, type Retained } from './retained.ts';

const MIGRATIONS = new URL('../../migrations/broker', import.meta.url).pathname;
let folder = '';
let events: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-retained-'));
  events = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opened(): Retained {
  const retained = createRetained({
    file: join(folder, 'broker.db'),
    migrations: MIGRATIONS,
    onReport: (event) => void events.push(event),
  });
  retained.start();
  return retained;
}

const say = (retained: Retained, topic: string, payload: string | Buffer, owner: string | null = null) =>
  retained.keep({ topic, payload: Buffer.from(payload), qos: 1, owner });
const seen = (retained: Retained, filter: string) =>
  [...retained.matching(filter)].map(({ topic, payload }) => `${topic}=${payload}`).sort();

it('repeats the last message of each topic that a filter matches, also after a restart', () => {
  const first = opened();
  say(first, 'a/1', 'old');
  say(first, 'a/1', 'new');
  say(first, 'a/2', 'x');
  say(first, 'b', 'y');
  say(first, 'gone', 'z');
  say(first, 'gone', '');
  expect(seen(first, 'a/+')).toEqual(['a/1=new', 'a/2=x']);
  first.stop();
  const second = opened();
  expect(seen(second, '#')).toEqual(['a/1=new', 'a/2=x', 'b=y']);
  expect(seen(second, 'b')).toEqual(['b=y']);
  expect([...second.matching('b')][0]?.qos).toBe(1);
  second.stop();
});

it('gives the newest payload even when it changed after the subscriber began to read', () => {
  const retained = opened();
  say(retained, 'a', 'old');
  const [message] = [...retained.matching('#')];
  say(retained, 'a', 'new');
  expect(String(message?.payload)).toBe('new');
  say(retained, 'a', '');
  expect(message?.payload.length).toBe(0);
  retained.stop();
});

it('knows whose message a topic holds, also after a restart, until it holds none', () => {
  const first = opened();
  say(first, 'a', 'x', 'mine');
  say(first, 'b', 'x', 'mine');
  say(first, 'b', '', 'mine');
  say(first, 'c', 'x');
  first.stop();
  const second = opened();
  expect(['a', 'b', 'c', 'd'].map((topic) => second.ownerOf(topic))).toEqual(['mine', null, null, null]);
  second.stop();
});

it('keeps pictures in memory only', () => {
  const first = opened();
  say(first, 'camera', Buffer.alloc(65_537, 1));
  say(first, 'state', Buffer.alloc(65_536, 1));
  expect([...first.matching('camera')]).toHaveLength(1);
  first.stop();
  const second = opened();
  expect([...second.matching('#')].map(({ topic }) => topic)).toEqual(['state']);
  second.stop();
});

it('keeps no more than it has room for, says so once, and never repeats an outdated value instead', () => {
  const retained = opened();
  say(retained, 'small', 'old');
  for (let nth = 0; nth < 25; nth++) say(retained, `big/${nth}`, Buffer.alloc(2_000_000));
  say(retained, 'small', Buffer.alloc(2_000_000));
  expect(seen(retained, 'small')).toEqual([]);
  expect([...retained.matching('big/#')]).toHaveLength(24);
  expect(events).toEqual(['broker.retainedFull']);
  retained.stop();
});

it('starts with nothing when its file is damaged, and says so', () => {
  writeFileSync(
    join(folder, 'broker.db'),
    'this is no database, and it is long enough to be noticed as such',
  );
  const retained = opened();
  expect(events).toEqual(['broker.retainedDamaged']);
  say(retained, 'a', '1');
  retained.stop();
  expect(seen(opened(), '#')).toEqual(['a=1']);
});
