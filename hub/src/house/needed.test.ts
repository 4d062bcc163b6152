import { expect, it } from 'vitest';
import {
  carbonMonoxide,
  deviceAnnounced,
  houseWith,
  lamp,
  oxygen,
  play,
  reading,
  siren,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import type { Fact } from './facts.ts';
import { isDeviceNeeded } from './needed.ts';

const gateway = (deviceId: string, filter: string): Fact => ({
  type: 'devicePaired',
  deviceId,
  name: deviceId,
  kind: 'gateway',
  topics: [filter],
});

/** A stove that speaks through a gateway, a siren through another, and what has nothing to do with either. */
const home = play(houseWith({ lamps: [lamp('lamp', { stateTopic: 'l', commandTopic: 'l/set' })] }), [
  [1, gateway('gas', 'g/#')],
  [2, gateway('loud', 's/#')],
  [3, deviceAnnounced('stove', [smoke('smoke', { stateTopic: 'g/smoke' })])],
  [4, deviceAnnounced('hall', [siren('siren', { stateTopic: 's/hall', commandTopic: 's/hall/set' })])],
  [5, deviceAnnounced('bath', [oxygen(), carbonMonoxide()])],
]).house;
const ALL = ['stove', 'gas', 'hall', 'loud', 'bath', 'lamps', 'nobody'];
const needed = (...facts: Fact[]) => {
  const { house } = play(
    home,
    facts.map((fact, n) => [10 + n * 60_000, fact] as const),
  );
  return ALL.filter((id) => isDeviceNeeded(house, id));
};

it('what alarms, what sounds and the gateways of both are needed while there is danger', () => {
  expect(needed(smokeReading('stove.smoke', true))).toEqual(['stove', 'gas', 'hall', 'loud']);
});

it('what measures only a warning may go, and so may everything when the danger is over', () => {
  expect(needed()).toEqual([]);
  expect(needed(reading('bath.o2', 19.9), { type: 'clockReached' })).toEqual([]);
  expect(needed(smokeReading('stove.smoke', true), smokeReading('stove.smoke', false))).toEqual([]);
});

it('a device that only warns is not needed for the danger of another', () => {
  const warning = reading('bath.o2', 19.9);
  const clock: Fact = { type: 'clockReached' };
  expect(needed(warning, clock, smokeReading('stove.smoke', true))).not.toContain('bath');
});
