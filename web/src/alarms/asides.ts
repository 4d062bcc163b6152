import type { Alarm, AlarmKind, HouseSnapshot } from '@homeward/hub/api';
import { LIFE_SAFETY } from '../hub/contract.ts';

/** How long an alarm may be put aside, minutes. What endangers life: 8 hours at most. Source: safety.md ALM-3. */
const SHELVES = [30, 120, 480, 1_440] as const;
const LONGEST_FOR_LIFE = 480;

export const shelvesFor = (kind: AlarmKind): readonly number[] =>
  SHELVES.filter((minutes) => !LIFE_SAFETY.has(kind) || minutes <= LONGEST_FOR_LIFE);

/** Longest reason that the hub takes, characters. */
export const REASON_MOST = 200;

/** The alarms of a sensor that are not normal, in the order of the kinds. */
export const standingAt = (
  house: HouseSnapshot | null,
  entityId: string,
  kinds: readonly AlarmKind[],
): readonly Alarm[] =>
  kinds.flatMap((kind) =>
    Object.values(house?.alarms ?? {}).filter((one) => one.entityId === entityId && one.kind === kind),
  );
