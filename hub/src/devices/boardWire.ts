import { getRow } from '../house/table.ts';
import { createBoardClocks, readBoardAlarm, readStamp } from './boardMessage.ts';
import { parseJson } from './decode.ts';
import type { Entity } from './entity.ts';
import { entityIdsOf } from './state.ts';
import type { WireContext, WireMessage } from './wireContext.ts';

const ALARM_TOPIC = /^homeward\/([^/]+)\/alarm$/;
const STATE_TOPIC = /^homeward\/([^/]+)\/state$/;

/** What own boards say beyond Home Assistant's words: alarm messages, boot ids, the order of their states. */
export function createBoardWire({ read, dispatch, now, drop }: WireContext) {
  const clocks = createBoardClocks();

  function noteBoot(deviceId: string, boot: string): void {
    const { boards, devices } = read();
    if (getRow(devices, deviceId) === undefined || getRow(boards, deviceId)?.boot === boot) return;
    dispatch({ type: 'boardStarted', deviceId, boot });
  }

  function entityByKey(deviceId: string, key: string): Entity | undefined {
    const state = read();
    for (const id of entityIdsOf(state, deviceId)) {
      const entity = getRow(state.entities, id);
      if (entity?.key === key) return entity;
    }
    return undefined;
  }

  return {
    /** The board whose alarm topic this is; null: it is none. */
    alarmingBoard: (topic: string): string | null => ALARM_TOPIC.exec(topic)?.[1] ?? null,

    /** Whether a newer state of the same board and boot came before this one. */
    isOvertaken({ topic, payload, retain }: WireMessage): boolean {
      const deviceId = STATE_TOPIC.exec(topic)?.[1];
      if (deviceId === undefined || retain) return false;
      const json = parseJson(payload);
      const stamp = json.ok ? readStamp(json.value) : null;
      if (stamp === null) return false;
      noteBoot(deviceId, stamp.boot);
      return clocks.isOvertaken(deviceId, stamp, now());
    },

    takeAlarm(deviceId: string, { payload, retain }: WireMessage): void {
      // An alarm is news. One that the broker remembers may be a year old.
      if (retain) return drop(deviceId, 'retained-alarm');
      const json = parseJson(payload);
      const alarm = json.ok ? readBoardAlarm(json.value) : json;
      if (!alarm.ok) return drop(deviceId, alarm.reason);
      const { boot, seq, value, entity: key } = alarm.value;
      const entity = entityByKey(deviceId, key);
      if (entity === undefined) return drop(deviceId, 'unknown-entity');
      const wanted = entity.config.component === 'binary_sensor' ? 'boolean' : 'number';
      if (typeof value !== wanted) return drop(deviceId, 'wrong-type');
      noteBoot(deviceId, boot);
      const ageMs = clocks.ageOf(deviceId, alarm.value, now());
      dispatch({ type: 'boardAlarmHeard', deviceId, entityId: entity.id, boot, seq, value, ageMs });
    },
  };
}
