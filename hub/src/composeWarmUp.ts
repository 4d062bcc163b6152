import { createWire } from './devices/wire.ts';
import { EMPTY_STORE, houseFrom, type StoredHouse, storedPart } from './house/house.ts';
import type { Effect } from './house/outcome.ts';
import { createShell } from './house/shell.ts';
import { rowsOf, type Table, tableOf } from './house/table.ts';

/**
 * Fires of the imaginary house, in each of which all its contacts alarm. Measured: an alarm 100 ms after the one before costs
 * 0.9 to 1.26 ms without them, and 0.55 to 0.6 ms after 150.
 */
const FIRES = 150;
/** It is started anew so often: a house that was read from disk is another to the compiler than one that was just announced. */
const FIRES_A_START = 50;
/** Longest stretch without letting go of the main thread, ms. Source: DESIGN §5 (10 ms). */
const SLICE_MS = 5;
const CONTACTS = 8;

/** No small integers: code that was compiled for those would be thrown away at the first moment of the real house. */
const BEGIN = 2 ** 32;
const UTC = 1_750_000_000_000;

/** From one fire to the next, house ms: so long that none chatters and the flood of the last is over. */
const REST_MS = 3_600_000;

export type WarmUpPorts = {
  /** Runs a task when the main thread is free. */
  readonly later: (task: () => void) => void;
  /** A bug in the imaginary house. It ends there; the real one has nothing of it. */
  readonly failed: (error: unknown) => void;
  /** Told of each effect that a real house would have now. Default: nobody is. */
  readonly wouldDo?: (effect: Effect) => void;
};

/**
 * The first alarm of a house must not be the first time that its code runs: an imaginary house with sirens goes through
 * raise, acknowledge, clear and reset in memory, in slices between what is really to be done. It reaches no disk, no
 * broker and no screen.
 */
export function warmUp({ later, failed, wouldDo = () => {} }: WarmUpPorts): void {
  const steps = imaginaryFires(wouldDo);
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    let isOver = false;
    try {
      while (!isOver && performance.now() < end) isOver = steps.next().done === true;
    } catch (error) {
      return failed(error);
    }
    if (!isOver) later(slice);
  };
  later(slice);
}

/** Yields wherever the main thread may be let go. */
function* imaginaryFires(wouldDo: (effect: Effect) => void): Generator<void> {
  let now = BEGIN;
  let house = imaginaryHouse(EMPTY_STORE, () => now, wouldDo);
  for (const [topic, config] of announcements()) house.say(topic, JSON.stringify(config));
  for (let fire = 0; fire < FIRES; fire++) {
    if (fire % FIRES_A_START === 0) house = imaginaryHouse(asFromDisk(house.stored()), () => now, wouldDo);
    now += REST_MS;
    house.tick();
    for (let n = 0; n < CONTACTS; n++) {
      now += 1_000.5;
      house.say(`warm/${n}/air`, `{"o2":${20.9 - (fire % 3) / 10},"co2":${600 + (fire % 7)},"t":21.5}`);
      house.say(`warm/${n}/smoke`, '{"smoke":"ON"}');
      house.say('warm/siren', 'ON');
      yield;
    }
    for (let n = 0; n < CONTACTS; n++) house.say(`warm/${n}/smoke`, '{"smoke":"OFF"}');
    yield* house.seen();
    house.say('warm/siren', 'OFF');
  }
}

function imaginaryHouse(stored: StoredHouse, now: () => number, wouldDo: (effect: Effect) => void) {
  const shell = createShell(houseFrom(stored), {
    now: () => ({ mono: now(), utc: UTC + now() }),
    after: () => () => {},
    commit: () => {},
    differs: () => false,
    run: wouldDo,
    settled: (house) => wire.follow(house.devices.entities),
    report: () => {},
  });
  const wire = createWire({
    read: () => shell.read().devices,
    dispatch: (fact) => shell.dispatch(fact).facts,
    subscribe: () => {},
    unsubscribe: () => {},
    now,
    // What waits for its turn has it at once: nobody else is there.
    after: (_, task) => task(),
    report: () => {},
    topicRate: Number.MAX_SAFE_INTEGER,
  });
  shell.resume();
  shell.dispatch({ type: 'brokerFound' });
  return {
    say: (topic: string, payload: string) =>
      wire.onMessage({ topic, payload: Buffer.from(payload), retain: false }),
    tick: () => void shell.dispatch({ type: 'clockReached' }),
    /** Somebody acknowledges and resets all. */
    *seen(): Generator<void> {
      for (const [, { alarmId }] of [...rowsOf(shell.read().alarms.rows)]) {
        shell.dispatch({ type: 'acknowledgeAsked', alarmId, by: '' });
        shell.dispatch({ type: 'resetAsked', alarmId, by: '' });
        yield;
      }
    },
    stored: () => storedPart(shell.read()),
  };
}

/** What a start would read. */
function asFromDisk(stored: StoredHouse): StoredHouse {
  const read = (table: Table<unknown>) => tableOf(JSON.parse(JSON.stringify([...rowsOf(table)])));
  return Object.fromEntries(
    Object.entries(stored).map(([name, table]) => [name, read(table)]),
  ) as StoredHouse;
}

/** As boards announce themselves, and as gateways do. */
function* announcements(): Generator<[topic: string, config: object]> {
  for (let n = 0; n < CONTACTS; n++) {
    const dev = { ids: [`warm-${n}`], name: `warm-${n}` };
    const air = { dev, stat_t: `warm/${n}/air` };
    const o2 = { unit_of_meas: '%', val_tpl: '{{ value_json.o2 }}', hw_quantity: 'oxygen' };
    yield [`homeassistant/sensor/warm-${n}/o2/config`, { ...air, ...o2, uniq_id: `o${n}` }];
    const co2 = { dev_cla: 'carbon_dioxide', unit_of_meas: 'ppm', val_tpl: '{{ value_json.co2 }}' };
    yield [`homeassistant/sensor/co2-${n}/config`, { ...air, ...co2, uniq_id: `c${n}` }];
    const warm = { dev_cla: 'temperature', unit_of_meas: '°C', val_tpl: '{{ value_json.t }}' };
    yield [`homeassistant/sensor/t-${n}/config`, { ...air, ...warm, uniq_id: `t${n}` }];
    const smoke = { dev, stat_t: `warm/${n}/smoke`, dev_cla: 'smoke', val_tpl: '{{ value_json.smoke }}' };
    yield [`homeassistant/binary_sensor/smoke-${n}/config`, { ...smoke, uniq_id: `s${n}` }];
  }
  const siren = { dev: { ids: ['warm-siren'] }, cmd_t: 'warm/siren/set', stat_t: 'warm/siren' };
  yield ['homeassistant/siren/warm-siren/siren/config', { ...siren, uniq_id: 'siren' }];
  const plain = { dev: { ids: ['warm-horn'] }, cmd_t: 'warm/horn/set' };
  yield ['homeassistant/siren/warm-horn/config', { ...plain, uniq_id: 'horn' }];
}
