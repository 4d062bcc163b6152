import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../io/sqlite.ts';
import { MOST_PEOPLE } from './limits.ts';
import { createSessions } from './sessions.ts';
import { createPeopleStore } from './store.ts';

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
const NOW = 1_800_000_000_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a house of before roles and invitations keeps its owner, the PIN and who is logged in', () => {
  for (const name of readdirSync(migrations).filter((name) => /^000[1-3]-/.test(name))) {
    copyFileSync(join(migrations, name), join(folder, name));
  }
  const file = join(folder, 'safety.db');
  const before = openDatabase(file, folder);
  before.exec(`insert into person values ('anna', 'Anna', 'anna', 'owner', 'ar', 'pw', 'pin', ${NOW});
    insert into session values ('hash', 'anna', ${NOW}, ${NOW}, 'cookie')`);
  before.close();

  const db = openDatabase(file, migrations);
  const store = createPeopleStore(db);
  const anna = { id: 'anna', name: 'Anna', role: 'owner', language: 'ar', passwordHash: 'pw' };
  expect(store.people()).toEqual([{ ...anna, createdUtc: NOW, untilUtc: null }]);
  expect(db.prepare('select * from person_pin').all()).toEqual([
    { person_id: 'anna', kind: 'own', hash: 'pin' },
  ]);
  expect(store.session('hash')).toMatchObject({ personId: 'anna', role: 'owner', via: 'cookie' });
  const [session] = createSessions(store, { now: () => NOW, shown: (at) => at }).list('anna', 'hash');
  expect(session).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{16}$/), current: true });
  db.close();
});

test('a house has room for only so many people', () => {
  const store = createPeopleStore(openDatabase(':memory:', migrations));
  const someone = {
    role: 'guest',
    language: 'en',
    passwordHash: 'p',
    createdUtc: NOW,
    untilUtc: null,
  } as const;
  const add = (n: number) => store.addPerson({ ...someone, id: `p${n}`, name: `person ${n}` });
  for (let n = 0; n < MOST_PEOPLE; n++) expect(add(n)).toBe(null);
  expect(add(MOST_PEOPLE)).toBe('house-full');
  expect(store.addPerson({ ...someone, id: 'x', name: 'PERSON  1' })).toBe('name-taken');
  expect(store.people()).toHaveLength(MOST_PEOPLE);
  store.removePerson('p0');
  expect(add(0)).toBe(null);
});
