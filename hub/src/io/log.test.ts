import { expect, test } from 'vitest';
import { createLog, createRareLog } from './log.ts';

function logInto(lines: string[]) {
  return createLog('debug', { write: (line: string) => void lines.push(line) });
}

test('a secret never reaches the log, wherever it stands', () => {
  const lines: string[] = [];
  const log = logInto(lines);
  const secret = 'open-sesame-4711';
  for (const name of ['password', 'pin', 'token', 'claimCode', 'authorization', 'Cookie', 'secretHash']) {
    log.info({ [name]: secret }, 'flat');
    log.info({ body: { deep: [{ [name]: secret }] } }, 'deep');
    log.error({ err: Object.assign(new Error('no'), { [name]: secret }) }, 'on an error');
  }
  log.warn(`cannot reach mqtt://hub:${secret}@10.0.0.2:1883`);
  log.warn({ header: `Bearer ${secret}` }, `said Bearer ${secret}`);
  log.warn({ err: new Error(`mqtts://a:${secret}@b failed`) }, 'broker');
  log.error(Object.assign(new Error(`Basic ${secret}`), { cause: { password: secret } }), 'plain');
  (log.error as unknown as (error: Error) => void)(new Error(`mqtt://a:${secret}@b`));
  log.info({ cookieHeader: secret, note: `homeward=${secret}` }, 'cookies');
  expect(lines).toHaveLength(27);
  expect(lines.join('')).not.toContain(secret);
  expect(lines.join('')).toContain('[hidden]');
});

test('an error keeps its message, its stack and its cause', () => {
  const lines: string[] = [];
  logInto(lines).error({ err: new Error('outer', { cause: new Error('inner') }) }, 'it broke');
  const line = JSON.parse(lines[0] as string);
  expect(line).toMatchObject({ level: 'error', msg: 'it broke', err: { type: 'Error', message: 'outer' } });
  expect(line.err.stack).toContain('log.test.ts');
  expect(line.err.cause.message).toBe('inner');
});

test('a pile of bytes, an endless circle and a huge text make a short line', () => {
  const lines: string[] = [];
  const log = logInto(lines);
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  log.info({ picture: Buffer.alloc(1_000_000), circle, text: 'x'.repeat(100_000) }, 'much');
  expect((lines[0] as string).length).toBeLessThan(6_000);
  expect(lines[0]).toContain('[1000000 bytes]');
});

test('an unknown level is refused', () => {
  expect(() => createLog('loud')).toThrow();
});

test('of a flood one line per key and span is written, and the next tells how many were held back', () => {
  const lines: string[] = [];
  let now = 0;
  const rare = createRareLog(logInto(lines), () => now);
  for (let i = 0; i < 1_000; i++) rare.warn('board-1', { n: i }, 'junk');
  rare.warn('board-2', {}, 'junk');
  now = 9_999;
  rare.warn('board-1', {}, 'junk');
  expect(lines).toHaveLength(2);
  now = 10_000;
  rare.error('board-1', { n: 1_001 }, 'junk');
  expect(JSON.parse(lines[2] as string)).toMatchObject({ level: 'error', heldBack: 1_000, n: 1_001 });
  now = 30_000;
  rare.warn('board-1', {}, 'junk');
  expect(JSON.parse(lines[3] as string)).not.toHaveProperty('heldBack');
});

test('more keys than can be told apart share one line, until old ones fall quiet', () => {
  const lines: string[] = [];
  let now = 0;
  const rare = createRareLog(logInto(lines), () => now);
  for (let i = 0; i < 50_000; i++) rare.warn(`key-${i}`, {}, 'junk');
  expect(lines).toHaveLength(2_001);
  now = 10_000;
  rare.warn('key-49999', {}, 'junk');
  expect(lines).toHaveLength(2_002);
});
