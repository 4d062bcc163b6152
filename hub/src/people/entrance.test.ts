import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { createConfirmations } from './confirmations.ts';
import { createLetIn } from './entrance.ts';
import { createLogIn, type LogInOptions } from './logIn.ts';
import { createPasswords, openPepper } from './passwords.ts';

let world: PeopleWorld;
beforeEach(async () => {
  world = await openPeopleWorld();
  world.add({ id: 'anna' });
});
afterEach(() => world.close());

test('while the pepper is lost nobody is let in, whatever they have shown', () => {
  const { sessions, devices, facts } = world;
  const confirmations = createConfirmations(() => 0);
  const dispatch = (fact: (typeof facts)[number]) => void facts.push(fact);
  const parts = { store: world.store, sessions, devices, confirmations, dispatch, onSessionEnded() {} };
  const call = {
    body: {},
    me: null,
    agent: '',
    cookie: '',
    origin: '192.168.1.20',
    secure: true,
    setHeader() {},
  };
  const locked = createLetIn({ ...parts, isLocked: true });
  expect(() => locked('anna', call)).toThrow(expect.objectContaining({ code: 'locked' }));
  const told = [{ type: 'loginRefused', origin: '192.168.1.20' }];
  expect([facts, sessions.list('anna', '')]).toEqual([told, []]);
  expect(createLetIn(parts)('anna', call)).toMatchObject({ token: expect.any(String) });
});

test('while the pepper is lost a login with a password is refused, and the journal is told', async () => {
  const { store, devices, facts } = world;
  const passwords = createPasswords(Buffer.alloc(32), true);
  const throttle = { admit() {}, forgive() {} };
  const dispatch = (fact: (typeof facts)[number]) => void facts.push(fact);
  const logIn = createLogIn({ store, devices, passwords, throttle, dispatch } as unknown as LogInOptions);
  for (const name of ['anna', 'nobody'])
    await expect(logIn({ name, password: 'x' }, '192.168.1.20', null)).rejects.toMatchObject({
      code: 'locked',
    });
  expect(facts).toEqual(Array(2).fill({ type: 'loginRefused', origin: '192.168.1.20' }));
});

/** So often the write-ahead log was written to its end: once for each transaction. Source: sqlite.org/fileformat2.html#walformat. */
function commitsIn(folder: string): number {
  const log = readFileSync(join(folder, 'safety.db-wal'));
  const pageBytes = log.readUInt32BE(8);
  let commits = 0;
  // The second word of a frame's head is 0 but in the last frame of a transaction.
  for (let at = 32; at < log.length; at += 24 + pageBytes) if (log.readUInt32BE(at + 4) > 0) commits += 1;
  return commits;
}

test('a login writes three times, and waits for no disk: the try, that it was right, and who is in', async () => {
  const { token } = await enter();
  world.db.pragma('wal_checkpoint(TRUNCATE)');
  const pragma = world.db.pragma.bind(world.db);
  const waits: string[] = [];
  world.db.pragma = (text, options) => {
    waits.push(text);
    return pragma(text, options);
  };
  // With what a login on a device replaces: the session there, and that it is known.
  await enter({ authorization: `Bearer ${token}` });
  expect(commitsIn(dirname(world.db.name))).toBe(3);
  expect(waits).toEqual(Array(3).fill(['synchronous = NORMAL', 'synchronous = FULL']).flat());
  expect(pragma('synchronous', { simple: true })).toBe(2);
});

test('who cannot be let in wholly is not let in at all, and is in as before', async () => {
  const { token } = await enter();
  const before = world.sessions.list(annaId(), '');
  world.db.exec("create trigger no_room before insert on session begin select raise(abort, 'no'); end");
  const { status } = await logIn({ authorization: `Bearer ${token}` });
  expect(status).toBe(500);
  expect(world.sessions.list(annaId(), '')).toEqual(before);
  expect(world.db.prepare('select count(*) from known_device').pluck().get()).toBe(1);
});

const annaId = () => world.store.personNamed('Anna C')?.id ?? '';
const PASSWORD = 'a long password';
const logIn = (headers: Record<string, string> = {}) =>
  world.call('POST', '/sessions', { name: 'Anna C', password: PASSWORD }, headers);

/** Logs in somebody with a password; answers the token. */
async function enter(headers: Record<string, string> = {}): Promise<{ token: string }> {
  if (world.store.personNamed('Anna C') === null) {
    const passwordHash = await createPasswords(openPepper(dirname(world.db.name), false)).hash(PASSWORD);
    world.add({ id: 'anna-c', name: 'Anna C', passwordHash });
  }
  const { status, json } = await logIn(headers);
  expect(status).toBe(201);
  return { token: json.token };
}
