import { describe, expect, it } from 'vitest';
import { ALONE, at, reading } from '../../test/builders.ts';
import type { Doubt } from '../devices/healthSchema.ts';
import type { Fact } from '../house/facts.ts';
import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import { airFrom, EMPTY_AIR, storedAir } from './state.ts';

const SAMPLE_MS = 10 * SECOND_MS;

/** One carbon monoxide sensor. The clock wakes at every deadline, before what happens at that time. */
function createSensor(first: Doubt | null) {
  let state = airFrom(EMPTY_AIR);
  let doubt = first;
  let now: Millis = 0;
  const told: string[] = [];
  const take = (fact: Fact, mono: Millis): void => {
    const outcome = reduceAir(state, fact, at(mono), { ...ALONE, doubtOf: () => doubt });
    state = outcome.state;
    for (const each of outcome.facts ?? []) {
      if (each.type === 'limitCrossed') told.push(`${each.level} ${each.cause} by ${fact.type}`);
      if (each.type === 'limitCleared') told.push('clear');
    }
  };
  const sensor = {
    told,
    happen(fact: Fact): void {
      while (state.wakeAt !== null && state.wakeAt <= now) {
        const due = state.wakeAt;
        take({ type: 'clockReached' }, due);
        if (state.wakeAt === due) throw new Error('The clock wakes without end.');
      }
      take(fact, now);
    },
    /** Lets nothing be heard for so long. */
    wait(forMs: Millis): void {
      now += forMs;
      sensor.happen({ type: 'clockReached' });
    },
    /** Says that concentration for so long, a reading at each end. */
    air(ppm: number, forMs: Millis, everyMs = SAMPLE_MS): void {
      const end = now + forMs;
      for (; now <= end; now += everyMs) sensor.happen(reading('c', ppm, { quantity: 'carbon_monoxide' }));
    },
    trust(next: Doubt | null): void {
      doubt = next;
      if (next === 'fault') sensor.happen({ type: 'healthChanged', entityId: 'c', to: 'disabled' } as Fact);
    },
    restart(): void {
      state = airFrom(storedAir(state));
      sensor.happen({ type: 'houseResumed' });
    },
    isIdle: (): boolean => state.rows.size === 0,
  };
  return sensor;
}

const BY_CLOCK = 'alarm unverified by clockReached';

describe('CO-1, AIR-2: a dose of readings that cannot be trusted, which the clock fills', () => {
  const DOUBTS: readonly Doubt[] = ['fault', 'warming-up', 'suspect', 'rate'];
  const courses = DOUBTS.flatMap((doubt) =>
    [60, 100, 150, 250].flatMap((ppm) => [10, 60].map((everyS) => [doubt, ppm, everyS] as const)),
  );

  it.each(courses)('(%s) of %d ppm every %d s alarms as unverified, and ends in clean air', (...course) => {
    const [doubt, ppm, everyS] = course;
    const sensor = createSensor(doubt);
    sensor.air(ppm, 90 * MINUTE_MS, everyS * SECOND_MS);
    expect(sensor.told).toEqual([BY_CLOCK]);
    sensor.air(0, 4 * MINUTE_MS, everyS * SECOND_MS);
    expect(sensor.told).toEqual([BY_CLOCK]);
    sensor.air(0, 2 * MINUTE_MS, everyS * SECOND_MS);
    expect(sensor.told).toEqual([BY_CLOCK, 'clear']);
    expect(sensor.isIdle()).toBe(true);
  });

  it('is held against no limit of what is believed, however much it says', () => {
    const sensor = createSensor('fault');
    sensor.air(350, 0);
    sensor.wait(2 * MINUTE_MS);
    expect(sensor.told).toEqual(['warning unverified by reading', BY_CLOCK]);
    sensor.air(0, 6 * MINUTE_MS);
    expect(sensor.told.at(-1)).toBe('clear');
  });

  it('goes on from what was believed before it was taken out of use', () => {
    const sensor = createSensor(null);
    sensor.air(100, 15 * MINUTE_MS);
    sensor.trust('fault');
    sensor.air(150, 5 * MINUTE_MS);
    expect(sensor.told).toEqual([BY_CLOCK]);
    sensor.air(0, 6 * MINUTE_MS);
    expect(sensor.told).toEqual([BY_CLOCK, 'clear']);
  });

  it('that was full while it was believed is ended by no setting, and by clean air once it is believed again', () => {
    const sensor = createSensor(null);
    sensor.air(150, 15 * MINUTE_MS);
    expect(sensor.told[0]).toBe('alarm dose by clockReached');
    const raised = [...sensor.told];
    sensor.trust('fault');
    sensor.air(0, 60 * MINUTE_MS);
    expect(sensor.told).toEqual(raised);
    sensor.trust(null);
    sensor.air(0, 6 * MINUTE_MS);
    expect(sensor.told).toEqual([...raised, 'clear']);
    expect(sensor.isIdle()).toBe(true);
  });

  it('is none that is believed until the sensor, back in use, has spoken: taken out again, its doubtful readings end it', () => {
    const sensor = createSensor('fault');
    sensor.air(100, 20 * MINUTE_MS);
    sensor.trust(null);
    sensor.wait(6 * MINUTE_MS);
    expect(sensor.told).toEqual([BY_CLOCK]);
    sensor.trust('fault');
    sensor.air(0, 6 * MINUTE_MS);
    expect(sensor.told).toEqual([BY_CLOCK, 'clear']);
    expect(sensor.isIdle()).toBe(true);
  });

  it('is none that is believed after a restart, or with other limits, before it has spoken', () => {
    const sensor = createSensor('fault');
    sensor.air(100, 20 * MINUTE_MS);
    sensor.trust(null);
    sensor.restart();
    sensor.wait(6 * MINUTE_MS);
    sensor.happen({ type: 'airSettingsChanged', patch: { sensitivePeople: true }, by: 'Ana' });
    expect(sensor.told).toEqual([BY_CLOCK]);
    sensor.air(100, 0);
    expect(sensor.told).toEqual([BY_CLOCK, 'alarm dose by reading']);
  });

  it('becomes one that is believed with the first reading that is, and ends with those', () => {
    const sensor = createSensor('fault');
    sensor.air(100, 26 * MINUTE_MS);
    sensor.trust(null);
    sensor.air(100, 0);
    expect(sensor.told.slice(0, 2)).toEqual([BY_CLOCK, 'alarm dose by reading']);
    sensor.air(0, 6 * MINUTE_MS);
    expect(sensor.told.at(-1)).toBe('clear');
    expect(sensor.isIdle()).toBe(true);
  });

  it('is no other after a restart, whether it was full before or filled meanwhile', () => {
    const before = createSensor('warming-up');
    before.air(150, 15 * MINUTE_MS);
    before.restart();
    const meanwhile = createSensor('warming-up');
    meanwhile.air(150, 8 * MINUTE_MS);
    expect(meanwhile.told).toEqual([]);
    meanwhile.restart();
    meanwhile.wait(2 * MINUTE_MS);
    for (const sensor of [before, meanwhile]) {
      expect(sensor.told).toEqual([BY_CLOCK]);
      sensor.air(0, 6 * MINUTE_MS);
      expect(sensor.told).toEqual([BY_CLOCK, 'clear']);
    }
  });

  it('AIR-1 is no other when limits change: it was breathed after what was believed last', () => {
    const sensor = createSensor(null);
    sensor.air(30, 0);
    sensor.trust('rate');
    sensor.air(250, 30 * MINUTE_MS);
    sensor.happen({ type: 'airSettingsChanged', patch: { sensitivePeople: true }, by: 'Ana' });
    expect(sensor.told).toEqual([BY_CLOCK]);
    sensor.air(0, 6 * MINUTE_MS);
    expect(sensor.told).toEqual([BY_CLOCK, 'clear']);
  });
});
