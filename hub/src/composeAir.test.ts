import { expect, test } from 'vitest';
import { announced, houseWith, oxygen, reading } from '../test/builders.ts';
import { createWorld } from '../test/shellWorld.ts';
import type { Calibration, SensorTrace } from './air/schema.ts';
import { ROUTES } from './api.ts';
import { composeAir } from './composeAir.ts';
import { Refusal } from './shared/errors.ts';
import { MINUTE_MS, SECOND_MS } from './shared/time.ts';

const climate = (key: string, quantity: 'temperature' | 'humidity', unit: string) =>
  announced(key, { quantity, config: { ...oxygen().config, unit } });

const HOME = houseWith({
  k: [oxygen(), climate('t', 'temperature', '°C'), climate('h', 'humidity', '%')],
});

function createHome() {
  const world = createWorld(HOME);
  const { shell, now, disk } = world;
  const clock = { now: () => ({ mono: now(), utc: 1_800_000_000_000 + now() }) };
  const [parts, noHistory] = [{ shell, clock }, {}] as unknown as Parameters<typeof composeAir>;
  const endpoints = composeAir(parts, noHistory, () => 'Ana');
  return {
    disk,
    breathe(percent: number, minutes: number) {
      const end = now() + minutes * MINUTE_MS;
      while (now() < end) {
        world.passTo(now() + 10 * SECOND_MS);
        shell.dispatch(reading('k.t', 20, { quantity: 'temperature' }));
        shell.dispatch(reading('k.h', 0, { quantity: 'humidity' }));
        shell.dispatch(reading('k.o2', percent));
      }
    },
    call(name: 'calibrate' | 'airSensor', id: string): unknown {
      const endpoint = endpoints.find(({ route }) => route === ROUTES[name]);
      const call = { params: { id }, body: { kind: 'fresh-air' }, me: { personId: 'p', tokenHash: '' } };
      return endpoint?.handle(call as never);
    },
    refusal(id: string): readonly [string, string | undefined] | null {
      try {
        this.call('calibrate', id);
        return null;
      } catch (error) {
        if (error instanceof Refusal) return [error.code, error.more.detail];
        throw error;
      }
    },
  };
}

test('O2-1 an oxygen cell in outdoor air is calibrated, and its history shows it', () => {
  const home = createHome();
  home.breathe(20.0, 6);
  const made = home.call('calibrate', 'k.o2') as Calibration;
  expect(made).toMatchObject({ by: 'Ana', kind: 'fresh-air', raw: 20, temperature: 20, humidity: 0 });
  home.breathe(20.0, 1);
  const { calibration, air } = home.call('airSensor', 'k.o2') as SensorTrace;
  expect(calibration).toEqual({
    last: made,
    baselineOffset: 0,
    dueAt: made.at + 90 * 24 * 60 * MINUTE_MS,
    history: [made],
  });
  expect(air?.outlook?.dry).toBeGreaterThanOrEqual(20.9);
});

test('O2-1 what cannot be calibrated is refused with its reason', () => {
  const home = createHome();
  expect(home.refusal('k.o2')).toEqual(['calibration-refused', 'too-few']);
  expect(home.refusal('k.t')).toEqual(['calibration-refused', 'not-oxygen']);
  expect(home.refusal('nobody')).toEqual(['not-found', undefined]);
  home.breathe(12, 6);
  expect(home.refusal('k.o2')).toEqual(['calibration-refused', 'span']);
  const never = home.call('airSensor', 'k.o2') as SensorTrace;
  expect(never.calibration).toEqual({ last: null, baselineOffset: 0, dueAt: null, history: [] });
  expect((home.call('airSensor', 'k.t') as SensorTrace).calibration).toBeNull();
});

test('O2-1 a calibration that is not on disk is not told as made', () => {
  const home = createHome();
  home.breathe(20.0, 6);
  home.disk.isFull = true;
  expect(home.refusal('k.o2')).toEqual(['not-saved', undefined]);
});
