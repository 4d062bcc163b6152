import { type AlarmRow, isAside } from '../alarms/alarmRow.ts';
import type { AlarmsState } from '../alarms/state.ts';
import type { Entity } from '../devices/entity.ts';
import { liveOf } from '../devices/heard.ts';
import { controlOf } from '../devices/platform.ts';
import { type DevicesState, quantityOf } from '../devices/state.ts';
import type { Actuator, ResponseDefinition } from '../responses/definition.ts';
import { OWN_RESPONSES } from '../responses/own.ts';
import { concernsResponses, reduceResponses } from '../responses/responses.ts';
import type { Asking, ResponseContext, ResponsesState } from '../responses/state.ts';
import type { Moment } from '../shared/time.ts';
import type { Fact } from './facts.ts';
import { isInterlocked } from './interlock.ts';
import type { Outcome } from './outcome.ts';
import { eachRow, getRow, rowsOf, type Table } from './table.ts';

/** All that the house does by itself. A domain that has more of it adds its definitions here. */
const RESPONSES: readonly ResponseDefinition[] = [...OWN_RESPONSES];

const known = new WeakMap<Table<Entity>, readonly Actuator[]>();

/** Everything that takes commands, in the order of its ids. Remembered until the registry changes. */
function actuatorsOf(entities: Table<Entity>): readonly Actuator[] {
  const before = known.get(entities);
  if (before !== undefined) return before;
  const actuators: Actuator[] = [];
  for (const [id, entity] of rowsOf(entities)) {
    const { component, deviceClass, entityCategory } = entity.config;
    if (entityCategory !== null || controlOf(entity.config) === null) continue;
    actuators.push({ id, component, quantity: quantityOf(entity), deviceClass });
  }
  actuators.sort((a, b) => (a.id < b.id ? -1 : 1));
  known.set(entities, actuators);
  return actuators;
}

function askingOf(rows: Table<AlarmRow>): readonly Asking[] {
  const all: Asking[] = [];
  eachRow(rows, (row) => {
    const { alarmId, kind, level, active } = row;
    all.push({ alarmId, kind, level, active, aside: isAside(row) });
  });
  return all;
}

/** What the responses are told of the house. */
export const responseContext = (devices: DevicesState, alarms: AlarmsState): ResponseContext => ({
  definitions: RESPONSES,
  version: alarms.rows,
  alarms: () => askingOf(alarms.rows),
  actuators: () => actuatorsOf(devices.entities),
  isOn(entityId) {
    const { value } = liveOf(devices, entityId);
    return typeof value === 'boolean' ? value : null;
  },
  isAwaited: (entityId) => getRow(devices.commands, entityId)?.phase === 'pending',
  isInterlocked: () => isInterlocked(alarms),
});

/** Lets the responses take in a fact, if it concerns them. Most are readings, and do not. */
export const stepResponses = (
  state: ResponsesState,
  devices: DevicesState,
  alarms: AlarmsState,
  fact: Fact,
  now: Moment,
): Outcome<ResponsesState> =>
  state.seen === alarms.rows && !concernsResponses(state, fact, now)
    ? { state }
    : reduceResponses(state, fact, now, responseContext(devices, alarms));
