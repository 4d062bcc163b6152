import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem, ROUTES, type Route } from '../../src/api.ts';
import { createStage } from '../faults/stage.ts';
import { HubClient, OWNER } from '../hubClient.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { SMOKE } from '../testBoard.ts';

const stage = createStage();
let hub: HubProcess;
/** Each secret as it was, by its name. */
const kept = new Map<string, Buffer>();

const pathOf = (name: string) => join(hub.folder, 'secrets', name);
const closed = (Object.values(ROUTES) as readonly Route[]).filter(({ open }) => !open);

beforeAll(async () => {
  hub = await stage.hub();
  await hub.restart();
  await hub.stop();
  for (const name of readdirSync(join(hub.folder, 'secrets'))) kept.set(name, readFileSync(pathOf(name)));
});
afterAll(() => stage.clear());

/** Starts it after something was done to one of its secrets, and brings that back afterwards. Tells what it said. */
async function startWith(harm: () => void, look: (said: string) => Promise<void>): Promise<void> {
  harm();
  const from = hub.said.length;
  try {
    await hub.start();
    await look(hub.said.slice(from));
  } finally {
    await hub.stop();
    for (const name of readdirSync(join(hub.folder, 'secrets'))) rmSync(pathOf(name));
    for (const [name, content] of kept) writeFileSync(pathOf(name), content, { mode: 0o600 });
  }
}

/** Nobody gets in who could not before, and nobody becomes the owner. */
async function expectShut(): Promise<void> {
  const stranger = new HubClient(hub.ports.http);
  expect(await stranger.call('hello')).toMatchObject({ claimed: true });
  expect(existsSync(join(hub.folder, 'claim-code'))).toBe(false);
  for (const { method, path, takes } of closed) {
    const type = takes === undefined ? {} : { headers: { 'content-type': takes } };
    const { status } = await stranger.send({ method, path: path.replace(/:\w+/g, 'x'), ...type });
    expect([method, path, status]).toEqual([method, path, 401]);
  }
  const claim = { ...OWNER, name: 'Eve', claimCode: '0000-0000-0000', language: 'en' };
  const claimed = await stranger.send({ method: 'POST', path: '/api/claim', body: JSON.stringify(claim) });
  expect([claimed.status, Problem.parse(JSON.parse(claimed.text)).type]).toEqual([409, '/problems/claimed']);
}

async function logIn(password: string = OWNER.password): Promise<string> {
  const { name } = OWNER;
  const answer = await new HubClient(hub.ports.http).send({
    method: 'POST',
    path: '/api/sessions',
    body: JSON.stringify({ name, password }),
  });
  return answer.status < 300 ? 'in' : Problem.parse(JSON.parse(answer.text)).type;
}

/** What has to come back from a backup, with what is said of it; all others are made anew. */
const IRREPLACEABLE: Readonly<Record<string, RegExp>> = {
  pepper: /locked: nobody can log in\. .*pepper is (?:missing|damaged).*Bring it back from a backup/,
  'ca.key': /certificates are not whole\. .*Restore ca\.key, ca\.crt and ca-boards\.crt from a backup/,
  'ca.crt': /certificates are not whole\. .*Restore ca\.key, ca\.crt and ca-boards\.crt from a backup/,
  'ca-boards.crt': /certificates are not whole\. .*Restore ca\.key, ca\.crt and ca-boards\.crt from a backup/,
};

const NAMES = [
  'pepper',
  'ca.key',
  'ca.crt',
  'ca-boards.crt',
  'hub.key',
  'hub.crt',
  'journal-key',
  'journal-checkpoint',
];
const HARMS: readonly (readonly [string, (file: string) => void])[] = [
  ['removed', (file) => rmSync(file)],
  ['emptied', (file) => writeFileSync(file, '')],
  ['torn', (file) => writeFileSync(file, Buffer.alloc(20, 0xa5))],
];
const cases = NAMES.flatMap((name) => HARMS.map(([harm, does]) => ({ name, harm, does })));

test('every secret that a hub with an owner keeps is in this table', () => {
  expect(NAMES).toEqual(expect.arrayContaining([...kept.keys()]));
});

test.each(cases)(
  'with $name $harm the house is watched, nobody gets in, and the way out is told',
  async ({ name, harm, does }) => {
    await startWith(
      () => does(pathOf(name)),
      async (said) => {
        await expectShut();
        const words = IRREPLACEABLE[name];
        if (words === undefined) expect(said).not.toContain('The house is watched, but');
        else expect(said).toMatch(words);
        expect(await logIn()).toBe(name === 'pepper' ? '/problems/locked' : 'in');
        // One a minute or so: more would be too many tries of one account.
        if (harm === 'removed' && name === 'ca.key')
          expect(await logIn('wrong-door')).toBe('/problems/login-refused');
        if (name === 'pepper') expect(await logIn('wrong-door')).toMatch(/locked|too-many-tries/);
        // Whoever was in is in, and can hear and silence the alarm.
        expect((await hub.api.call('me')).role).toBe('owner');
        // They are told on the health card too, for who reads no terminal.
        const { weaknesses } = await hub.api.call('readiness');
        const told = weaknesses.map(({ id }) => id).filter((id) => /locked|damaged/.test(id));
        const weakness = name === 'pepper' ? 'hub-locked' : 'certificates-damaged';
        expect(told).toEqual(words === undefined ? [] : [weakness]);
      },
    );
  },
);

test('with all secrets lost the house is watched, and a fire is heard, shown and acknowledged', async () => {
  await startWith(
    () => {
      for (const name of kept.keys()) rmSync(pathOf(name));
    },
    async (said) => {
      await expectShut();
      expect(said).toMatch(IRREPLACEABLE.pepper ?? /^$/);
      expect(await logIn()).toBe('/problems/locked');
      const board = await stage.paired(hub, 'Kitchen', { smoke: SMOKE });
      await board.tell({ smoke: 'ON' });
      const alarm = await until('there is an alarm', async () => (await hub.api.alarms())[0]);
      await hub.api.acknowledge(alarm.id);
      await board.close();
    },
  );
});

test.each(['pepper', 'ca.key', 'journal-key'])(
  'with %s open to others the hub closes it, and says so',
  async (name) => {
    await startWith(
      () => chmodSync(pathOf(name), 0o644),
      async (said) => {
        expect(statSync(pathOf(name)).mode & 0o777).toBe(0o600);
        expect(said).toContain(`Other users of this machine could read ${pathOf(name)}.`);
        await expectShut();
        expect(await logIn()).toBe('in');
      },
    );
  },
);

test('STRIDE T: SD card theft: neither PIN nor password nor token stands in any file of the data folder', async () => {
  await hub.start();
  const { name, password } = OWNER;
  // Long enough that these digits stand nowhere by chance.
  const [pin, duressPin] = ['739164820517', '285930174662'];
  const { token = '' } = await new HubClient(hub.ports.http).call('logIn', { body: { name, password } });
  await hub.api.call('choosePins', { body: { password, pin, duressPin } });
  const { mqtt } = await hub.api.call('pair', { body: { name: 'Hall', kind: 'board' } });
  await hub.stop();
  const typed = [password, pin, duressPin];
  const forms = [...typed, token, mqtt.password].flatMap((text) => [
    text,
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    Buffer.from(text).toString('hex'),
  ]);
  // What a person chose would be found in a moment behind a hash without salt or pepper; random bits are not.
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
    forms.push(...typed.map((text) => createHash(algorithm).update(text).digest('hex')));
  }
  const entries = readdirSync(hub.folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  expect(entries.length).toBeGreaterThan(8);
  for (const { parentPath, name: file } of entries) {
    const content = readFileSync(join(parentPath, file));
    for (const form of forms) expect([file, content.includes(form)]).toEqual([file, false]);
  }
});

test('STRIDE E: setup takeover: a hub with an owner has no second one, whatever code is shown and however often', async () => {
  await hub.start();
  await expectShut();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      new HubClient(hub.ports.http).send({
        method: 'POST',
        path: '/api/claim',
        body: JSON.stringify({
          ...OWNER,
          name: `Eve ${number}`,
          claimCode: 'AAAA-AAAA-AAAA',
          language: 'en',
        }),
      }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([409]));
  expect(
    hub.inspect((db) => db.prepare("select count(*) from person where role = 'owner'").pluck().get()),
  ).toBe(1);
  await hub.stop();
});
