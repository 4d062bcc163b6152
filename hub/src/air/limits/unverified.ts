import { isSounding, LIFE_SAFETY } from '../../alarms/schema.ts';
import type { Limit } from './limit.ts';

/** Whether a reading that cannot be trusted may still not be passed over there. Source: safety.md AIR-2. */
export const isDangerous = (limit: Limit): boolean =>
  limit.measure === 'value' &&
  limit.crosses !== 'on' &&
  isSounding(limit.level) &&
  LIFE_SAFETY.has(limit.kind);

/**
 * What holds for readings that cannot be trusted and lie on the dangerous side of that limit: one warns at once, a second that
 * agrees alarms. Source: safety.md AIR-2.
 */
export function unverifiedOf(limit: Limit): readonly Limit[] {
  const unverified = {
    ...limit,
    cause: 'unverified',
    onDelayMs: 0,
    editable: false,
    source: `A reading that cannot be trusted, on the dangerous side of ${limit.id}; safety.md AIR-2`,
  } as const;
  return [
    { ...unverified, id: idOf(limit, 'warning'), level: 'warning', sound: 'chime', confirmReadings: 1 },
    { ...unverified, id: idOf(limit, 'alarm'), level: 'alarm', sound: 'siren', confirmReadings: 2 },
  ];
}

/** Whether it is about the dose that was breathed: readings too low to be dangers of their own add up to one. */
export const isDose = ({ measure }: Limit): boolean => measure === 'dose';

/** Whether it is about what was breathed so far, to which readings that cannot be trusted add too. */
export const isBreathed = (limit: Limit): boolean => isDose(limit) || limit.measure === 'cohb';

/** The same dose, breathed of readings that cannot be trusted. It has taken minutes of them: no second one is waited for. */
export const unverifiedDoseOf = (limit: Limit): Limit => ({
  ...limit,
  id: `${limit.quantity}/${limit.kind}/${limit.level}/unverified-dose`,
  cause: 'unverified',
  editable: false,
  source: `Readings that cannot be trusted, which add up to ${limit.id}; safety.md AIR-2, CO-1`,
});

const idOf = ({ quantity, kind, level }: Limit, told: 'warning' | 'alarm'): string =>
  `${quantity}/${kind}/${told}/unverified-${level}`;

/** Whether that limit of the unverified is one of the worst. */
export const isExtreme = ({ id }: Limit): boolean => id.endsWith('/unverified-critical');
