import { afterEach, beforeAll, expect, test } from 'vitest';
import { JournalPage } from '../src/api.ts';
import { createStage } from './faults/stage.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import { type BoardPart, CO, SMOKE } from './testBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
// The program is built by whoever needs it first: not on the time of a test.
beforeAll(ensureHub, 240_000);

const DOOR: BoardPart = { component: 'binary_sensor', deviceClass: 'door' };

test('an incident tells the alarm, who acted, what the house did, the curves and the doors', async () => {
  const hub = await stage.hub();
  const hall = await stage.paired(hub, 'Hall', { door: DOOR });
  const board = await stage.paired(hub, 'Kitchen', { smoke: SMOKE, co: CO });
  const fan = await stage.paired(hub, 'Fan', { siren: { component: 'siren' } });
  await hall.tell({ door: 'OFF' });
  await hall.tell({ door: 'ON' });
  await board.tell({ co: 2, smoke: 'OFF' });
  await board.call('smoke', 'ON');
  const [alarm] = await until('it is raised', async () => {
    const alarms = await hub.api.alarms();
    return alarms.length > 0 ? alarms : false;
  });
  const id = alarm?.id ?? '';
  await hub.api.acknowledge(id);
  const told = await until('all of it is known', async () => {
    const incident = await hub.api.call('incident', { id });
    const door = incident.contacts.find(({ entityId }) => entityId === `${hall.id}.door`);
    return door !== undefined && door.changes.length > 0 && incident.rows.some(({ part }) => part === 'deed')
      ? incident
      : false;
  });
  expect(told.alarm).toMatchObject({ id, kind: 'smoke', entityId: `${board.id}.smoke`, endedAt: null });
  expect([told.isOver, told.isCut, told.moreRows, told.moreContacts]).toEqual([false, false, false, 0]);
  expect(told.alarm.since - told.from).toBe(600_000);

  const { rows: ofKind } = JournalPage.parse(
    JSON.parse((await hub.api.send({ method: 'GET', path: '/api/journal?kind=smoke' })).text),
  );
  const seqs = ofKind.map(({ seq }) => seq);
  expect(told.rows.filter(({ part }) => part === 'alarm').every(({ seq }) => seqs.includes(seq))).toBe(true);
  expect(seqs.length).toBeLessThan(told.rows.length);

  const kinds = told.rows.map(({ part, type, who }) => [part, type, who]);
  expect(kinds).toContainEqual(['alarm', 'alarmRaised', null]);
  expect(kinds).toContainEqual(['alarm', 'alarmAcknowledged', 'Mona']);
  expect(kinds).toContainEqual(['deed', 'commandSent', id]);
  expect(kinds).toContainEqual(['person', 'hubClaimed', 'Mona']);
  expect(told.rows.map(({ seq }) => seq)).toEqual(told.rows.map(({ seq }) => seq).toSorted((a, b) => a - b));
  for (const { at, houseMs } of told.rows) expect([at > 0, houseMs >= 0]).toEqual([true, true]);
  expect(
    told.rows.find(({ type, where }) => type === 'commandSent' && where === `${fan.id}.siren`),
  ).toBeDefined();

  const [cause, ...others] = told.series;
  expect(cause).toMatchObject({
    entityId: `${board.id}.smoke`,
    isCause: true,
    states: true,
    device: 'Kitchen',
  });
  expect(others.map(({ entityId, unit }) => [entityId, unit])).toContainEqual([`${board.id}.co`, 'ppm']);
  const door = told.contacts.find(({ entityId }) => entityId === `${hall.id}.door`);
  expect(door).toMatchObject({ device: 'Hall', quantity: 'door', before: null, isWhole: true });
  expect(door?.changes.map(({ isOn }) => isOn)).toEqual([false, true]);
  expect(told.loggedIn.map(({ name }) => name)).toEqual(['Mona']);
  expect([told.told, told.toldWhy]).toEqual([[], 'no-channel']);
});

test('there is no incident of an alarm that never was', async () => {
  const hub = await stage.hub();
  for (const id of ['nothing', 'smoke:k.smoke', '../history', '%00'])
    await expect(hub.api.call('incident', { id })).rejects.toMatchObject({
      problem: { type: '/problems/not-found' },
    });
});
