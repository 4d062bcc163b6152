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
import { readinessFrom } from '../readiness/readiness.ts';
import {
  EMPTY_READINESS,
  type ReadinessState,
  type StoredReadiness,
  storedReadiness,
} from '../readiness/state.ts';
import {
  EMPTY_RESPONSES,
  type ResponsesState,
  responsesFrom,
  type StoredResponses,
} from '../responses/state.ts';
import { earlier, type Millis } from '../shared/time.ts';
import { emptyTable } from './table.ts';

/** Everything that rules depend on, as one value. */
export type House = {
  readonly devices: DevicesState;
  readonly health: HealthState;
  readonly air: AirState;
  readonly alarms: AlarmsState;
  readonly sounder: Sounder;
  readonly responses: ResponsesState;
  readonly readiness: ReadinessState;
};

/** The durable part: one table a row kind, by the name under which `safety.db` keeps it. */
export type StoredHouse = StoredDevices &
  StoredHealth &
  StoredAir &
  StoredAlarms &
  StoredResponses &
  StoredReadiness;

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
  ...EMPTY_READINESS,
};

const storedDevices = ({ devices, entities, rooms, boards, commands }: DevicesState): StoredDevices => ({
  devices,
  entities,
  rooms,
  boards,
  commands,
});

const storedResponses = ({ responses, deeds }: ResponsesState): StoredResponses => ({ responses, deeds });

export const storedPart = (house: House): StoredHouse => ({
  ...storedDevices(house.devices),
  ...storedHealth(house.health),
  ...storedAir(house.air),
  ...storedAlarms(house.alarms),
  ...storedResponses(house.responses),
  ...storedReadiness(house.readiness),
});

/** Whether any of the tables that last is another one, part by part. */
const DIFFERS: { readonly [P in Exclude<keyof House, 'sounder'>]: (a: House[P], b: House[P]) => boolean } = {
  devices: (a, b) =>
    a.devices !== b.devices ||
    a.entities !== b.entities ||
    a.rooms !== b.rooms ||
    a.boards !== b.boards ||
    a.commands !== b.commands,
  health: (a, b) =>
    a.health !== b.health || a.troubles !== b.troubles || a.away !== b.away || a.dropOuts !== b.dropOuts,
  air: (a, b) =>
    a.rows !== b.rows ||
    a.storedMeans !== b.storedMeans ||
    a.storedExposures !== b.storedExposures ||
    a.calibrations !== b.calibrations ||
    a.settingsRows !== b.settingsRows,
  alarms: (a, b) =>
    a.rows !== b.rows || a.ladders !== b.ladders || a.chatters !== b.chatters || a.floods !== b.floods,
  responses: (a, b) => a.responses !== b.responses || a.deeds !== b.deeds,
  readiness: (a, b) =>
    a.proofs !== b.proofs || a.sirenTests !== b.sirenTests || a.houseAnswers !== b.houseAnswers,
};

/**
 * Whether anything durable differs: what `storedPart` says of both, table by table. Written out, and nothing is made for it: it is
 * asked after every reading.
 */
export const differsOnDisk = (before: House, after: House): boolean =>
  DIFFERS.devices(before.devices, after.devices) ||
  DIFFERS.health(before.health, after.health) ||
  DIFFERS.air(before.air, after.air) ||
  DIFFERS.alarms(before.alarms, after.alarms) ||
  DIFFERS.responses(before.responses, after.responses) ||
  DIFFERS.readiness(before.readiness, after.readiness);

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
  readiness: readinessFrom(stored),
});

/** House time at which something may be due; null: nothing is. Early is harmless, late is not. */
export function wakeAt({
  devices,
  health,
  air,
  alarms,
  sounder,
  responses,
  readiness,
}: House): Millis | null {
  let first = earlier(devices.wakeAt, health.wakeAt);
  first = earlier(first, health.broker === null ? null : health.broker.dueAt);
  first = earlier(first, air.wakeAt);
  first = earlier(first, alarms.wakeAt);
  first = earlier(first, sounderWakeAt(sounder));
  first = earlier(first, responses.wakeAt);
  return earlier(first, readiness.wakeAt);
}
