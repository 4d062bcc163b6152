import type { Millis } from '../../shared/time.ts';
import type { HealthCheck, HealthState, Upkeep } from '../healthSchema.ts';
import type { Quantity } from '../schema.ts';
import type { DropOutCause, Trouble } from './state.ts';

export type HealthFact =
  /** A sensor told a number that nothing in a home can have. It is no reading; on the dangerous side it may still be an alarm. */
  | {
      readonly type: 'impossibleHeard';
      readonly entityId: string;
      readonly quantity: Quantity;
      readonly value: number;
      readonly unit: string | null;
      readonly ageMs: Millis;
    }
  /** A message that was for this entity could not be read. */
  | { readonly type: 'malformedHeard'; readonly entityId: string }
  /** A board told what time it has, epoch ms UTC. Not at each message: when it moved, and now and then. */
  | { readonly type: 'boardClockHeard'; readonly deviceId: string; readonly utc: Millis }
  /** How many of a board's messages of the last hour never came, %. Told when it changed. */
  | { readonly type: 'boardLossHeard'; readonly deviceId: string; readonly percent: number }
  /** A person told when a sensor was made, that it was tested, or that nobody relies on it. */
  | {
      readonly type: 'upkeepChanged';
      readonly entityId: string;
      readonly by: string;
      readonly upkeep: Upkeep;
    }
  /** A sensor can be believed more or less than before, or for another reason. */
  | {
      readonly type: 'healthChanged';
      readonly entityId: string;
      readonly deviceId: string;
      readonly from: HealthState;
      readonly to: HealthState;
      readonly findings: readonly HealthCheck[];
      readonly isLifeSensor: boolean;
    }
  /** Somebody has to look at an entity: its worst trouble. Also when that changed. One entity speaks for a device that is silent as a whole. */
  | ({
      readonly type: 'troubleBegan';
      readonly entityId: string;
      readonly deviceId: string;
      /** What the check measured; null: nothing. */
      readonly detail: number | null;
      /** The drop-out that explains it; null: none does. */
      readonly source: string | null;
    } & Trouble)
  | { readonly type: 'troubleEnded'; readonly entityId: string; readonly deviceId: string }
  /** A rule: that drop-out explains why the entity is not heard. Told after its alarm, so that this one need not be told. */
  | { readonly type: 'troubleExplained'; readonly entityId: string; readonly source: string }
  /**
   * The broker has been away for a minute, or comes and goes for one, or was not there for one after the start; or it is away in a
   * danger. Nobody can be heard.
   * `since`: house time at which it went last.
   */
  | { readonly type: 'brokerMissed'; readonly since: Millis }
  /** A rule: there is danger and the broker is away, so that no siren can be told. That is said at once, if it was not said yet. */
  | { readonly type: 'brokerNeeded' }
  /** It is back, and has stayed for a whole grace. */
  | { readonly type: 'brokerStayed' }
  /** A rule: that siren did not answer because the broker was away, or is out of use and need not. It is mute only if it does not answer now. */
  | { readonly type: 'muteExcused'; readonly entityId: string }
  /** Several devices were lost at once. Also told when its cause turns out to be another: the one before ends right after it. */
  | {
      readonly type: 'dropOutBegan';
      readonly source: string;
      readonly cause: DropOutCause;
      readonly deviceIds: readonly string[];
      readonly gatewayId: string | null;
    }
  /** One more device belongs to it. */
  | { readonly type: 'dropOutGrew'; readonly source: string; readonly deviceId: string }
  | {
      readonly type: 'dropOutEnded';
      readonly source: string;
      readonly cause: DropOutCause;
      readonly gatewayId: string | null;
      /** It goes on as that one: what it seemed to be it was not. Null: it is over. */
      readonly becomes: string | null;
    };
