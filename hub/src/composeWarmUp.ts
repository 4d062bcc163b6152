import { createWire } from './devices/wire.ts';
import { EMPTY_STORE, houseFrom } from './house/house.ts';
import { createShell } from './house/shell.ts';
import { rowsOf } from './house/table.ts';

/** Alarms of the imaginary house. Measured: after some 2 000 the path from contact to siren is compiled for good. */
const ROUNDS = 2_500;
/** Longest stretch without letting go of the main thread, ms. Source: DESIGN §5 (10 ms). */
const SLICE_MS = 5;
const CONTACTS = 8;

/**
 * The first alarm of a house must not be the first time that its code runs: an imaginary house with a siren goes through
 * raise, acknowledge, clear and reset in memory, in slices between what is really to be done. It reaches no disk, no
 * broker and no screen.
 * @param later runs a task when the main thread is free
 */
export function warmUp(later: (task: () => void) => void): void {
  let round = 0;
  const run = imaginaryHouse();
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    while (round < ROUNDS && performance.now() < end) run(round++);
    if (round < ROUNDS) later(slice);
  };
  later(slice);
}

function imaginaryHouse(): (round: number) => void {
  let now = 0;
  const shell = createShell(houseFrom(EMPTY_STORE), {
    now: () => ({ mono: now, utc: now }),
    after: () => () => {},
    commit: () => {},
    differs: () => false,
    run: () => {},
    settled: (house) => wire.follow(house.devices.entities),
    report: () => {},
  });
  const wire = createWire({
    read: () => shell.read().devices,
    dispatch: (fact) => shell.dispatch(fact).facts,
    subscribe: () => {},
    unsubscribe: () => {},
    now: () => now,
    after: () => {},
    report: () => {},
    topicRate: Number.MAX_SAFE_INTEGER,
  });
  const say = (topic: string, payload: string) =>
    wire.onMessage({ topic, payload: Buffer.from(payload), retain: false });
  shell.dispatch({ type: 'brokerFound' });
  for (const [topic, config] of announcements()) say(topic, JSON.stringify(config));
  return (round) => {
    const n = round % CONTACTS;
    now += 1_000;
    say(`warm/${n}/air`, `{"o2":${20.9 - (round % 3) / 10},"t":21.5}`);
    say(`warm/${n}/smoke`, 'ON');
    say('warm/siren', 'ON');
    say(`warm/${n}/smoke`, 'OFF');
    say('warm/siren', 'OFF');
    const [running] = rowsOf(shell.read().alarms.rows);
    const alarmId = running?.[1].alarmId ?? '';
    shell.dispatch({ type: 'acknowledgeAsked', alarmId, by: '' });
    shell.dispatch({ type: 'resetAsked', alarmId, by: '' });
  };
}

function* announcements(): Generator<[topic: string, config: object]> {
  for (let n = 0; n < CONTACTS; n++) {
    const dev = { ids: [`warm-${n}`] };
    const air = { dev, stat_t: `warm/${n}/air`, unit_of_meas: '%', val_tpl: '{{ value_json.o2 }}' };
    yield [`homeassistant/sensor/warm-${n}/o2/config`, { ...air, uniq_id: `o${n}`, hw_quantity: 'oxygen' }];
    const smoke = { dev, stat_t: `warm/${n}/smoke`, dev_cla: 'smoke' };
    yield [`homeassistant/binary_sensor/warm-${n}/smoke/config`, { ...smoke, uniq_id: `s${n}` }];
  }
  const siren = { dev: { ids: ['warm-siren'] }, cmd_t: 'warm/siren/set', stat_t: 'warm/siren' };
  yield ['homeassistant/siren/warm-siren/siren/config', { ...siren, uniq_id: 'siren' }];
}
