import { afterEach, expect, test } from 'vitest';
import { startMosquitto } from '../brokers/mosquitto.ts';
import type { HubProcess } from '../hubProcess.ts';
import { CO_CONTACT, SIREN } from '../testBoard.ts';
import { type KillOutcome, killAgainAndAgain } from './killStory.ts';
import { createStage } from './stage.ts';

const stage = createStage();
afterEach(() => stage.clear());

/** What a kill had torn would stand in the chain for ever. */
async function expectWholeJournal(hub: HubProcess, { kills, answeredCalls }: KillOutcome): Promise<void> {
  const { findings, rows } = await hub.api.call('verifyJournal');
  expect(findings).toEqual([]);
  expect(rows).toBeGreaterThan(kills / 2 + answeredCalls);
}

const PARTS = { co: CO_CONTACT, siren: SIREN };

test('F-01 kill -9 at any moment loses no alarm that was answered or acknowledged, over Mosquitto', async () => {
  const mosquitto = stage.keep(await startMosquitto());
  const hub = await stage.hub({ mqttUrl: mosquitto.url });
  const contacts = [];
  for (const id of ['hall', 'attic', 'cellar']) {
    contacts.push({ board: await stage.found(hub, { url: mosquitto.url, id, parts: PARTS }), part: 'co' });
  }
  const outcome = await killAgainAndAgain({ hub, contacts, kills: 12 });
  expect(outcome.violations).toEqual([]);
  expect(outcome.answeredCalls).toBeGreaterThanOrEqual((outcome.kills * 3) / 4);
  expect(outcome.acknowledgedAlarms).toBeGreaterThan(1);
  await expectWholeJournal(hub, outcome);
});

test('F-01 STRIDE D: power cut: kill -9 at any moment loses no alarm that was answered or acknowledged, with the own broker', async () => {
  const hub = await stage.hub();
  const contacts = [];
  for (const name of ['Hall', 'Attic']) {
    contacts.push({ board: await stage.paired(hub, name, PARTS), part: 'co' });
  }
  const outcome = await killAgainAndAgain({ hub, contacts, kills: 6 });
  expect(outcome.violations).toEqual([]);
  expect(outcome.answeredCalls).toBeGreaterThanOrEqual((outcome.kills * 3) / 4);
  await expectWholeJournal(hub, outcome);
});
