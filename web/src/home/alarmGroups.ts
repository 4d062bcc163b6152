import type { Alarm, AlarmFlood } from '@homeward/hub/api';
import { byUrgency, isSetAside } from '../alarms/life.ts';

/** An alarm, and what followed from it. */
export type AlarmFamily = { readonly first: Alarm; readonly followers: readonly Alarm[] };

/** How the alarms of a house stand in a list. */
export type AlarmGroups = {
  readonly families: readonly AlarmFamily[];
  /** In a flood: those of less urgency, as one card. */
  readonly merged: readonly AlarmFamily[];
  readonly aside: readonly Alarm[];
};

/** Of these priorities each always stands for itself. Source: safety.md ALM-5. */
const ALWAYS_ALONE = 2;

/** The most urgent first; a consequence under its cause while that is in the list; what is put aside for itself. */
export const groupAlarms = (alarms: readonly Alarm[], flood: AlarmFlood | null): AlarmGroups => {
  const sorted = alarms.toSorted(byUrgency);
  const current = new Map(sorted.filter((alarm) => !isSetAside(alarm)).map((alarm) => [alarm.id, alarm]));
  const causeOf = (alarm: Alarm): Alarm | undefined => {
    const cause = current.get(alarm.firstOutId ?? '');
    // What is more urgent than its cause must not stand below it; and of a ring each stands alone.
    if (cause === undefined || cause.firstOutId !== undefined || alarm.priority < cause.priority)
      return undefined;
    return cause;
  };
  const families = [...current.values()]
    .filter((alarm) => causeOf(alarm) === undefined)
    .map((first) => ({
      first,
      followers: [...current.values()].filter((one) => causeOf(one)?.id === first.id),
    }));
  const isMerged = ({ first }: AlarmFamily): boolean => flood !== null && first.priority > ALWAYS_ALONE;
  return {
    families: families.filter((family) => !isMerged(family)),
    merged: families.filter(isMerged),
    aside: sorted.filter((alarm) => isSetAside(alarm)),
  };
};
