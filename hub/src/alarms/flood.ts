import type { Millis, Moment } from '../shared/time.ts';
import { FLOOD_ABOVE, FLOOD_ENDS_BELOW, FLOOD_WITHIN_MS } from './limits.ts';

/** New alarms come faster than anybody can take them in. Durable; of the household, until people have receivers of their own. */
export type Flood = {
  /** House times of the newest alarms, oldest first; no more than decide. */
  readonly newest: readonly Millis[];
  /** Null: there is none. */
  readonly since: Moment | null;
};

export const NO_FLOOD: Flood = { newest: [], since: null };

export function withRaise({ newest, since }: Flood, now: Moment): Flood {
  const times = [...newest, now.mono].slice(-(FLOOD_ABOVE + 1));
  const isFlood = times.length > FLOOD_ABOVE && now.mono - (times[0] as Millis) < FLOOD_WITHIN_MS;
  return { newest: times, since: since ?? (isFlood ? now : null) };
}

/** House time at which it is over if nothing more is raised; null: there is none. */
export function floodEndsAt({ newest, since }: Flood): Millis | null {
  if (since === null) return null;
  return (newest.at(-FLOOD_ENDS_BELOW) ?? since.mono) + FLOOD_WITHIN_MS;
}
