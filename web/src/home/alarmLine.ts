import type { Alarm } from '@homeward/hub/api';
import { isSetAside } from '../alarms/life.ts';
import type { Phrase } from '../text/say.ts';
import { roomPhrase } from './places.ts';

/** "Carbon monoxide, Bedroom" */
export const alarmTitle = (alarm: Alarm): Phrase => ({
  key: 'alarms.where',
  with: { kind: { key: `kind.${alarm.kind}` }, room: roomPhrase(alarm.room.name) },
});

/** Since when, and who knows. */
export const alarmLine = (alarm: Alarm, timeText: (at: number) => string): Phrase => {
  const time = timeText(alarm.since);
  const name = alarm.acknowledgedBy;
  if (isSetAside(alarm)) return { key: 'home.alarmLine.other', with: { time } };
  if (alarm.state === 'cleared')
    return {
      key: 'home.alarmLine.cleared',
      with: { from: time, time: timeText(alarm.clearedAt ?? alarm.since) },
    };
  const over = alarm.state === 'latched';
  if (name === undefined)
    return { key: over ? 'home.alarmLine.latched' : 'home.alarmLine.unacknowledged', with: { time } };
  return { key: over ? 'home.alarmLine.latchedBy' : 'home.alarmLine.acknowledged', with: { time, name } };
};
