import { describe, expect, it } from 'vitest';
import type { AlarmLevel } from '../../alarms/schema.ts';
import { LIFE_SAFETY } from '../../alarms/schema.ts';
import type { Limit } from './limit.ts';
import { LIMITS } from './table.ts';

const LEVELS: readonly AlarmLevel[] = ['advisory', 'warning', 'alarm', 'critical'];
const SIGNS = { '<': 'below', '<=': 'atMost', '>': 'above', '>=': 'atLeast' } as const;

/**
 * Safety.md §1.1 as it is printed, one line a row: quantity and kind | ADV | WARN | ALARM | CRIT | on | off | h | latch from.
 * In a cell: what is measured (nothing: each reading), sign and figure, own on-delay; several with "or". An on-delay is one for the
 * row or one for each level. h is a figure, a share, or "<" with what it must be under.
 */
const PAGE = `
oxygen oxygen-low | <= 20.3 or minutesLeft:20min < 120 @0s | <= 20.0 or minutesLeft:15min < 60 @0s | < 19.5 @10s or minutesLeft:15min < 20 @0s | <= 18.0 @0s or minutesLeft:4min < 15 @0s | 60s | 5min | 0.2 | advisory
oxygen oxygen-high | >= 22.0 | >= 23.0 | > 23.5 | >= 25 | 30s | 5min | 0.2 | advisory
carbon_dioxide co2 | mean:10min >= 1000 ~100 | mean:10min >= 2000 or mean:15min >= 5000 | mean:8h > 5000 or >= 10000 @5min | mean:15min >= 30000 or >= 40000 | 0s | 10min | 10% | alarm
carbon_monoxide co | mean:8h >= 9 or mean:24h >= 3.5 | mean:1h >= 35 or cohb >= 2.5 | dose >= 1 or cohb >= 5 | >= 300 or cohb >= 10 | 0s | 5min | - | advisory
lel_methane gas | >= 3 | >= 5 | >= 10 ~<3 | >= 20 ~<3 | 10s | 60s | 2 | advisory
lel_lpg gas | >= 3 | >= 5 | >= 10 ~<3 | >= 20 ~<3 | 10s | 60s | 2 | advisory
temperature heat | - | >= 45 | >= 57 or rate:1min >= 8.3 @0s | >= 70 | 10s | 5min | 3 | advisory
pm25 air-quality | nowCast:12h > 9.0 | nowCast:12h > 35.4 | nowCast:12h > 55.4 | nowCast:12h > 225.4 | 30min | 30min | 10% | never
pm25 smoke | - | mean:10min > 500 | - | - | 0s | 30min | 10% | never
pm10 air-quality | mean:24h > 45 | mean:24h > 154 | mean:24h > 254 | mean:24h > 424 | 30min | 30min | 10% | never
nitrogen_dioxide air-quality | mean:24h > 13 | mean:1h > 100 | mean:15min > 1000 | >= 13000 | 0s | 30min | 10% | alarm
ozone air-quality | mean:8h > 51 | mean:8h > 70 | mean:10min > 100 | >= 5000 | 0s | 30min | 10% | alarm
hydrogen_sulfide hydrogen-sulfide | mean:10min >= 0.5 @0s | >= 5 | >= 10 | >= 50 | 30s | 5min | 10% | advisory
voc_index air-quality | mean:15min > 150 | mean:10min > 250 or > 400 @10min | - | - | 0s | 15min | 20 | never
nox_index air-quality | mean:15min > 20 | mean:15min > 150 | - | - | 0s | 15min | 10% | never
formaldehyde air-quality | mean:30min > 0.05 | mean:30min > 0.10 | mean:30min > 0.30 | - | 0s | 60min | 10% | never
radon air-quality | mean:7d > 100 | mean:30d > 148 | mean:90d > 300 | - | 0s | 7d | 10% | never
temperature cold | < 18 @6h | < 5 | < 2 | - | 15min | 30min | 1 | alarm
temperature hot | heatIndex >= 27 | heatIndex >= 32 | heatIndex >= 39.4 | heatIndex >= 51.7 | 20min | 30min | 1 | never
humidity humidity | mean:24h > 60 or mean:6h < 30 | mean:24h > 70 or mean:6h > 80 or surfaceHumidity > 80 | - | - | 0s | 24h | 5 | never
`;

const SECONDS = { s: 1, min: 60, h: 3_600, d: 86_400 } as const;

function msOf(span: string): number {
  const [, figure, unit] = /^(\d+)(s|min|h|d)$/.exec(span) ?? [];
  return Number(figure) * SECONDS[unit as keyof typeof SECONDS] * 1_000;
}

/** One alternative of a cell, as the limit of it must be. */
function wantedOf(text: string, on: string, h: string) {
  const [, measure = 'value', span, sign, figure, ownH, ownOn] =
    /^(?:([a-zA-Z]+)(?::(\w+))? )?([<>]=?) ([\d.]+)(?: ~(\S+))?(?: @(\S+))?$/.exec(text) ?? [];
  const limit = Number(figure);
  return {
    measure,
    windowMs: span === undefined ? null : msOf(span),
    crosses: SIGNS[sign as keyof typeof SIGNS],
    limit,
    onDelayMs: msOf(ownOn ?? on),
    hysteresis: hysteresisOf(limit, measure, ownH ?? h),
  };
}

/** The outlook and what is breathed have none of the row: the outlook has its own, exposure fades by itself. */
function hysteresisOf(limit: number, measure: string, h: string): number | null {
  if (measure === 'minutesLeft' || h === '-') return null;
  if (h.startsWith('<')) return limit - Number(h.slice(1));
  return h.endsWith('%') ? (limit * Number.parseFloat(h)) / 100 : Number(h);
}

const ROWS = PAGE.trim()
  .split('\n')
  .map((line) => {
    const cells = line.split(' | ');
    const [quantity, kind] = (cells[0] as string).split(' ');
    const [on, off, h, latch] = cells.slice(5) as [string, string, string, string];
    const wanted = LEVELS.flatMap((level, index) =>
      (cells[index + 1] as string)
        .split(' or ')
        .filter((text) => text !== '-')
        .map((text) => ({ level, ...wantedOf(text, on, h) })),
    );
    return { name: `${quantity} ${kind}`, quantity, kind, wanted, off, latch };
  });

const isOfRow = (limit: Limit, row: (typeof ROWS)[number]) =>
  limit.quantity === row.quantity && limit.kind === row.kind && limit.crosses !== 'on';

const CELLS = ROWS.flatMap((row) =>
  row.wanted.map(
    (wanted) => [`${row.name} ${wanted.level} ${wanted.measure} ${wanted.limit}`, row, wanted] as const,
  ),
);

describe('AIR-1: safety.md §1.1, cell by cell', () => {
  it.each(CELLS)('%s', (_name, row, wanted) => {
    const found = LIMITS.filter(
      (limit) =>
        isOfRow(limit, row) &&
        limit.level === wanted.level &&
        limit.measure === wanted.measure &&
        limit.windowMs === wanted.windowMs &&
        limit.limit === wanted.limit &&
        limit.crosses === wanted.crosses,
    );
    expect(found).toHaveLength(1);
    const [limit] = found as [Limit];
    expect(limit.onDelayMs).toBe(wanted.onDelayMs);
    expect(limit.offDelayMs).toBe(msOf(row.off));
    if (wanted.hysteresis !== null) expect(limit.hysteresis).toBeCloseTo(wanted.hysteresis, 9);
    const latchesFrom = row.latch === 'never' ? LEVELS.length : LEVELS.indexOf(row.latch as AlarmLevel);
    expect(limit.latching).toBe(LEVELS.indexOf(limit.level) >= latchesFrom);
  });

  it.each(ROWS.map((row) => [row.name, row] as const))('%s has no cell besides', (_name, row) => {
    expect(LIMITS.filter((limit) => isOfRow(limit, row))).toHaveLength(row.wanted.length);
  });

  it('has no number in another row', () => {
    const others = LIMITS.filter(({ crosses }) => crosses !== 'on').filter(
      (limit) => !ROWS.some((row) => isOfRow(limit, row)),
    );
    expect(others.map(({ id }) => id)).toEqual([]);
  });

  it('CO off: whatever goes by exposure ends in clean air only, under 25 ppm', () => {
    const exposure = LIMITS.filter(({ measure }) => measure === 'dose' || measure === 'cohb');
    expect(exposure.map(({ gate, hysteresis, limit }) => [gate, hysteresis === limit])).toEqual(
      exposure.map(() => [25, true]),
    );
    const value = LIMITS.find(({ id }) => id === 'carbon_monoxide/co/critical/value');
    expect(value?.clearAt).toBe(25);
  });

  it('never lets a limit of oxygen, carbon monoxide or gas that sounds be made weaker', () => {
    const loud = LIMITS.filter(({ kind, level }) => LIFE_SAFETY.has(kind) && LEVELS.indexOf(level) >= 2);
    expect(loud.length).toBeGreaterThan(20);
    for (const { weakest, standard } of loud) expect(weakest).toBe(standard);
  });
});
