import type { Alarm, HouseSnapshot } from '@homeward/hub/api';
import { alarmTitle } from '../alarms/why.ts';
import type { Phrase } from '../text/say.ts';

type TimeText = (at: number) => string;

/** Why nobody is told of it now, until when and by whom. */
const asideLine = (alarm: Alarm, house: HouseSnapshot | null, timeText: TimeText): Phrase | null => {
  const { shelf, service } = alarm;
  if (alarm.state === 'shelved' && shelf !== undefined)
    return {
      key: 'home.alarmLine.shelved',
      with: { time: timeText(shelf.until), name: shelf.by, reason: shelf.reason },
    };
  if (alarm.state === 'outOfService' && service !== undefined)
    return {
      key: 'home.alarmLine.outOfService',
      with: { time: timeText(service.since), name: service.by, reason: service.reason },
    };
  if (alarm.state !== 'suppressed') return null;
  const cause = house?.alarms[alarm.suppressedBy ?? ''];
  return cause === undefined
    ? { key: 'home.alarmLine.suppressed' }
    : { key: 'home.alarmLine.suppressedBy', with: { what: alarmTitle(cause, house) } };
};

/** Since when, and who knows. */
export const alarmLine = (alarm: Alarm, house: HouseSnapshot | null, timeText: TimeText): Phrase => {
  const time = timeText(alarm.since);
  const name = alarm.acknowledgedBy;
  const aside = asideLine(alarm, house, timeText);
  if (aside !== null) return aside;
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

/** What else is to be known of it, in a few words each. */
export const alarmFlags = (alarm: Alarm, timeText: TimeText): readonly Phrase[] => {
  const flags: Phrase[] = [];
  if (alarm.firstOut) flags.push({ key: 'alarms.firstOut' });
  if (alarm.chattering) flags.push({ key: 'alarms.flag.chattering' });
  if (alarm.count > 1) flags.push({ key: 'alarms.flag.times', n: alarm.count });
  if (alarm.stale) flags.push({ key: 'alarms.flag.stale' });
  if (alarm.late) flags.push({ key: 'alarms.flag.late' });
  if (alarm.hushedUntil !== undefined)
    flags.push({ key: 'alarms.flag.hushed', with: { time: timeText(alarm.hushedUntil) } });
  return flags;
};
