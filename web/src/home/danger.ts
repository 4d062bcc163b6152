import type { Alarm, AlarmKind, EntityView, HouseSnapshot, Quantity, Verdict } from '@homeward/hub/api';
import {
  asideWord,
  byUrgency,
  isSetAside,
  mayAcknowledge,
  mayReset,
  stepsOf,
  verdictOf,
} from '../alarms/life.ts';
import { alarmTitle, causePhrase } from '../alarms/why.ts';
import { isFresh } from '../devices/freshness.ts';
import { findEntity } from '../hub/house.ts';
import { measureText } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import { roomPhrase } from './places.ts';
import type { VerdictAction, VerdictView } from './verdictView.ts';

export type SubjectEntity = { readonly entity: EntityView; readonly roomName: string };

/** What a value over its limit is about, so that the step for it can be told. */
const KIND_OF: Partial<Record<Quantity, AlarmKind>> = {
  carbon_dioxide: 'co2',
  carbon_monoxide: 'co',
  lel_methane: 'gas',
  lel_lpg: 'gas',
  gas: 'gas',
  smoke: 'smoke',
  heat: 'heat',
  oxygen: 'oxygen-low',
  moisture: 'water',
  humidity: 'air-quality',
  pm1: 'air-quality',
  pm25: 'air-quality',
  pm4: 'air-quality',
  pm10: 'air-quality',
  nitrogen_dioxide: 'air-quality',
  ozone: 'air-quality',
  formaldehyde: 'air-quality',
  radon: 'air-quality',
  voc: 'air-quality',
  voc_index: 'air-quality',
  nox_index: 'air-quality',
};
const WITH_STEP: ReadonlySet<AlarmKind> = new Set([
  'co2',
  'co',
  'gas',
  'smoke',
  'heat',
  'oxygen-low',
  'oxygen-high',
  'water',
  'air-quality',
]);

/** The alarm that the verdict is about: of its level if there is one, else one that waits to be put back. */
export const subjectAlarm = (house: HouseSnapshot, state: Verdict): Alarm | null => {
  const alarms = Object.values(house.alarms)
    .filter((alarm) => !isSetAside(alarm))
    .toSorted(byUrgency);
  return (
    alarms.find((alarm) => verdictOf(alarm) === state) ??
    alarms.find((alarm) => alarm.state === 'latched') ??
    null
  );
};

/** The value that the verdict is about, when no alarm tells it. */
export const subjectEntity = (house: HouseSnapshot, state: Verdict): SubjectEntity | null => {
  for (const device of Object.values(house.devices)) {
    const entity = Object.values(device.entities).find((one) => one.level === state && isFresh(one));
    if (entity !== undefined) return { entity, roomName: house.rooms[device.roomId]?.name ?? '' };
  }
  return null;
};

const readsPhrase = (entity: EntityView): Phrase => {
  const quantity = { key: `quantity.${entity.quantity}` };
  return typeof entity.value === 'number'
    ? {
        key: 'home.why.reads',
        with: { quantity, value: measureText(entity.value, entity.unit, entity.quantity) },
      }
    : { key: 'home.why.tells', with: { quantity } };
};

const stepPhrase = (kind: AlarmKind | undefined, state: Verdict): Phrase => {
  if (state === 'alarm' && kind !== undefined) return { key: `alarms.step.${stepsOf(kind)}.one` };
  if (kind !== undefined && WITH_STEP.has(kind)) return { key: `home.step.${kind}` };
  return { key: state === 'check' ? 'home.step.look' : 'home.step.other' };
};

const actionOf = (alarm: Alarm, state: Verdict): VerdictAction | null => {
  if (mayReset(alarm)) return { kind: 'reset', alarm };
  if (state === 'alarm') return { kind: 'show', alarm };
  return mayAcknowledge(alarm) ? { kind: 'mine', alarm } : null;
};

const answerPhrase = (alarm: Alarm): Phrase =>
  alarm.acknowledgedBy === undefined
    ? { key: 'home.why.nobody' }
    : { key: 'home.why.someone', with: { name: alarm.acknowledgedBy } };

/** The second sentence: for a loud alarm who answered, for the rest what is measured now. */
const secondPhrase = (house: HouseSnapshot, state: Verdict, alarm: Alarm, live: boolean): Phrase => {
  if (state === 'alarm') return answerPhrase(alarm);
  if (!alarm.active)
    return alarm.acknowledgedBy === undefined ? { key: 'home.why.ended' } : answerPhrase(alarm);
  const entity = findEntity(house, alarm.entityId)?.entity;
  return live && entity !== undefined && isFresh(entity) ? readsPhrase(entity) : answerPhrase(alarm);
};

/** A part that does not work: which, and what is wrong with it. */
const troubleVerdict = (house: HouseSnapshot, state: Verdict, alarm: Alarm): VerdictView => {
  const device = findEntity(house, alarm.entityId)?.device;
  const cause = causePhrase(alarm, house);
  return {
    state,
    why:
      device === undefined
        ? [cause]
        : [{ key: 'home.why.over', with: { room: device.name, kind: { key: 'kindIn.trouble' } } }, cause],
    urgent: false,
    next: { key: 'home.step.look' },
    action: device === undefined ? null : { kind: 'device', deviceId: device.id },
  };
};

export const alarmVerdict = (
  house: HouseSnapshot,
  state: Verdict,
  alarm: Alarm,
  live: boolean,
): VerdictView =>
  alarm.kind === 'trouble' ? troubleVerdict(house, state, alarm) : airVerdict(house, state, alarm, live);

const airVerdict = (house: HouseSnapshot, state: Verdict, alarm: Alarm, live: boolean): VerdictView => ({
  state,
  why: [
    {
      key: 'home.why.over',
      with: { room: roomPhrase(alarm.room.name), kind: { key: `kindIn.${alarm.kind}` } },
    },
    secondPhrase(house, state, alarm, live),
  ],
  urgent: state !== 'check',
  next: alarm.active
    ? stepPhrase(alarm.kind, state)
    : { key: mayReset(alarm) ? 'home.step.reset' : 'home.step.seen' },
  action: actionOf(alarm, state),
});

/** A danger that was put aside: nobody is told of it, so the house is not well. Null: there is none of that verdict. */
export const asideVerdict = (house: HouseSnapshot, state: Verdict): VerdictView | null => {
  const alarm = Object.values(house.alarms)
    .filter((one) => isSetAside(one) && verdictOf(one) === state)
    .toSorted(byUrgency)[0];
  if (alarm === undefined) return null;
  return {
    state,
    why: [{ key: `alarms.banner.${asideWord(alarm)}`, with: { what: alarmTitle(alarm, house) } }],
    urgent: state !== 'check',
    next: { key: 'home.step.aside' },
    action: null,
  };
};

export const entityVerdict = (state: Verdict, { entity, roomName }: SubjectEntity): VerdictView => {
  const reads = readsPhrase(entity);
  const key = reads.key === 'home.why.reads' ? 'home.why.reading' : 'home.why.telling';
  return {
    state,
    why: [{ key, with: { ...reads.with, room: roomPhrase(roomName) } }],
    urgent: state !== 'check',
    next: stepPhrase(KIND_OF[entity.quantity], state),
    action: null,
  };
};
