import { type AirState, airFrom, EMPTY_AIR, type StoredAir, storedAir } from '../air/state.ts';
import type { AlarmRow } from '../alarms/alarmRow.ts';
import { type AlarmsState, alarmsFrom } from '../alarms/alarms.ts';
import { type Calls, NO_CALLS } from '../alarms/calls.ts';
import { type DevicesState, devicesFrom, type StoredDevices } from '../devices/state.ts';
import { earliest, type Millis } from '../shared/time.ts';
import { emptyTable, type Table } from './table.ts';

/** Everything that rules depend on, as one value. */
export type House = {
  readonly devices: DevicesState;
  readonly air: AirState;
  readonly alarms: AlarmsState;
  readonly calls: Calls;
};

/** The durable part: one table a row kind, by the name under which `safety.db` keeps it. */
export type StoredHouse = StoredDevices &
  StoredAir & {
    readonly alarms: Table<AlarmRow>;
  };

export const EMPTY_STORE: StoredHouse = {
  devices: emptyTable(),
  entities: emptyTable(),
  rooms: emptyTable(),
  boards: emptyTable(),
  commands: emptyTable(),
  ...EMPTY_AIR,
  alarms: emptyTable(),
};

export const storedPart = (house: House): StoredHouse => ({
  devices: house.devices.devices,
  entities: house.devices.entities,
  rooms: house.devices.rooms,
  boards: house.devices.boards,
  commands: house.devices.commands,
  ...storedAir(house.air),
  alarms: house.alarms.rows,
});

/** The house as it was stored; nobody has been heard yet. */
export const houseFrom = (stored: StoredHouse): House => ({
  devices: devicesFrom(stored),
  air: airFrom(stored),
  alarms: alarmsFrom(stored.alarms),
  calls: NO_CALLS,
});

/** House time at which something may be due; null: nothing is. Early is harmless, late is not. */
export const wakeAt = ({ devices, air, calls }: House): Millis | null =>
  earliest(devices.wakeAt, air.wakeAt, calls.wakeAt);
