import { type AlarmRef, type AlarmRow, mayAcknowledge, mayReset, pointOf } from '../src/alarms/alarmRow.ts';
import type { Fact } from '../src/house/facts.ts';
import { type House, houseFrom, storedPart, wakeAt } from '../src/house/house.ts';
import { step } from '../src/house/step.ts';
import { getRow, rowsOf } from '../src/house/table.ts';
import { type Millis, SECOND_MS } from '../src/shared/time.ts';
import { at, deviceAnnounced, emptyHouse, ofType, reading } from './builders.ts';
import { QUIET_DEVICES } from './quietSensors.ts';
import { boardSiren, isOnline } from './soundingHome.ts';

export const SIRENS = [
  { id: 'siren-hall', room: 'hall' },
  { id: 'siren-bedroom', room: 'bedroom' },
] as const;

type Order = { readonly state: string; readonly tone?: string; readonly duration?: number };

export type QuietHubParts = {
  /** Wall clock at house time 0, epoch ms. */
  readonly begin: Millis;
  /** An alarm, or a trouble, as it stands once people were told of it, or it got worse or better. */
  readonly onAlarm: (row: AlarmRow, now: Millis) => void;
  /** A siren was told to sound, in whichever tone. */
  readonly onSiren: (id: string, tone: string, now: Millis) => void;
};

/** The hub of the quiet house: its own deadlines wake it, its sirens do as they are told, and it can start anew. */
export class QuietHub {
  readonly #parts: QuietHubParts;
  /** Until when a siren sounds by itself. */
  readonly #soundsUntil = new Map<string, Millis>();
  #house: House = emptyHouse();
  #now: Millis;

  constructor(now: Millis, parts: QuietHubParts) {
    this.#now = now;
    this.#parts = parts;
    this.#step({ type: 'brokerFound' });
    for (const { id, sensors, announcements } of QUIET_DEVICES) {
      this.#step(deviceAnnounced(id, announcements, { device: { suggestedArea: sensors[0]?.room ?? null } }));
    }
    for (const { id } of SIRENS) {
      this.#step({ type: 'devicePaired', deviceId: id, name: id, kind: 'board' });
      this.#step(deviceAnnounced(id, [boardSiren(id)], { pairedId: id }));
      this.#step(isOnline(id, true));
      this.#step(reading(`${id}.siren`, false, { quantity: 'siren' }));
    }
  }

  #step(fact: Fact): void {
    const outcome = step(this.#house, fact, at(this.#now, this.#parts.begin + this.#now));
    this.#house = outcome.house;
    for (const each of ofType(outcome.facts, 'alarmRaised')) this.#tell(each);
    for (const each of ofType(outcome.facts, 'alarmLevelChanged')) this.#tell(each);
    for (const effect of outcome.effects)
      if (effect.do === 'commandSiren') this.#obey(effect.topic, effect.payload);
  }

  #tell({ kind, entityId }: AlarmRef): void {
    const row = getRow(this.#house.alarms.rows, pointOf(kind, entityId));
    if (row === undefined) throw new Error(`${kind} of ${entityId} was told, and is no alarm.`);
    this.#parts.onAlarm(row, this.#now);
  }

  /** A siren of ours does as it is told, and says so. */
  #obey(topic: string, payload: string): void {
    const id = topic.slice(0, topic.indexOf('/'));
    const { state, tone = 'its own', duration = 60 } = JSON.parse(payload) as Order;
    const isOn = state === 'ON';
    if (isOn) {
      this.#parts.onSiren(id, tone, this.#now);
      this.#soundsUntil.set(id, this.#now + duration * SECOND_MS);
    } else this.#soundsUntil.delete(id);
    this.#step(reading(`${id}.siren`, isOn, { quantity: 'siren' }));
  }

  /** Lets time pass: the house's own deadlines come each at its millisecond, and sirens end by themselves. */
  to(ms: Millis): void {
    for (let due = wakeAt(this.#house); due !== null && due <= ms; due = wakeAt(this.#house)) {
      this.#now = Math.max(this.#now, due);
      this.#step({ type: 'clockReached' });
    }
    this.#now = Math.max(this.#now, ms);
    for (const [id, until] of this.#soundsUntil) {
      if (until > this.#now) continue;
      this.#soundsUntil.delete(id);
      this.#step(reading(`${id}.siren`, false, { quantity: 'siren' }));
    }
  }

  hear(ms: Millis, fact: Fact): void {
    this.to(ms);
    this.#step(fact);
  }

  /** Whoever is up looks at the list: sees what is there, and puts back what is over. */
  look(ms: Millis): void {
    this.to(ms);
    for (const [point, row] of [...rowsOf(this.#house.alarms.rows)]) {
      if (mayAcknowledge(row)) this.#step({ type: 'acknowledgeAsked', alarmId: row.alarmId, by: 'Sara' });
      const after = getRow(this.#house.alarms.rows, point);
      if (after !== undefined && mayReset(after))
        this.#step({ type: 'resetAsked', alarmId: after.alarmId, by: 'Sara' });
    }
  }

  /** The program was away until now: what is stored comes back, and nobody has been heard. */
  restart(ms: Millis): void {
    this.#now = ms;
    this.#house = houseFrom(JSON.parse(JSON.stringify(storedPart(this.#house))));
    this.#step({ type: 'houseResumed' });
    this.#foundBroker();
  }

  loseBroker(ms: Millis): void {
    this.hear(ms, { type: 'brokerLost' });
  }

  findBroker(ms: Millis): void {
    this.to(ms);
    this.#foundBroker();
  }

  /** The broker says again who is there. */
  #foundBroker(): void {
    this.#step({ type: 'brokerFound' });
    for (const { id } of SIRENS) this.#step(isOnline(id, true));
  }
}
