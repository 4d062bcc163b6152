import type { AirFact } from '../air/facts.ts';
import type { AlarmFact } from '../alarms/facts.ts';
import type { DeviceFact } from '../devices/facts.ts';
import type { HealthFact } from '../devices/health/facts.ts';
import type { HistoryFact } from '../history/facts.ts';
import type { JournalFact } from '../journal/facts.ts';
import type { PeopleFact } from '../people/facts.ts';
import type { ReadinessFact } from '../readiness/facts.ts';
import type { ResponseFact } from '../responses/facts.ts';

/** Facts of the house itself. */
export type HouseFact =
  /** The one deadline timer fired: every deadline that has passed is settled now. */
  | { readonly type: 'clockReached' }
  /** The program started and took up the stored house. */
  | { readonly type: 'houseResumed' };

/** Everything that can happen. */
export type Fact =
  | HouseFact
  | DeviceFact
  | HealthFact
  | AirFact
  | AlarmFact
  | HistoryFact
  | JournalFact
  | PeopleFact
  | ResponseFact
  | ReadinessFact;
