import { getRow } from '../../house/table.ts';
import { ok, type Result, refused } from '../../shared/result.ts';
import { parseJson } from '../decode.ts';
import type { Entity } from '../entity.ts';
import { isOnRail, isPossible, readingOf } from '../reading.ts';
import { entityIdsOf } from '../state.ts';
import type { WireContext, WireMessage } from '../wireContext.ts';
import { createBoardLoss } from './boardLoss.ts';
import { type BoardAlarm, createBoardClocks, readBoardAlarm, readStamp, type Stamp } from './boardMessage.ts';
import { createBoardTimes } from './boardTimes.ts';

const ALARM_TOPIC = /^homeward\/([^/]+)\/alarm$/;
const STATE_TOPIC = /^homeward\/([^/]+)\/state$/;

/** Asked for each message: most topics are of others, and a look at their beginning costs a fifth of a pattern. */
const deviceIn = (topic: string, pattern: RegExp): string | null =>
  topic.startsWith('homeward/') ? (pattern.exec(topic)?.[1] ?? null) : null;

/** What own boards say beyond Home Assistant's words: alarm messages, boot ids, the order of their states. */
export function createBoardWire({ read, dispatch, now, drop }: WireContext) {
  const clocks = createBoardClocks();
  const losses = createBoardLoss();
  const times = createBoardTimes();

  function noteBoot(deviceId: string, { boot, upMs }: Stamp): void {
    const { boards, devices } = read();
    const log = getRow(boards, deviceId);
    if (getRow(devices, deviceId) === undefined || log?.boot === boot) return;
    // A message of an earlier run that comes once more is no new start.
    if (log?.seen.some(([from]) => from === boot)) return;
    dispatch({ type: 'boardStarted', deviceId, boot, upMs });
  }

  function entityByKey(deviceId: string, key: string): Entity | undefined {
    const state = read();
    for (const id of entityIdsOf(state, deviceId)) {
      const entity = getRow(state.entities, id);
      if (entity?.key === key) return entity;
    }
    return undefined;
  }

  /** How many of its messages were lost, and what time it has. Nobody's of whom we know nothing. */
  function noteStamp(deviceId: string, stamp: Stamp): void {
    if (getRow(read().devices, deviceId) === undefined) return;
    const percent = losses.note(deviceId, stamp, now());
    if (percent !== null) dispatch({ type: 'boardLossHeard', deviceId, percent });
    if (stamp.ts !== undefined && times.isNews(deviceId, stamp.ts - stamp.upMs, now())) {
      dispatch({ type: 'boardClockHeard', deviceId, utc: stamp.ts });
    }
  }

  /** The alarm message and whose value it tells. */
  function readAlarm(deviceId: string, payload: Uint8Array): Result<{ alarm: BoardAlarm; entity: Entity }> {
    const json = parseJson(payload);
    const alarm = json.ok ? readBoardAlarm(json.value) : json;
    if (!alarm.ok) return alarm;
    const entity = entityByKey(deviceId, alarm.value.entity);
    return entity === undefined ? refused('unknown-entity') : ok({ alarm: alarm.value, entity });
  }

  /** Why this entity cannot have that value; null: it can. */
  function faultOf(entity: Entity, value: number | boolean): string | null {
    const isContact = entity.config.component === 'binary_sensor';
    if ((typeof value === 'boolean') !== isContact) return 'wrong-type';
    const isTrue = isPossible(readingOf(read(), entity, value)) && !isOnRail(entity, value);
    return isTrue ? null : 'impossible';
  }

  /** It cannot be so. On the dangerous side it may be an alarm all the same. */
  function takeFaulty(entity: Entity, value: number | boolean, fault: string): void {
    drop(entity.deviceId, fault);
    const reading = readingOf(read(), entity, value);
    if (fault !== 'impossible' || typeof reading.value !== 'number') return;
    const { quantity, unit, ageMs } = reading;
    dispatch({ type: 'impossibleHeard', entityId: entity.id, quantity, value: reading.value, unit, ageMs });
  }

  return {
    /** The board whose alarm topic this is; null: it is none. */
    alarmingBoard: (topic: string): string | null => deviceIn(topic, ALARM_TOPIC),

    /** Whether a newer state of the same board and boot came before this one. */
    isOvertaken({ topic, payload, retain }: WireMessage): boolean {
      const deviceId = deviceIn(topic, STATE_TOPIC);
      if (deviceId === null || retain) return false;
      const json = parseJson(payload);
      const stamp = json.ok ? readStamp(json.value) : null;
      if (stamp === null) return false;
      noteBoot(deviceId, stamp);
      noteStamp(deviceId, stamp);
      return clocks.isOvertaken(deviceId, stamp, now());
    },

    takeAlarm(deviceId: string, { payload, retain }: WireMessage): void {
      // An alarm is news. One that the broker remembers may be a year old.
      const told = retain ? refused('retained-alarm') : readAlarm(deviceId, payload);
      if (!told.ok) return drop(deviceId, told.reason);
      const { alarm, entity } = told.value;
      const { boot, seq, value } = alarm;
      const fault = faultOf(entity, value);
      if (fault !== null) return takeFaulty(entity, value, fault);
      noteBoot(deviceId, alarm);
      // It has a number too: else each would look like a message that never came.
      noteStamp(deviceId, alarm);
      const ageMs = clocks.ageOf(deviceId, alarm, now());
      dispatch({ type: 'boardAlarmHeard', deviceId, entityId: entity.id, boot, seq, value, ageMs });
    },
  };
}
