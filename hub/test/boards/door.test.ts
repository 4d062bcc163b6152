import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createStage } from '../faults/stage.ts';
import { DoorHouse } from './doorHouse.ts';
import { ensureVirtualBoard } from './virtualBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
beforeAll(ensureVirtualBoard, 240_000);

test('ACC-7, ACC-8: a signed word opens the door for 5 s, says so, and is worth nothing a second time', async () => {
  const house = await DoorHouse.open(stage);
  const command = await house.signed({ counter: 1 });
  await house.say('command', command);
  const open = await house.board.when('strike', 'open');
  await house.until('the door says that it is open', () => house.state()?.lock === 'UNLOCKED');
  const closed = await house.board.when('strike', 'closed');
  expect(closed.ms - open.ms).toBeGreaterThanOrEqual(4_990);
  expect(closed.ms - open.ms).toBeLessThanOrEqual(5_020);
  await house.say('command', command);
  await house.refusal('no_nonce');
  expect(house.openings()).toBe(1);
  await house.say('command', await house.signed({ counter: 1 }));
  await house.refusal('old_counter');
  expect(house.openings()).toBe(1);
});

test('F-20 a hub or a board that dies in the pulse leaves the door locked, and no command is obeyed twice', async () => {
  const house = await DoorHouse.open(stage);
  await house.say('command', await house.signed({ counter: 9 }));
  await house.board.when('strike', 'open');
  const before = house.board.deeds.length;
  await house.board.reboot();
  await house.board.when('connack', '0', before);
  await house.until('it is there again', () => house.state()?.boot === house.board.all('boot')[1]?.value);
  expect(house.state()).toMatchObject({ lock: 'LOCKED' });
  await house.say('command', await house.signed({ counter: 9 }));
  await house.refusal('old_counter');
  await house.say('command', await house.signed({ counter: 10 }));
  await house.until('it opens', () => house.openings() === 2);
});

test('ACC-7 retained, expired, other-door, unsigned and wrongly signed words are refused, each in one word', async () => {
  const house = await DoorHouse.open(stage);
  await house.say('command', await house.signed({ counter: 1, door: 'garage' }));
  await house.refusal('other_door');
  await house.say('lock/set', 'UNLOCK');
  await house.refusal('unsigned');
  await house.say('command', '{"cmd":"unlock"}');
  await house.refusal('malformed');
  await house.say('command', await house.signed({ counter: 1, key: 'ff'.repeat(32) }));
  await house.refusal('wrong_mac');
  const late = await house.signed({ counter: 1 });
  await sleep(5_100);
  await house.say('command', late);
  await house.refusal('expired');
  // Kept by the broker, and heard by the board when it comes back.
  await house.say('command', await house.signed({ counter: 1 }), true);
  await house.until('it opens once, for a word that came at once', () => house.openings() === 1);
  const before = house.board.deeds.length;
  await house.broker.kill();
  await house.broker.restart();
  await house.board.when('connack', '0', before);
  await house.say('command', await house.signed({ counter: 1 }), true);
  await house.refusal('old_counter');
  await house.board.reboot();
  await house.refusal('retained');
  expect(house.openings()).toBe(1);
});

test('five wrong signatures shut everybody out for a minute', async () => {
  const house = await DoorHouse.open(stage);
  for (let n = 0; n < 5; n++)
    await house.say('command', await house.signed({ counter: 1, key: 'ee'.repeat(32) }));
  await house.refusal('wrong_mac');
  await house.say('command', await house.signed({ counter: 1 }));
  await house.refusal('locked_out');
  expect(house.openings()).toBe(0);
});

test('a full disk opens no door and is said; the door goes on, and opens when there is room', async () => {
  const house = await DoorHouse.open(stage);
  // What it writes beside its flash goes where there is no room.
  symlinkSync('/dev/full', `${house.board.settings}.new`);
  await house.say('command', await house.signed({ counter: 1 }));
  await house.refusal('settings_full');
  expect(house.openings()).toBe(0);
  await house.say('command', await house.signed({ counter: 2 }));
  await house.until('it opens', () => house.openings() === 1);
});

test('a flash that was damaged opens nothing until the door is paired anew', async () => {
  const house = await DoorHouse.open(stage);
  await house.say('command', await house.signed({ counter: 5 }));
  await house.board.when('strike', 'open');
  writeFileSync(house.board.settings, readFileSync(house.board.settings).reverse());
  await house.board.reboot();
  await house.refusal('settings_damaged');
  await house.say('command', await house.signed({ counter: 6 }));
  await house.until('it refuses', () => Number(house.state()?.refused) === 1);
  expect(house.openings()).toBe(1);
});

test('a PIN leaves the keypad sealed: the hub reads it, the broker, the files and what is printed do not', async () => {
  const house = await DoorHouse.open(stage);
  house.board.tell('keys 739164#');
  await house.until('it comes', () => house.heard.some(({ topic }) => topic.endsWith('/keypad')));
  const sent = house.heard.filter(({ topic }) => topic.endsWith('/keypad'));
  expect(sent).toHaveLength(1);
  const { door, nonce, pin, mac } = JSON.parse(sent[0]?.text ?? '') as Record<string, string>;
  const of = (...lines: unknown[]) =>
    createHmac('sha256', Buffer.from(house.key, 'hex')).update(lines.join('\n')).digest();
  expect(of('homeward-pin-1', door, nonce, pin).toString('hex')).toBe(mac);
  const pad = of('homeward-pin-pad-1', door, nonce);
  const digits = Buffer.from(pin ?? '', 'hex').map((byte, n) => byte ^ (pad[n] ?? 0));
  expect(Buffer.from(digits).toString('latin1').replaceAll('\0', '')).toBe('739164');
  expect(JSON.stringify(house.heard)).not.toContain('739164');
  expect(JSON.stringify(house.board.deeds)).not.toContain('739164');
  for (const name of readdirSync(house.board.folder))
    expect(readFileSync(`${house.board.folder}/${name}`, 'latin1')).not.toContain('739164');
});

test('forced and held doors are called until the hub has them', async () => {
  const house = await DoorHouse.open(stage);
  const calls = (entity: string) =>
    house.heard
      .filter(({ topic, text }) => topic === `homeward/${house.id}/alarm` && text.includes(`"${entity}"`))
      .map(({ text }) => JSON.parse(text) as { boot: string; seq: number });
  house.board.tell('door open', 'bolt out');
  await house.until('it is called again and again', () => calls('forced').length >= 3);
  const { boot, seq } = calls('forced')[0] as { boot: string; seq: number };
  expect(new Set(calls('forced').map((each) => each.seq))).toEqual(new Set([seq]));
  await house.say('ack', JSON.stringify({ boot, seq }));
  await sleep(1_500);
  const then = calls('forced').length;
  await sleep(2_500);
  expect(calls('forced')).toHaveLength(then);
  expect(calls('door').length).toBeGreaterThan(3);
});
