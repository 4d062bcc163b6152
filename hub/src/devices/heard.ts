import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, setRow } from '../house/table.ts';
import { earlier, earliest, MINUTE_MS, type Millis, type Moment, SECOND_MS } from '../shared/time.ts';
import { withTold } from './attributes.ts';
import type { Entity } from './entity.ts';
import { noteGateway } from './gateways.ts';
import { readingOf } from './reading.ts';
import type { Live } from './rows.ts';
import { LIFE_QUANTITIES } from './schema.ts';
import { type DevicesState, isOnBattery, quantityOf, withLive } from './state.ts';
import { NOTHING_KNOWN, type Value } from './told.ts';

/** A life-safety sensor that announced no `expire_after` counts as silent after this, ms. Source: safety.md §3.2. */
export const SILENT_MS: Millis = 180 * SECOND_MS;

/** … or after three of its own usual spans, up to this, ms (EN 50131-5-3 class of two hours, safety.md §3.2). */
export const LONGEST_SILENT_MS: Millis = 130 * MINUTE_MS;

const UNHEARD: Live = {
  ...NOTHING_KNOWN,
  heardAt: null,
  everyMs: null,
  online: {},
  lastOnline: null,
  lost: false,
  silentAt: null,
  offAt: null,
};

export const liveOf = (state: DevicesState, entityId: string): Live =>
  getRow(state.live, entityId) ?? UNHEARD;

/** Whether its availability topics, if it has any, say that it can be heard. */
export function isOnline(entity: Entity, live: Live): boolean {
  const { availability, availabilityMode } = entity.config;
  if (availability.length === 0) return true;
  if (availabilityMode === 'latest') return live.lastOnline === true;
  const told = availability.map(({ topic }) => live.online[topic] === true);
  return availabilityMode === 'all' ? told.every(Boolean) : told.some(Boolean);
}

/** Whether what it says can be trusted to be the present state. */
export const isAvailable = (state: DevicesState, entity: Entity, live: Live): boolean =>
  state.brokerUp && !live.lost && isOnline(entity, live);

/** A life-safety sensor that somebody relies on: not a diagnostic of another. */
export const isSafety = (entity: Entity): boolean =>
  entity.config.entityCategory === null &&
  (entity.config.component === 'sensor' || entity.config.component === 'binary_sensor') &&
  LIFE_QUANTITIES.has(quantityOf(entity));

/** From now on the entity measures something else: what it said before was about another thing. */
export function forgetHeard(state: DevicesState, entityId: string): DevicesState {
  const live = getRow(state.live, entityId);
  if (live === undefined) return state;
  const unknown = { ...NOTHING_KNOWN, heardAt: null, everyMs: null, silentAt: null, offAt: null };
  const forgotten: Live = { ...live, ...unknown };
  return { ...state, live: setRow(state.live, entityId, forgotten) };
}

/** Whether its silence would be noticed. A contact that announces neither availability nor `expire_after` may be dead. */
export const isSupervised = (entity: Entity): boolean =>
  entity.config.availability.length > 0 || silenceOf(entity, null, false) !== null;

type Reading = Extract<Fact, { type: 'reading' }>;

export function takeReading(state: DevicesState, fact: Reading, now: Moment): Outcome<DevicesState> {
  const entity = getRow(state.entities, fact.entityId);
  if (entity === undefined) return { state };
  if (fact.retained && isMeasured(entity, fact.value)) return { state };
  const old = liveOf(state, entity.id);
  const attributes = withTold(old.attributes, fact.attributes);
  if (fact.retained) {
    // Known, but not heard: it has as long as ever to speak itself.
    const span = silenceIn(state, entity, old.everyMs);
    const silentAt = old.silentAt ?? (span === null ? null : now.mono + span);
    return { state: putLive(state, entity, { ...old, attributes, value: fact.value, silentAt }) };
  }
  const everyMs = usualSpan(state, old, now);
  // While its availability says "offline" a straggling value does not bring it back: only "online" does.
  const found = old.lost && isOnline(entity, old);
  const silentAfter = silenceIn(state, entity, everyMs);
  // Written out: this is done for every reading, and a spread costs ten times as much.
  const live: Live = {
    value: fact.value,
    attributes,
    heardAt: now,
    everyMs,
    online: old.online,
    lastOnline: old.lastOnline,
    lost: old.lost && !found,
    silentAt: silentAfter === null ? null : now.mono + silentAfter,
    offAt: offAtOf(entity, fact.value, now),
  };
  return {
    state: noteGateway(putLive(state, entity, live), entity.deviceId, now),
    facts: found ? [{ type: 'entityFound', entityId: entity.id, deviceId: entity.deviceId }] : [],
  };
}

/** A number that was measured, not set: what the broker replays of it says nothing about now. */
const isMeasured = (entity: Entity, value: Value | null): boolean =>
  typeof value === 'number' && entity.config.component === 'sensor';

/** What stands beside the value changes alone: that tells nothing of how old the value is. */
export function takeAttributes(
  state: DevicesState,
  fact: Extract<Fact, { type: 'attributesHeard' }>,
): Outcome<DevicesState> {
  const entity = getRow(state.entities, fact.entityId);
  if (entity === undefined) return { state };
  const old = liveOf(state, entity.id);
  const attributes = withTold(old.attributes, fact.attributes);
  return attributes === old.attributes
    ? { state }
    : { state: putLive(state, entity, { ...old, attributes }) };
}

type Happened = Extract<Fact, { type: 'eventHeard' | 'pictureHeard' }>;

/** An event is its last word, with when it was heard; of a picture only when is known here. */
export function takeHappened(state: DevicesState, fact: Happened, now: Moment): Outcome<DevicesState> {
  const entity = getRow(state.entities, fact.entityId);
  if (entity === undefined) return { state };
  const old = liveOf(state, entity.id);
  const said = fact.type === 'eventHeard' ? { value: fact.event, attributes: fact.attributes } : {};
  const isReplayed = fact.type === 'pictureHeard' && fact.retained;
  const heardAt = isReplayed ? old.heardAt : now;
  const found = !isReplayed && old.lost && isOnline(entity, old);
  return {
    state: noteGateway(
      putLive(state, entity, { ...old, ...said, heardAt, lost: old.lost && !found }),
      entity.deviceId,
      now,
    ),
    facts: found ? [{ type: 'entityFound', entityId: entity.id, deviceId: entity.deviceId }] : [],
  };
}

/** A span across a loss, or from before the broker came back, tells nothing of how often the sensor reports. */
function usualSpan(state: DevicesState, old: Live, now: Moment): Millis | null {
  if (old.heardAt === null || old.lost || old.heardAt.mono < state.brokerSince) return old.everyMs;
  const span = now.mono - old.heardAt.mono;
  return old.everyMs === null ? span : Math.round(old.everyMs * 0.75 + span * 0.25);
}

function offAtOf(entity: Entity, value: Value | null, now: Moment): Millis | null {
  const { offDelayMs } = entity.config;
  return value === true && offDelayMs !== null ? now.mono + offDelayMs : null;
}

const silenceIn = (state: DevicesState, entity: Entity, everyMs: Millis | null): Millis | null =>
  silenceOf(entity, everyMs, isOnBattery(state, entity.deviceId));

/** How long it may be silent, ms; null: a contact that speaks only when something happens. */
export function silenceOf(entity: Entity, everyMs: Millis | null, onBattery: boolean): Millis | null {
  const { expireAfterMs, component } = entity.config;
  if (expireAfterMs !== null) return expireAfterMs;
  if (component !== 'sensor' || !isSafety(entity)) return null;
  // It sleeps, and wakes when the value moves, or once an hour.
  if (onBattery) return LONGEST_SILENT_MS;
  return Math.min(LONGEST_SILENT_MS, Math.max(SILENT_MS, 3 * (everyMs ?? 0)));
}

function putLive(state: DevicesState, entity: Entity, live: Live): DevicesState {
  const wakeAt = earlier(earlier(state.wakeAt, live.silentAt), live.offAt);
  return withLive(state, setRow(state.live, entity.id, live), wakeAt);
}

export function takeAvailability(
  state: DevicesState,
  fact: Extract<Fact, { type: 'availabilityHeard' }>,
): Outcome<DevicesState> {
  const entity = getRow(state.entities, fact.entityId);
  if (entity === undefined) return { state };
  const old = liveOf(state, entity.id);
  const online =
    old.online[fact.topic] === fact.online ? old.online : { ...old.online, [fact.topic]: fact.online };
  const live: Live = { ...old, online, lastOnline: fact.online };
  const was = isOnline(entity, old);
  const is = isOnline(entity, live);
  if (was && !is) return lose(state, entity, live);
  return !was && is && live.lost ? find(state, entity, live) : { state: putLive(state, entity, live) };
}

export function lose(state: DevicesState, entity: Entity, live: Live): Outcome<DevicesState> {
  return {
    state: putLive(state, entity, { ...live, lost: true, silentAt: null }),
    facts: live.lost ? [] : [{ type: 'entityLost', entityId: entity.id, deviceId: entity.deviceId }],
  };
}

/**
 * Back online. What a sensor measures is known only when it speaks again; a contact speaks only when something happens,
 * so its last word stands, with its age.
 */
function find(state: DevicesState, entity: Entity, live: Live): Outcome<DevicesState> {
  const known = isMeasured(entity, live.value) ? { value: null, heardAt: null } : {};
  return {
    state: putLive(state, entity, { ...live, ...known, lost: false }),
    facts: [{ type: 'entityFound', entityId: entity.id, deviceId: entity.deviceId }],
  };
}

/** Who has been silent for too long, and which contacts go off by themselves. Answers what is due next. */
export function endSilences(
  state: DevicesState,
  now: Millis,
): Outcome<DevicesState> & { next: Millis | null } {
  let next = state;
  let due: Millis | null = null;
  const facts: Fact[] = [];
  for (const [entityId, before] of rowsOf(state.live)) {
    const entity = getRow(state.entities, entityId);
    if (entity === undefined) continue;
    let live = before;
    if (live.offAt !== null && live.offAt <= now) {
      live = { ...live, offAt: null };
      facts.push(readingOf(state, entity, false));
    }
    if (isSilent(state, live, now)) {
      live = { ...live, lost: true, silentAt: null };
      facts.push({ type: 'entityLost', entityId, deviceId: entity.deviceId });
    }
    if (live !== before) next = { ...next, live: setRow(next.live, entityId, live) };
    due = earliest(due, live.offAt, silentAtOf(state, live));
  }
  return { state: next, facts, next: due };
}

const isSilent = (state: DevicesState, live: Live, now: Millis): boolean => {
  const at = silentAtOf(state, live);
  return at !== null && at <= now;
};

/** When it counts as silent: not before the grace ends, and never while the broker is away. */
const silentAtOf = (state: DevicesState, live: Live): Millis | null =>
  live.silentAt === null || live.lost || !state.brokerUp ? null : Math.max(live.silentAt, state.graceUntil);
