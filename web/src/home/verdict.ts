import type { EntityView, HouseSnapshot, Verdict } from '@homeward/hub/api';
import { isFresh, isMute } from '../devices/freshness.ts';
import { agePhrase } from '../text/ages.ts';
import type { Phrase } from '../text/say.ts';
import { alarmVerdict, asideVerdict, entityVerdict, subjectAlarm, subjectEntity } from './danger.ts';
import { ajar, allShut, openingsOf } from './openings.ts';
import { roomPhrase } from './places.ts';
import {
  type BlindSpot,
  blindSpots,
  lostQuantities,
  type MuteSensors,
  muteFact,
  muteSensors,
  outOfUse,
  outOfUseSensors,
  outOfUseWhy,
} from './troubles.ts';
import type { VerdictView } from './verdictView.ts';

/** How sure we may be of what we hold. */
export type Hearing = { readonly live: boolean; readonly now: number };

/**
 * The verdict to show. A danger that was heard stays; without word from the hub, or with a silent sensor that life
 * depends on, nothing may look safe.
 */
export const shownVerdict = (house: HouseSnapshot, live: boolean): Verdict => {
  if (house.verdict === 'alarm' || house.verdict === 'warning') return house.verdict;
  return live && blindSpots(house).length === 0 ? house.verdict : 'blind';
};

/** Longer ago is not "just now", however seldom a sensor reports. */
const JUST_NOW_MS = 5 * 60_000;

/** A value that is fresh was heard within its span; one without a span speaks only when something happens. */
const isJustHeard = ({ at, reportEveryMs }: EntityView, now: number): boolean =>
  reportEveryMs !== null && at !== null && now - at <= JUST_NOW_MS;

/** How many watch, and whether all of them have just spoken or are only known to be there. */
const watchPhrase = (watching: readonly EntityView[], now: number): Phrase => {
  if (watching.length === 0) return { key: 'home.why.noSensor' };
  const word = watching.every((entity) => isJustHeard(entity, now)) ? 'heard' : 'there';
  return { key: `home.why.${word}`, n: watching.length };
};

const safeVerdict = (house: HouseSnapshot, now: number): VerdictView => {
  const watching = Object.values(house.devices)
    .flatMap((device) => Object.values(device.entities))
    .filter((entity) => entity.safety && !isMute(entity) && isFresh(entity));
  const openings = openingsOf(house);
  const open = ajar(openings);
  const why = [watchPhrase(watching, now)];
  if (open.length > 0)
    why.push({ key: 'home.why.open', n: open.length, with: { what: open.map((one) => one.name) } });
  else if (allShut(openings)) why.push({ key: 'home.why.closed' });
  return {
    state: 'safe',
    why,
    urgent: false,
    next: { key: watching.length === 0 ? 'home.step.addSensor' : 'home.step.nothing' },
    action: watching.length === 0 ? { kind: 'add' } : null,
  };
};

const lostSentence = (spot: BlindSpot, now: number): Phrase => {
  const gaps = { room: roomPhrase(spot.roomName), quantities: lostQuantities(spot) };
  return spot.lastAt === null
    ? { key: 'home.why.never', with: gaps }
    : { key: 'home.why.lost', with: { ...gaps, age: agePhrase(spot.lastAt, now) } };
};

const outOfUseView = (unused: MuteSensors): Pick<VerdictView, 'why' | 'next' | 'action'> => ({
  why: outOfUseWhy(unused),
  next: { key: 'air.todo.disabled' },
  action: { kind: 'device', deviceId: unused.first.id },
});

/** Blind although nothing fell silent: nothing watches at all, or a sensor tells what cannot be. */
const blindWithoutLoss = (house: HouseSnapshot): Pick<VerdictView, 'why' | 'next' | 'action'> => {
  const entities = Object.values(house.devices).flatMap((device) => Object.values(device.entities));
  if (!entities.some((entity) => entity.safety)) {
    // There is one, and it need not be bought again.
    const unused = outOfUseSensors(house);
    if (unused !== null) return outOfUseView(unused);
    return {
      why: [{ key: 'home.why.noSensor' }],
      next: { key: 'home.step.addSensor' },
      action: { kind: 'add' },
    };
  }
  const room = Object.values(house.rooms).find((one) => one.verdict === 'blind');
  return {
    why: [{ key: 'home.why.odd', with: { room: roomPhrase(room?.name ?? '') } }, { key: 'home.why.blind' }],
    next: { key: 'home.step.look' },
    action: null,
  };
};

const blindVerdict = (house: HouseSnapshot, hearing: Hearing): VerdictView => {
  const view = { state: 'blind', urgent: true } as const;
  if (!hearing.live) {
    return { ...view, why: [{ key: 'home.why.silent' }], next: { key: 'home.step.hub' }, action: null };
  }
  if (!house.brokerConnected)
    return { ...view, why: [{ key: 'home.why.blindAll' }], next: { key: 'home.step.broker' }, action: null };
  const spots = blindSpots(house);
  const [spot] = spots;
  if (spot === undefined) return { ...view, ...blindWithoutLoss(house) };
  return {
    ...view,
    why: [lostSentence(spot, hearing.now), { key: 'home.why.blind' }],
    next:
      spots.length === 1
        ? { key: 'home.step.plug', with: { device: spot.device.name } }
        : { key: 'home.step.plugs' },
    action: { kind: 'device', deviceId: spot.device.id },
  };
};

/** Nothing is wrong that anybody knows of, but a sensor could die unnoticed. */
const muteVerdict = (house: HouseSnapshot): VerdictView | null => {
  const mute = muteSensors(house);
  if (mute === null) return null;
  return {
    state: 'check',
    why: [muteFact(mute), { key: 'home.why.muteWhat', n: mute.n }],
    urgent: false,
    next: { key: 'home.step.test', n: mute.n },
    action: { kind: 'device', deviceId: mute.first.id },
  };
};

/** Nothing is wrong that anybody knows of, but something on which a life would depend is out of use. */
const outOfUseVerdict = (house: HouseSnapshot): VerdictView | null => {
  const unused = outOfUse(house);
  if (unused === null) return null;
  return { state: 'check', urgent: false, ...outOfUseView(unused) };
};

const dangerVerdict = (house: HouseSnapshot, state: Verdict, live: boolean): VerdictView => {
  const alarm = subjectAlarm(house, state);
  if (alarm !== null) return alarmVerdict(house, state, alarm, live);
  const subject = subjectEntity(house, state);
  if (subject !== null) return entityVerdict(state, subject);
  const aside = asideVerdict(house, state);
  if (aside !== null) return aside;
  const mute = state === 'check' ? (outOfUseVerdict(house) ?? muteVerdict(house)) : null;
  if (mute !== null) return mute;
  const room = Object.values(house.rooms).find((one) => one.verdict === state);
  return {
    state,
    why: room === undefined ? [] : [{ key: 'home.why.room', with: { room: roomPhrase(room.name) } }],
    urgent: state !== 'check',
    next: { key: state === 'check' ? 'home.step.look' : 'home.step.other' },
    action: null,
  };
};

export const verdictView = (house: HouseSnapshot, hearing: Hearing): VerdictView => {
  const state = shownVerdict(house, hearing.live);
  if (state === 'safe') return safeVerdict(house, hearing.now);
  if (state === 'blind') return blindVerdict(house, hearing);
  return dangerVerdict(house, state, hearing.live);
};
