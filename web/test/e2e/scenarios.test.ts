import { afterEach, expect, test } from 'vitest';
import { compareLevels } from '../../../hub/src/alarms/schema.ts';
import type { AlarmEpisode, AlarmKind, AlarmLevel } from '../../../hub/src/api.ts';
import { until } from '../../../hub/test/patience.ts';
import { windowOf } from './doseWindow.ts';
import { type LivingHouse, startLivingHouse } from './livingHouse.ts';

/** A machine that does ten other things at once is slow; nothing here is judged by its speed. */
const PATIENCE_MS = 120_000;

let house: LivingHouse;

afterEach(() => house?.stop());

async function begin(speed: number, start: string): Promise<LivingHouse> {
  house = await startLivingHouse({ speed, start });
  return house;
}

const episodes = async (): Promise<readonly AlarmEpisode[]> =>
  (await house.hub.api.call('alarmHistory')).episodes;

/** When an alarm of that kind, of that entity, first reached that level, minutes of the house after the scenario began. */
async function reached(kind: AlarmKind, level: AlarmLevel, entityId?: string): Promise<number | null> {
  const moves = (await episodes())
    .filter((episode) => episode.kind === kind && (entityId ?? episode.entityId) === episode.entityId)
    .flatMap(({ transitions }) => transitions)
    .filter((move) => move.to !== 'normal' && compareLevels(move.level, level) >= 0);
  return moves.length === 0 ? null : house.minutes(Math.min(...moves.map(({ at }) => at)));
}

async function untilReached(kind: AlarmKind, level: AlarmLevel, entityId?: string): Promise<number> {
  let at: number | null = null;
  const has = async () => {
    at = await reached(kind, level, entityId);
    return at !== null;
  };
  await until(`${kind} at ${level}`, has, PATIENCE_MS);
  return at ?? Number.NaN;
}

const dialog = () => house.page.getByRole('alertdialog');
const told = (words: string | RegExp) => dialog().getByText(words).first().waitFor({ timeout: PATIENCE_MS });
const verdict = (word: string) =>
  house.page
    .locator('[data-part=verdict]')
    .getByText(word, { exact: true })
    .first()
    .waitFor({ timeout: PATIENCE_MS });
const sounds = (tone: string) =>
  until(`the siren to sound ${tone}`, () => house.simulation.model.siren.tone === tone, PATIENCE_MS);

test('heater: where the oxygen goes is told first, then to leave the room, and it does fall that low', async () => {
  await begin(60, '14:00');
  const oxygen = house.entity('air-living', 'oxygen');
  await house.say('heater');
  await untilReached('oxygen-low', 'warning', oxygen);
  await verdict('Warning');
  const outlook = (await episodes()).find(({ kind }) => kind === 'oxygen-low');
  expect(outlook).toMatchObject({ cause: 'outlook', entityId: oxygen, room: { name: 'Living room' } });
  await told('Leave the room. Take everyone along.');
  await told('Living room');
  await sounds('gas');
  await house.untilValue('air-living', 'oxygen', (percent) => percent < 19.5, PATIENCE_MS);
  const low = house.minutes(await house.now());
  const warned = await untilReached('oxygen-low', 'warning', oxygen);
  const alarmed = await untilReached('oxygen-low', 'alarm', oxygen);
  expect(warned).toBeLessThan(alarmed);
  // The siren sounds while there is time to leave: safety.md O2-4.
  expect(alarmed).toBeLessThan(low - 4);
  await house.untilValue('air-living', 'co', (ppm) => ppm >= 3, PATIENCE_MS);
});

test('co: everybody is woken within the window of EN 50291-1, in the pattern of carbon monoxide', async () => {
  await begin(60, '02:30');
  const hall = house.entity('air-hall', 'co');
  await house.say('co');
  await told('Wake everyone. Go outside.');
  await told('Kitchen');
  await sounds('co_t4');
  const dose = await untilReached('co', 'alarm', hall);
  const episode = (await episodes()).find(({ entityId }) => entityId === hall);
  expect(episode).toMatchObject({ kind: 'co', cause: 'dose' });
  const window = windowOf(await house.past('air-hall', 'co'));
  expect(dose).toBeGreaterThanOrEqual(window.soonest);
  // A sample is 15 s apart at this speed, and one of them may be the last that is lacking.
  expect(dose).toBeLessThanOrEqual(window.latest + 1);
});

test('gas: the house shuts the valve and switches nothing else, and the screen says what to do', async () => {
  await begin(30, '14:00');
  const fan = house.entity('fan-bathroom', 'fan');
  await house.say('gas');
  await untilReached('gas', 'warning', house.entity('air-kitchen', 'lel_methane'));
  await house.page
    .getByText(/No flame, no spark/)
    .first()
    .waitFor({ timeout: PATIENCE_MS });
  await until('the gas valve to be shut', () => !house.simulation.model.gasValveOpen, PATIENCE_MS);
  const refused = house.hub.api.call('command', { id: fan, body: { on: true } });
  await expect(refused).rejects.toMatchObject({ problem: { type: '/problems/gas-interlock' } });
  expect(house.simulation.model.bathroomFan).toBe(false);
  const sent = house.told('commandSent').map(({ fact }) => fact.entityId);
  const may = [house.entity('valve-kitchen', 'valve'), house.entity('siren-hall', 'siren')];
  expect(sent.filter((id) => !may.includes(String(id)))).toEqual([]);
  expect(house.told('responseRan').map(({ fact }) => fact.responseId)).toContain('gas-valve');
});

test('sensor-dies: after three minutes the room is blind, and that is trouble, not an alarm', async () => {
  await begin(30, '14:00');
  await house.say('sensor-dies');
  const oxygen = house.entity('air-bedroom', 'oxygen');
  const lost = await untilReached('trouble', 'warning');
  const heard = house.minutes(await house.lastHeard('air-bedroom', 'oxygen'));
  // safety.md §3.2: a mains board is lost after 180 s of silence.
  expect(lost - heard).toBeGreaterThanOrEqual(3);
  expect(lost - heard).toBeLessThan(3.2);
  await verdict('Blind');
  expect((await house.hub.api.call('house')).verdict).toBe('blind');
  const [trouble, ...more] = (await house.hub.api.alarms()).filter(({ cause }) => cause === 'silent');
  expect(more).toEqual([]);
  expect(trouble).toMatchObject({ kind: 'trouble', level: 'warning', room: { name: 'Bedroom' } });
  expect([oxygen, house.entity('air-bedroom', 'co')]).toContain(trouble?.entityId);
  expect(await dialog().count()).toBe(0);
});

test('radio-lost: five boards that fall silent together are one trouble, and it is the radio', async () => {
  await begin(30, '14:00');
  await house.say('radio-lost');
  await until(
    'all five to be missed',
    async () => house.told('dropOutBegan').length > 0 && (await house.lostDevices()) === 5,
    PATIENCE_MS,
  );
  const isTold = ({ cause, state }: { readonly cause: string; readonly state: string }) =>
    state !== 'suppressed' && ['silent', 'radio', 'power', 'drop-out', 'gateway'].includes(cause);
  const shown = (await house.hub.api.alarms()).filter(isTold);
  expect(shown.map(({ cause, entityId }) => [cause, entityId])).toEqual([['radio', '~radio']]);
  await house.page.getByText('Radio disturbed?').first().waitFor({ timeout: PATIENCE_MS });
  // The story brings them back after a quarter of an hour.
  await until(
    'all to be back',
    async () => (await house.hub.api.call('house')).verdict !== 'blind',
    PATIENCE_MS,
  );
  expect((await house.hub.api.alarms()).filter((one) => isTold(one) && one.active)).toEqual([]);
});
