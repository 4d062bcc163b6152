import { describe, expect, it } from 'vitest';
import { type Air, CLEAN_AIR, type Exchange, NO_SOURCES, type Sources, stepAir } from './air.ts';
import { burnerSources, coRatio, LITRES_PER_MINUTE, personSources } from './emission.ts';
import { relativeHumidity, saturationGM3, waterGM3, wetOxygenPct } from './vapour.ts';

const fresh: Air = { ...CLEAN_AIR, temperatureC: 20 };

/** Minutes until a closed room falls to 19.5 % oxygen; null when it never does within `hours`. */
function minutesTo195(
  volumeM3: number,
  ach: number,
  sources: Sources,
  hours: number,
  dtS: number,
): number | null {
  const spaces = { room: { volumeM3, outsideM3h: volumeM3 * ach } };
  let rooms: Record<'room', Air> = { room: fresh };
  for (let timeS = 0; timeS < hours * 3_600; timeS += dtS) {
    if (rooms.room.o2 <= 0.195) return timeS / 60;
    const step = { rooms, spaces, exchanges: [], sources: { room: sources }, outside: fresh };
    rooms = stepAir(['room'], step, dtS);
  }
  return null;
}

const people = (count: number, oxygenLpm: number): Sources => ({
  ...NO_SOURCES,
  o2: -count * oxygenLpm * LITRES_PER_MINUTE,
});
const flame = (kw: number): Sources => burnerSources(kw, 'propane', 0.2095);

describe('the table of safety.md §2.1: minutes until 19.5 % oxygen', () => {
  // [case, m³, sources, step s, minutes at ACH 0, 0.1, 0.5, 1.0]; the table rounds to whole minutes or 0.1 h
  const table: [string, number, Sources, number, (number | null)[]][] = [
    ['1 sleeper (0.25), 10 m³', 10, people(1, 0.25), 5, [582, 34 * 60, null, null]],
    ['2 sleepers, 30 m³', 30, people(2, 0.25), 5, [870, null, null, null]],
    ['4 awake (1.2), 30 m³', 30, people(4, 0.3), 5, [360, 558, null, null]],
    ['10 people (5.0), 30 m³', 30, people(10, 0.5), 1, [87, 94, 155, null]],
    ['2 kW flueless heater, 30 m³', 30, flame(2), 1, [62, 66, 88, null]],
  ];
  for (const [name, volumeM3, sources, dtS, expected] of table) {
    it.each([0, 0.1, 0.5, 1].map((ach, i) => [ach, expected[i] ?? null] as const))(
      `${name} at %f air changes an hour takes %s min`,
      (ach, minutes) => {
        const found = minutesTo195(volumeM3, ach, sources, 48, dtS);
        if (minutes === null) expect(found).toBeNull();
        else expect(Math.abs((found ?? 0) - minutes) / minutes).toBeLessThan(0.05);
      },
    );
  }

  it.each([
    [3, 0, 8],
    [3, 0.1, 8],
    [3, 0.5, 9],
    [3, 1, 9],
    [10, 0, 2],
    [10, 0.1, 2],
    [10, 0.5, 3],
    [10, 1, 3],
  ])('%f kW in 6 m³ at %f air changes takes about %i min', (kw, ach, minutes) => {
    // The table writes whole minutes: within one of them.
    expect(Math.abs((minutesTo195(6, ach, flame(kw), 1, 0.5) ?? 0) - minutes)).toBeLessThan(1);
  });
});

describe('carbon dioxide when oxygen has fallen by 1.45 %', () => {
  it.each([
    ['breathing', personSources('rest', 1), 12_000],
    ['propane', burnerSources(2, 'propane', 0.2095), 8_700],
    ['methane', burnerSources(2, 'methane', 0.2095), 7_250],
  ])('has risen as safety.md §2.1 says by %s', (_, sources, ppm) => {
    let rooms: Record<'room', Air> = { room: fresh };
    const still = { spaces: { room: { volumeM3: 30, outsideM3h: 0 } }, exchanges: [], outside: fresh };
    while (rooms.room.o2 > CLEAN_AIR.o2 - 0.0145)
      rooms = stepAir(['room'], { ...still, rooms, sources: { room: sources } }, 5);
    const risen = (rooms.room.co2 - CLEAN_AIR.co2) * 1e6;
    expect(Math.abs(risen - ppm) / ppm).toBeLessThan(0.05);
  });

  it('has not risen when a leaking gas displaced it', () => {
    let rooms: Record<'room', Air> = { room: fresh };
    const still = { spaces: { room: { volumeM3: 30, outsideM3h: 0 } }, exchanges: [], outside: fresh };
    const leak = { ...NO_SOURCES, methane: 0.001 };
    while (rooms.room.o2 > 0.195) rooms = stepAir(['room'], { ...still, rooms, sources: { room: leak } }, 5);
    expect(rooms.room.co2).toBeLessThan(CLEAN_AIR.co2);
    expect(rooms.room.methane).toBeCloseTo(1 - 0.195 / 0.2095, 2);
  });
});

describe('two rooms with a door between', () => {
  it('keep every gram of what is in them and become alike', () => {
    const ids = ['a', 'b'] as const;
    const volumes = { a: 20, b: 35 };
    let rooms = {
      a: { ...fresh, o2: 0.19, co2: 0.01, co: 3e-4, methane: 0.01, water: 12 },
      b: fresh,
    } as Record<'a' | 'b', Air>;
    const mass = (species: 'o2' | 'co2' | 'co' | 'methane' | 'water') =>
      rooms.a[species] * volumes.a + rooms.b[species] * volumes.b;
    const all = ['o2', 'co2', 'co', 'methane', 'water'] as const;
    const before = all.map(mass);
    const exchanges: Exchange<'a' | 'b'>[] = [{ a: 'a', b: 'b', m3h: 120 }];
    for (let i = 0; i < 7_200; i += 1) {
      const spaces = { a: { volumeM3: 20, outsideM3h: 0 }, b: { volumeM3: 35, outsideM3h: 0 } };
      const sources = { a: NO_SOURCES, b: NO_SOURCES };
      rooms = stepAir(ids, { rooms, spaces, exchanges, sources, outside: fresh }, 1);
    }
    all.forEach((species, i) => {
      expect(mass(species)).toBeCloseTo(before[i] ?? Number.NaN, 9);
      expect(rooms.a[species]).toBeCloseTo(rooms.b[species], 3);
    });
  });
});

describe('water vapour', () => {
  it.each([
    [20, 40, 20.75],
    [25, 50, 20.62],
    [25, 80, 20.42],
    [30, 80, 20.25],
    [35, 90, 19.9],
  ])(
    'makes an oxygen cell at %s °C and %s percent read %s (safety.md §2.2)',
    (celsius, humidity, reading) => {
      expect(wetOxygenPct(20.95, humidity, celsius)).toBeCloseTo(reading, 1);
    },
  );

  it('saturates air of 20 °C at 17.2 g/m³ and turns back into the same humidity', () => {
    expect(saturationGM3(20)).toBeCloseTo(17.24, 1);
    expect(relativeHumidity(waterGM3(55, 23), 23)).toBeCloseTo(55, 9);
  });
});

describe('a flame', () => {
  it('makes twenty times the carbon monoxide at 19.5 % oxygen, and never more than its worst', () => {
    expect(coRatio(0.195) / coRatio(0.2095)).toBeCloseTo(20, 0);
    expect(coRatio(0.16)).toBeLessThanOrEqual(0.1);
  });

  it('goes out when there is too little oxygen', () => {
    expect(burnerSources(4, 'propane', 0.15)).toEqual(NO_SOURCES);
  });
});
