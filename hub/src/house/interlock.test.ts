import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  announced,
  anyFact,
  at,
  deviceAnnounced,
  houseWith,
  lamp,
  ofType,
  play,
  reading,
  SENSOR,
  siren,
  smoke,
  valve,
} from '../../test/builders.ts';
import type { Command } from '../devices/command.ts';
import type { Fact } from './facts.ts';
import { type House, houseFrom, storedPart } from './house.ts';
import { isInterlocked } from './interlock.ts';
import { isDeviceNeeded } from './needed.ts';
import type { Effect } from './outcome.ts';
import { step } from './step.ts';
import { rowsOf } from './table.ts';

const MINUTE = 60_000;

/** Methane or such, % of the lower explosion limit. */
const lel = (key = 'gas') => announced(key, { quantity: 'lel_methane', config: { ...SENSOR, unit: '%LEL' } });
const home = houseWith({
  k: [lel(), smoke(), lamp()],
  v: [valve('gas', 'gas'), valve('water', 'water'), valve('any', null)],
  hall: [siren('siren', { commandTopic: 'hall/set' })],
});
const gas = (value: number): Fact => reading('k.gas', value, { quantity: 'lel_methane', unit: '%LEL' });
const asked = (entityId: string, command: Command): Fact => ({
  type: 'commandAsked',
  entityId,
  command,
  by: 'Ana',
});
const clock: Fact = { type: 'clockReached' };

/** Gas at 6 % of the lower explosion limit for a minute: a warning. */
const leaking = play(home, [
  [0, gas(6)],
  [MINUTE, gas(6)],
]).house;
/** The same, and then clean air for long. */
const aired = play(
  leaking,
  Array.from({ length: 30 }, (_, n) => [(2 + n) * MINUTE, gas(0)] as const),
).house;

const withheld = (house: House, fact: Fact) => {
  const { facts, effects } = step(house, fact, at(100 * MINUTE));
  return {
    reason: ofType(facts, 'commandWithheld')[0]?.reason ?? null,
    sent: effects.map((effect) => effect.do),
  };
};
const NOTHING_SENT: Effect['do'][] = [];

describe('AIR-5 while there is gas', () => {
  it('holds from the warning on, in the whole home, and is over when the gas is', () => {
    expect(
      isInterlocked(
        play(home, [
          [0, gas(4)],
          [MINUTE, gas(4)],
        ]).house.alarms,
      ),
    ).toBe(false);
    expect(isInterlocked(leaking.alarms)).toBe(true);
    expect(isInterlocked(houseFrom(storedPart(leaking)).alarms)).toBe(true);
    expect(isInterlocked(aired.alarms)).toBe(false);
  });

  it.each<[string, Command]>([
    ['k.lamp', { on: true }],
    ['k.lamp', { on: false }],
    ['v.gas', { do: 'open' }],
    ['v.gas', { do: 'stop' }],
    ['v.water', { do: 'open' }],
    ['v.any', { do: 'open' }],
  ])('%s is not told %o', (entityId, command) => {
    const { reason, sent } = withheld(leaking, asked(entityId, command));
    expect(reason).toBe(entityId === 'v.gas' || entityId === 'v.any' ? 'valve-needed' : 'gas-interlock');
    expect(sent).toEqual(NOTHING_SENT);
  });

  it.each<[string, Command, Effect['do']]>([
    ['v.gas', { do: 'close' }, 'closeValve'],
    ['v.water', { do: 'close' }, 'closeValve'],
    ['hall.siren', { on: true }, 'commandSiren'],
  ])('%s is told %o', (entityId, command, effect) => {
    expect(withheld(leaking, asked(entityId, command))).toEqual({ reason: null, sent: [effect] });
  });

  it('putting its alarm aside does not end it', () => {
    const point = { kind: 'gas', entityId: 'k.gas', roomId: 'unplaced', by: 'Ana', reason: 'x' } as const;
    for (const aside of [
      { type: 'shelveAsked', minutes: 60, ...point },
      { type: 'takenOutAsked', ...point },
    ] as const) {
      const { house } = play(leaking, [[2 * MINUTE, aside]]);
      expect([...rowsOf(house.alarms.rows)].map(([, { state }]) => state)).not.toContain('unacknowledged');
      expect(withheld(house, asked('k.lamp', { on: true })).reason).toBe('gas-interlock');
    }
  });

  it('no correction and no removal ends it, unless the sensor is out of service', () => {
    const correct: Fact = {
      type: 'deviceCorrected',
      deviceId: 'k',
      by: 'Ana',
      entities: { 'k.gas': { quantity: 'temperature' } },
    };
    expect(isDeviceNeeded(leaking, 'k')).toBe(true);
    expect(isInterlocked(play(leaking, [[2 * MINUTE, correct]]).house.alarms)).toBe(true);
    const shelved = play(leaking, [
      [
        2 * MINUTE,
        {
          type: 'shelveAsked',
          kind: 'gas',
          entityId: 'k.gas',
          roomId: 'unplaced',
          reason: 'x',
          by: 'Ana',
          minutes: 60,
        },
      ],
    ]).house;
    expect(isDeviceNeeded(shelved, 'k')).toBe(true);
    expect(isInterlocked(play(shelved, [[3 * MINUTE, correct]]).house.alarms)).toBe(true);
    const out: Fact = {
      type: 'takenOutAsked',
      kind: 'gas',
      entityId: 'k.gas',
      roomId: 'unplaced',
      reason: 'broken',
      by: 'Ana',
    };
    const idle = play(leaking, [[2 * MINUTE, out]]).house;
    expect(isDeviceNeeded(idle, 'k')).toBe(false);
    expect(isInterlocked(play(idle, [[3 * MINUTE, correct]]).house.alarms)).toBe(false);
  });
});

describe('AIR-5 when the gas is over', () => {
  it('lamps may be switched again', () => {
    expect(withheld(aired, asked('k.lamp', { on: true }))).toEqual({ reason: null, sent: ['commandEntity'] });
  });

  it('the gas valve stays shut until somebody has seen the alarm', () => {
    const worse = play(leaking, [
      [2 * MINUTE, gas(15)],
      [3 * MINUTE, gas(15)],
    ]).house;
    const over = play(
      worse,
      Array.from({ length: 30 }, (_, n) => [(4 + n) * MINUTE, gas(0)] as const),
    ).house;
    expect(isInterlocked(over.alarms)).toBe(false);
    expect(withheld(over, asked('v.gas', { do: 'open' })).reason).toBe('valve-needed');
    expect(withheld(over, asked('v.water', { do: 'open' })).sent).toEqual(['commandEntity']);
    const [alarmId = ''] = [...rowsOf(over.alarms.rows)].map(([, row]) => row.alarmId);
    const seen = play(over, [[60 * MINUTE, { type: 'acknowledgeAsked', alarmId, by: 'Ana' }]]).house;
    expect(withheld(seen, asked('v.gas', { do: 'open' }))).toEqual({ reason: null, sent: ['commandEntity'] });
  });
});

const aCommand = fc
  .tuple(
    fc.constantFrom('k.lamp', 'v.gas', 'v.water', 'v.any', 'hall.siren', 'kitchen.lamp'),
    fc.constantFrom<Command>(
      { on: true },
      { on: false },
      { do: 'open' },
      { do: 'close' },
      { do: 'stop' },
      { position: 0 },
      { position: 50 },
    ),
  )
  .map(([entityId, command]) => asked(entityId, command));
const aGasFact = fc.oneof(
  fc.constantFrom(0, 4, 6, 15, 30).map(gas),
  aCommand,
  aCommand,
  anyFact,
  fc.constantFrom<Fact>(clock, deviceAnnounced('v', [valve('gas', 'gas')]), { type: 'brokerFound' }),
);

it('AIR-5 no sequence of facts lets anything else out while there is gas', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(0, 1_000, MINUTE, 10 * MINUTE), aGasFact), {
    maxLength: 40,
    size: 'max',
  });
  fc.assert(
    fc.property(steps, (story) => {
      let house = home;
      let mono = 0;
      for (const [later, fact] of story) {
        mono += later;
        const outcome = step(house, fact, at(mono));
        house = outcome.house;
        if (!isInterlocked(house.alarms)) continue;
        for (const effect of outcome.effects) {
          expect(effect.do).not.toBe('commandEntity');
          if (effect.do === 'closeValve') expect(effect.payload).toBe('CLOSE');
        }
      }
    }),
  );
});
