import type { HouseSnapshot } from '@homeward/hub/api';
import { alarmVerdict, subjectAlarm } from './danger.ts';
import { roomPhrase } from './places.ts';
import type { VerdictView } from './verdictView.ts';

/**
 * The verdict for somebody who may see how the house is, but no sensors: as the hub tells it, with the alarms and the
 * rooms that they do see. No sensor shown is not "no sensor there".
 */
export const plainVerdict = (house: HouseSnapshot, live: boolean): VerdictView => {
  const { verdict: state } = house;
  const isDanger = state === 'alarm' || state === 'warning';
  if (!live && !isDanger)
    return {
      state: 'blind',
      urgent: true,
      why: [{ key: 'home.why.silent' }],
      next: { key: 'home.step.hub' },
      action: null,
    };
  const alarm = isDanger || state === 'check' ? subjectAlarm(house, state) : null;
  if (alarm !== null) return alarmVerdict(house, state, alarm, live);
  if (state === 'safe')
    return {
      state,
      urgent: false,
      why: [{ key: 'home.why.wellKnown' }],
      next: { key: 'home.step.nothing' },
      action: null,
    };
  const room = Object.values(house.rooms).find((one) => one.verdict === state);
  const where = room === undefined ? [] : [{ key: 'home.why.room', with: { room: roomPhrase(room.name) } }];
  return {
    state,
    urgent: state !== 'check',
    why: state === 'blind' ? [{ key: 'home.why.silent' }, ...where] : where,
    next: { key: isDanger ? 'home.step.other' : 'home.step.tell' },
    action: null,
  };
};
