import { airRoutes } from './air/routes.ts';
import type { Suppressor, TracePorts } from './air/trace.ts';
import { pointOf } from './alarms/alarmRow.ts';
import type { AlarmKind } from './alarms/schema.ts';
import type { composeHistory } from './composeHistory.ts';
import type { composeHouse } from './composeHouse.ts';
import { composeWhatIf } from './composeWhatIf.ts';
import { isAvailable, liveOf } from './devices/heard.ts';
import { measuredBy } from './devices/state.ts';
import { airContext } from './house/airContext.ts';
import type { House } from './house/house.ts';
import { getRow } from './house/table.ts';
import type { Endpoint } from './io/route.ts';

type HouseParts = Pick<ReturnType<typeof composeHouse>, 'shell' | 'clock'>;

/** The calls of the air. */
export function composeAir(
  { shell, clock }: HouseParts,
  history: Pick<ReturnType<typeof composeHistory>, 'past'>,
  nameOf: (personId: string) => string,
): Endpoint[] {
  const { read, dispatch } = shell;
  return airRoutes({
    read: () => read().air,
    dispatch,
    now: clock.now,
    nameOf,
    quantityOf: (entityId) => {
      const entity = getRow(read().devices.entities, entityId);
      return entity === undefined ? null : measuredBy(entity);
    },
    whatIf: composeWhatIf({ read, now: clock.now, past: history.past }),
    trace: () => tracePorts(read()),
  });
}

const tracePorts = (house: House): TracePorts => ({
  ...airContext(house.devices, house.health),
  lastOf: (entityId) => {
    const { value } = liveOf(house.devices, entityId);
    return typeof value === 'string' ? null : value;
  },
  isContact: (entityId) => getRow(house.devices.entities, entityId)?.config.component === 'binary_sensor',
  isHeard: (entityId) => {
    const entity = getRow(house.devices.entities, entityId);
    return entity !== undefined && isAvailable(house.devices, entity, liveOf(house.devices, entityId));
  },
  asideOf: (entityId, kind) => asideOf(house, entityId, kind),
});

/** What keeps the alarm of that kind of that sensor from being told. */
function asideOf(house: House, entityId: string, kind: AlarmKind): readonly Suppressor[] {
  const row = getRow(house.alarms.rows, pointOf(kind, entityId));
  if (row === undefined) return [];
  const aside: Suppressor[] = [];
  if (row.shelf !== null) aside.push('shelved');
  if (row.service !== null) aside.push('out-of-service');
  if (row.suppressedBy !== null) aside.push('suppressed');
  if (row.hushedUntil !== null) aside.push('hushed');
  return aside;
}
