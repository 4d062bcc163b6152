/** What is mixed into the air of a room. */
export const SPECIES = ['o2', 'co2', 'co', 'methane', 'water', 'smoke'] as const;
export type Species = (typeof SPECIES)[number];

/** Amounts by species: o2, co2, co, methane as volume fraction of dry air (0..1), water in g/m³, smoke in dB/m. */
export type Mixture = Readonly<Record<Species, number>>;

export type Air = Mixture & { readonly temperatureC: number };

/** What goes into a room's air each second: gases in m³/s (negative: used up), water in g/s, smoke in dB/m·m³/s, heat in W. */
export type Sources = Mixture & { readonly heatW: number };

export type RoomSpace = {
  readonly volumeM3: number;
  /** Air exchanged with the outside, m³/h. */
  readonly outsideM3h: number;
};

/** Air that two rooms exchange, as much each way, m³/h. */
export type Exchange<R extends string> = { readonly a: R; readonly b: R; readonly m3h: number };

export const NO_SOURCES: Sources = { o2: 0, co2: 0, co: 0, methane: 0, water: 0, smoke: 0, heatW: 0 };

/** Clean dry air: 20.95 % oxygen (safety.md §2.1), 420 ppm CO2 (2020s background). */
export const CLEAN_AIR: Mixture = { o2: 0.2095, co2: 420e-6, co: 0, methane: 0, water: 7, smoke: 0 };

/** Heat that a cubic metre of air carries, J/(m³·K). */
const AIR_HEAT = 1_200;

/** Heat that a furnished room takes up, J/(m³·K): its air, furniture and the skin of its walls; an assumption. */
const ROOM_HEAT = 25_000;

/** Heat lost through walls and panes, W/(m³·K); an assumption for a house of the 1990s. */
const WALL_LOSS = 0.8;

/** Smoke that settles on surfaces, share per second; an assumption (about 2 % a minute). */
const SMOKE_SETTLES = 3e-4;

export function addSources(a: Sources, b: Sources): Sources {
  return {
    o2: a.o2 + b.o2,
    co2: a.co2 + b.co2,
    co: a.co + b.co,
    methane: a.methane + b.methane,
    water: a.water + b.water,
    smoke: a.smoke + b.smoke,
    heatW: a.heatW + b.heatW,
  };
}

export type AirStep<R extends string> = {
  readonly rooms: Readonly<Record<R, Air>>;
  readonly spaces: Readonly<Record<R, RoomSpace>>;
  readonly exchanges: readonly Exchange<R>[];
  readonly sources: Readonly<Record<R, Sources>>;
  readonly outside: Air;
};

/**
 * The air of all rooms `dtS` seconds later, well mixed rooms, explicit Euler: V dC/dt = S + Q (Cout − C) (safety.md §2.1),
 * where Q is what comes from outside and from each neighbour. Keep `dtS` ≤ 5 s: an open window changes a small
 * room's air 20 times an hour.
 */
export function stepAir<R extends string>(ids: readonly R[], step: AirStep<R>, dtS: number): Record<R, Air> {
  const next = { ...step.rooms } as Record<R, Air>;
  for (const id of ids) next[id] = stepRoom(id, step, dtS);
  return next;
}

function stepRoom<R extends string>(id: R, step: AirStep<R>, dtS: number): Air {
  const air = step.rooms[id];
  const space = step.spaces[id];
  const source = step.sources[id];
  const inflows = [{ from: step.outside, m3s: space.outsideM3h / 3_600 }];
  for (const { a, b, m3h } of step.exchanges) {
    if (a === id) inflows.push({ from: step.rooms[b], m3s: m3h / 3_600 });
    if (b === id) inflows.push({ from: step.rooms[a], m3s: m3h / 3_600 });
  }
  const perM3 = dtS / space.volumeM3;
  const mixed = (species: Species): number => {
    let change = source[species];
    for (const { from, m3s } of inflows) change += m3s * (from[species] - air[species]);
    // Gas that streams in pushes as much of the room's own mixture out: a leak lowers oxygen without any flame.
    change -= source.methane * air[species];
    return Math.max(0, air[species] + change * perM3);
  };
  let heat = source.heatW + WALL_LOSS * space.volumeM3 * (step.outside.temperatureC - air.temperatureC);
  for (const { from, m3s } of inflows) heat += AIR_HEAT * m3s * (from.temperatureC - air.temperatureC);
  return {
    o2: mixed('o2'),
    co2: mixed('co2'),
    co: mixed('co'),
    methane: mixed('methane'),
    water: mixed('water'),
    smoke: mixed('smoke') * (1 - SMOKE_SETTLES * dtS),
    temperatureC: air.temperatureC + (heat * perM3) / ROOM_HEAT,
  };
}
