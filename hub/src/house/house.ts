import { type AirState, airFrom, EMPTY_AIR, type StoredAir, storedAir } from '../air/state.ts';
import { type Sounder, sounderFrom, sounderWakeAt } from '../alarms/sounder.ts';
import {
  type AlarmsState,
  alarmsFrom,
  EMPTY_ALARMS,
  type StoredAlarms,
  storedAlarms,
} from '../alarms/state.ts';
import {
  EMPTY_HEALTH,
  type HealthState,
  healthFrom,
  type StoredHealth,
  storedHealth,
} from '../devices/health/state.ts';
import { type DevicesState, devicesFrom, type StoredDevices } from '../devices/state.ts';
import {
  EMPTY_RESPONSES,
  type ResponsesState,
  responsesFrom,
  type StoredResponses,
} from '../responses/state.ts';
import { earliest, type Millis } from '../shared/time.ts';
import { emptyTable } from './table.ts';

/** Everything that rules depend on, as one value. */
export type House = {
  readonly devices: DevicesState;
  readonly health: HealthState;
  readonly air: AirState;
  readonly alarms: AlarmsState;
  readonly sounder: Sounder;
  readonly responses: ResponsesState;
};

/** The durable part: one table a row kind, by the name under which `safety.db` keeps it. */
export type StoredHouse = StoredDevices & StoredHealth & StoredAir & StoredAlarms & StoredResponses;

export const EMPTY_STORE: StoredHouse = {
  devices: emptyTable(),
  entities: emptyTable(),
  rooms: emptyTable(),
  boards: emptyTable(),
  commands: emptyTable(),
  ...EMPTY_HEALTH,
  ...EMPTY_AIR,
  ...EMPTY_ALARMS,
  ...EMPTY_RESPONSES,
};

export const storedPart = (house: House): StoredHouse => ({
  devices: house.devices.devices,
  entities: house.devices.entities,
  rooms: house.devices.rooms,
  boards: house.devices.boards,
  commands: house.devices.commands,
  ...storedHealth(house.health),
  ...storedAir(house.air),
  ...storedAlarms(house.alarms),
  responses: house.responses.responses,
  deeds: house.responses.deeds,
});

/**
 * The house as it was stored; nobody has been heard yet.
 * @param speed house seconds in a real one; more than 1 only in the demo
 */
export const houseFrom = (stored: StoredHouse, speed = 1): House => ({
  devices: devicesFrom(stored, speed),
  health: healthFrom(stored),
  air: airFrom(stored),
  alarms: alarmsFrom(stored),
  sounder: sounderFrom(stored.alarms),
  responses: responsesFrom(stored),
});

/** House time at which something may be due; null: nothing is. Early is harmless, late is not. */
export const wakeAt = ({ devices, health, air, alarms, sounder, responses }: House): Millis | null =>
  earliest(
    devices.wakeAt,
    health.wakeAt,
    health.broker?.dueAt ?? null,
    air.wakeAt,
    alarms.wakeAt,
    sounderWakeAt(sounder),
    responses.wakeAt,
  );
