import type { HouseSnapshot } from '@homeward/hub/api';
import { alarmVerdict, entityVerdict, subjectAlarm, subjectEntity } from '../home/danger.ts';
import { type RoomCardView, roomState } from '../home/rooms.ts';
import { outOfUse, outOfUseWhy } from '../home/troubles.ts';
import type { Phrase } from '../text/say.ts';
import type { RoomState } from '../ui/states.ts';
import { readingsIn } from './readings.ts';

/** How the air of one room stands: why, and what to do. */
export type RoomVerdict = {
  readonly state: RoomState;
  readonly why: readonly Phrase[];
  /** Null: nothing that words could add. */
  readonly next: Phrase | null;
};

/** The house as if it had only this room. */
const onlyRoom = (house: HouseSnapshot, roomId: string): HouseSnapshot => ({
  ...house,
  alarms: Object.fromEntries(Object.entries(house.alarms).filter(([, { room }]) => room.id === roomId)),
  devices: Object.fromEntries(Object.entries(house.devices).filter(([, device]) => device.roomId === roomId)),
});

const blindVerdict = (house: HouseSnapshot, roomId: string, live: boolean): readonly Phrase[] => {
  const lost = readingsIn(house, roomId, live).filter(
    ({ entity, state }) => entity.safety && state === 'blind',
  );
  const quantities = [...new Set(lost.map(({ entity }) => entity.quantity))];
  const unheard = quantities.map((quantity) => ({ key: `quantity.${quantity}` }));
  return [
    ...(unheard.length === 0 ? [] : [{ key: 'air.why.unheard', with: { quantities: unheard } }]),
    { key: 'home.why.blind' },
  ];
};

/** The worst of a room decides; danger stays danger while a sensor is silent. */
export const roomVerdict = (house: HouseSnapshot, card: RoomCardView, live: boolean): RoomVerdict => {
  const state = roomState(card, live);
  if (state === 'unwatched')
    return { state, why: [{ key: 'air.why.unwatched' }], next: { key: 'home.step.addSensor' } };
  if (state === 'blind') return { state, why: blindVerdict(house, card.room.id, live), next: null };
  if (state === 'safe' || state === 'trouble')
    return { state, why: [{ key: 'air.why.safe' }], next: { key: 'home.step.nothing' } };
  const room = onlyRoom(house, card.room.id);
  const alarm = subjectAlarm(room, state);
  if (alarm !== null) {
    const { why, next } = alarmVerdict(room, state, alarm, live);
    return { state, why, next };
  }
  const subject = subjectEntity(room, state);
  if (subject === null) {
    const unused = state === 'check' ? outOfUse(room) : null;
    if (unused !== null) return { state, why: outOfUseWhy(unused), next: { key: 'air.todo.disabled' } };
    return { state, why: [], next: { key: 'home.step.look' } };
  }
  const { why, next } = entityVerdict(state, subject);
  return { state, why, next };
};
