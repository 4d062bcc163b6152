import { describe, expect, it } from 'vitest';
import { createChance } from './chance.ts';
import { createHouse, type House, hasMotion, isOpen } from './house.ts';
import { applyEvent } from './house-event.ts';
import { OPENING_IDS, ROOM_IDS } from './house-plan.ts';
import { runHouse } from './house-step.ts';
import { minuteOfDay } from './routine.ts';
import { relativeHumidity } from './vapour.ts';

const DAY_S = 86_400;

describe('a quiet day', () => {
  const chance = createChance(7);
  const seen = { minO2: 1, maxCo2: 0, maxCo: 0, maxMethane: 0, smoke: false, minC: 99, maxC: 0, away: false };
  const opened = new Set<string>();
  const moved = new Set<string>();
  const lit = new Set<string>();
  let wettest = 0;
  const look = (house: House): void => {
    wettest = Math.max(wettest, relativeHumidity(house.air.bathroom.water, house.air.bathroom.temperatureC));
    for (const id of OPENING_IDS) if (isOpen(house, id)) opened.add(id);
    seen.away ||= Object.values(house.people).every(({ place }) => place === 'away');
  };
  runHouse(createHouse(0, chance), DAY_S, chance, (house) => {
    for (const room of ROOM_IDS) {
      const air = house.air[room];
      seen.minO2 = Math.min(seen.minO2, air.o2);
      seen.maxCo2 = Math.max(seen.maxCo2, air.co2);
      seen.maxCo = Math.max(seen.maxCo, air.co);
      seen.maxMethane = Math.max(seen.maxMethane, air.methane);
      seen.minC = Math.min(seen.minC, air.temperatureC);
      seen.maxC = Math.max(seen.maxC, air.temperatureC);
      seen.smoke ||= house.smoky[room];
      if (hasMotion(house, room)) moved.add(room);
      if (house.lights[room]) lit.add(room);
    }
    look(house);
  });

  it('keeps the air good: no limit of safety.md §1.1 above advisory is crossed', () => {
    expect(seen.minO2).toBeGreaterThan(0.205);
    expect(seen.maxCo2).toBeLessThan(2_000e-6);
    expect(seen.maxCo).toBeLessThan(9e-6);
    expect(seen.maxMethane).toBe(0);
    expect(seen.smoke).toBe(false);
    expect(seen.minC).toBeGreaterThan(15);
    expect(seen.maxC).toBeLessThan(28);
  });

  it('is lived in: the shower steams, everybody goes out, doors and windows move, lights are used', () => {
    expect(wettest).toBeGreaterThan(75);
    expect(seen.away).toBe(true);
    expect([...opened].sort()).toEqual([...OPENING_IDS].sort());
    expect([...moved].sort()).toEqual([...ROOM_IDS].sort());
    expect(lit.size).toBeGreaterThanOrEqual(3);
    expect(seen.maxCo2).toBeGreaterThan(800e-6);
  });
});

describe('chance', () => {
  const run = (seed: number): House => {
    const chance = createChance(seed);
    return runHouse(createHouse(minuteOfDay('06:00'), chance), 4 * 3_600, chance);
  };

  it('makes the same house of the same seed', () => {
    expect(run(3)).toEqual(run(3));
  });

  it('makes another house of another seed', () => {
    expect(run(3).air).not.toEqual(run(4).air);
  });
});

describe('light', () => {
  it('burns where somebody is up after dark, and nowhere by day', () => {
    const chance = createChance(1);
    expect(createHouse(minuteOfDay('20:00'), chance).lights).toMatchObject({ living: true, bedroom: false });
    expect(Object.values(createHouse(minuteOfDay('12:50'), chance).lights)).not.toContain(true);
  });
});

describe('commands and events', () => {
  const chance = createChance(1);
  const night = createHouse(minuteOfDay('03:00'), chance);

  it('sound the siren until its time is over', () => {
    const loud = applyEvent(night, { type: 'sirenSet', tone: 'fire_t3', forS: 30 });
    expect(runHouse(loud, 28, chance).siren.tone).toBe('fire_t3');
    expect(runHouse(loud, 32, chance).siren.tone).toBeNull();
  });

  it('move the bolt, which takes a moment', () => {
    const unlocked = applyEvent(night, { type: 'lockMoved', locked: false });
    expect(unlocked.lock.movesUntilS).toBeGreaterThan(unlocked.timeS);
    expect(runHouse(unlocked, 60, chance).lock.locked).toBe(false);
  });

  it('send everybody away through the front door, which locks itself behind them', () => {
    const leaving = runHouse(applyEvent(night, { type: 'peopleSent', to: 'away' }), 2, chance);
    expect(isOpen(leaving, 'front-door')).toBe(true);
    const gone = runHouse(leaving, 60, chance);
    expect(isOpen(gone, 'front-door')).toBe(false);
    expect(gone.lock.locked).toBe(true);
    expect(Object.values(gone.people).every(({ place }) => place === 'away')).toBe(true);
  });

  it('refuse a time that is none', () => {
    expect(() => minuteOfDay('25:00')).toThrow(RangeError);
  });
});
