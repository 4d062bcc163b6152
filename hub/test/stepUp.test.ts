import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem, ROUTES, Role, type Route } from '../src/api.ts';
import { openDatabase } from '../src/io/sqlite.ts';
import { createPasswords, openPepper } from '../src/people/passwords.ts';
import { explain, isControl, mayDo } from '../src/people/rights.ts';
import { createSessions, hashOf, type Sessions } from '../src/people/sessions.ts';
import { createPeopleStore, type PeopleStore } from '../src/people/store.ts';
import { type HubProcess, startHub } from './hubProcess.ts';
import { ROOT } from './repository.ts';

/*
 * Whether a session counts as confirmed, for every call and every role. That each refusal stands in the journal is looked at in
 * rights.test.ts; here there are more of them than one person's hour has rows.
 */

const PASSWORD = 'four words of a song';

let hub: HubProcess;
let store: PeopleStore;
let sessions: Sessions;
let closeDatabase = () => {};

beforeAll(async () => {
  hub = await startHub();
  const db = openDatabase(join(hub.folder, 'safety.db'), join(ROOT, 'hub', 'migrations'));
  closeDatabase = () => void db.close();
  store = createPeopleStore(db);
  sessions = createSessions(store, { now: Date.now, shown: (at) => at });
  const passwordHash = await createPasswords(openPepper(hub.folder, false)).hash(PASSWORD);
  for (const role of Role.options) {
    const usual = { role, language: 'en', passwordHash, createdUtc: Date.now(), untilUtc: null } as const;
    for (const id of [unconfirmed(role), confirmed(role)]) store.addPerson({ ...usual, id, name: id });
  }
});
afterAll(async () => {
  closeDatabase();
  await hub?.remove();
});

const unconfirmed = (role: string): string => `${role} with a session`;
const confirmed = (role: string): string => `${role} with the password`;

/** A session made beside the hub: nobody gave a password in it. */
const unconfirmedToken = (role: string): string => sessions.start(unconfirmed(role), 'bearer').token;

const tokens = new Map<string, string>();

/** A session that began with the password just now; a new one only when a call has ended it. */
async function confirmedToken(role: string): Promise<string> {
  const last = tokens.get(role);
  if (last !== undefined && store.session(hashOf(last)) !== null) return last;
  const { token = '' } = await hub.api.call('logIn', {
    body: { name: confirmed(role), password: PASSWORD },
  });
  tokens.set(role, token);
  return token;
}

/** A call with nothing useful in it: whoever is let in meets another refusal, or does no harm. Null: it went well. */
async function refusalOf({ method, path, body, takes }: Route, token: string) {
  const { status, text } = await hub.api.send({
    method,
    path: path.replace(/:\w+/g, 'nobody'),
    headers: { authorization: `Bearer ${token}`, 'content-type': takes ?? 'application/json' },
    ...(body === undefined && takes === undefined ? {} : { body: '{}' }),
  });
  expect(status).not.toBe(401);
  expect(status).toBeLessThan(500);
  return status < 400 ? null : Problem.parse(JSON.parse(text));
}

const closed = Object.entries(ROUTES as Readonly<Record<string, Route>>).filter(([, { open }]) => !open);
const matrix = closed.flatMap(([name, route]) => Role.options.map((role) => ({ name, role, route })));
const MAY_NOT = '/problems/may-not';
const CONFIRM = '/problems/confirm-first';

test.each(matrix)('$name as $role, with the password of late and without', async ({ route, role }) => {
  const needs = route.needs ?? '';
  const [fresh, stale] = [await confirmedToken(role), unconfirmedToken(role)];
  const [withIt, without] = [await refusalOf(route, fresh), await refusalOf(route, stale)];
  if (!mayDo(role, needs)) {
    // Who may not is told so first: a password would not help.
    for (const refused of [withIt, without])
      expect(refused).toMatchObject({ type: MAY_NOT, status: 403, detail: explain(role, needs) });
    return;
  }
  expect([MAY_NOT, CONFIRM]).not.toContain(withIt?.type);
  if (isControl(needs)) expect(without).toMatchObject({ type: CONFIRM, status: 403 });
  else expect([MAY_NOT, CONFIRM]).not.toContain(without?.type);
});

test('among them are calls of each kind: those that ask for the password, those that do not, those that nobody else may', () => {
  const kinds = matrix.map(({ role, route: { needs = '' } }) =>
    [mayDo(role, needs), isControl(needs)].join(),
  );
  expect(new Set(kinds)).toEqual(new Set(['true,true', 'true,false', 'false,true', 'false,false']));
});
