import { SECOND_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

export const WATER: readonly LimitRow[] = [
  {
    kind: 'water',
    quantity: 'moisture',
    level: 'alarm',
    unit: null,
    crosses: 'on',
    onDelayMs: 2 * SECOND_MS,
    offDelayMs: 0,
    latching: true,
    sound: 'chime',
    cause: 'contact',
    source: 'ours: wet for 2 s is no splash; P2 by safety.md ALM-4',
  },
];
