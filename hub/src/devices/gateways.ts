import { getRow, setRow } from '../house/table.ts';
import { MINUTE_MS, type Millis, type Moment } from '../shared/time.ts';
import type { Device, EntityConfig } from './entity.ts';
import { commandTopicsOf, inputsOf } from './platform.ts';
import { type DevicesState, putDevice } from './state.ts';
import { meet, reaches } from './topics/topicFilter.ts';
import { isPattern } from './topics/topicPatterns.ts';

/** A gateway that speaks all the time is noted once in this time, ms: its screen need not change with each reading. */
const NOTE_EVERY_MS: Millis = MINUTE_MS;

/** Every topic that an entity speaks or hears on. */
function* topicsOf(config: EntityConfig): Generator<string> {
  for (const { topic } of inputsOf(config)) yield topic;
  for (const { topic } of config.availability) yield topic;
  yield* commandTopicsOf(config);
}

/**
 * Gateways through which the entity may speak: those whose filters reach all of its topics that any gateway's reach. None: no
 * gateway has anything to do with it. Null: it reaches for topics of several that have not all of them.
 */
export function speakersOf(gateways: readonly Device[], config: EntityConfig): readonly string[] | null {
  let speakers: readonly string[] | null = null;
  for (const topic of gateways.length === 0 ? [] : topicsOf(config)) {
    // It leaves open by which gateway it comes.
    if (isPattern(topic)) continue;
    const here = gateways
      .filter((gateway) => gateway.topics?.some((filter) => reaches(filter, topic)))
      .map(({ id }) => id);
    if (here.length === 0) continue;
    const both: readonly string[] = speakers === null ? here : speakers.filter((id) => here.includes(id));
    if (both.length === 0) return null;
    speakers = both;
  }
  return speakers ?? [];
}

/** One entity of an announcement: as it would be, and as it was; undefined: it is new. */
export type Candidate = { readonly config: EntityConfig; readonly before: EntityConfig | undefined };

/**
 * The gateway through which a device speaks that announces these entities now; null: none.
 * @param bound the gateway that it spoke through until now, if it was known
 * @returns undefined when it is another one's device, speaks of another one's topics, or adds to a device of a gateway on topics
 * that are none of that one's
 */
export function gatewayFor(
  gateways: readonly Device[],
  bound: string | null,
  candidates: readonly Candidate[],
): string | null | undefined {
  if (isStrange(gateways, bound, candidates)) return undefined;
  let gateway = bound;
  for (const { config, before } of candidates) {
    const speakers = speakersOf(gateways, config);
    // Topics that no gateway reaches deafen an entity that was heard: only somebody else would announce that.
    const isDeafened = speakers?.length === 0 && bound !== null && isReached(gateways, before);
    const isAnothers = speakers?.length !== 0 && gateway !== null && speakers?.includes(gateway) === false;
    if (speakers === null || isDeafened || isAnothers) return undefined;
    gateway ??= speakers[0] ?? null;
  }
  return gateway;
}

/** Whether entities are new and none of all is on a topic that the device's gateway could use. */
function isStrange(
  gateways: readonly Device[],
  bound: string | null,
  candidates: readonly Candidate[],
): boolean {
  if (bound === null || candidates.every(({ before }) => before !== undefined)) return false;
  const filters = gateways.find(({ id }) => id === bound)?.topics ?? [];
  const isIts = (topic: string) => filters.some((filter) => meet(filter, topic));
  return !candidates.some(({ config }) => [...topicsOf(config)].some(isIts));
}

/** Whether it speaks on topics of a gateway: not on a pattern, which any of them may reach, nor where none does. */
const isReached = (gateways: readonly Device[], config: EntityConfig | undefined): boolean =>
  config !== undefined && speakersOf(gateways, config)?.length !== 0;

/** A device was heard: so was the gateway that it speaks through. */
export function noteGateway(state: DevicesState, deviceId: string, now: Moment): DevicesState {
  const gatewayId = getRow(state.devices, deviceId)?.gatewayId ?? null;
  if (gatewayId === null) return state;
  const last = getRow(state.gatewaysHeard, gatewayId);
  if (last !== undefined && now.mono - last.mono < NOTE_EVERY_MS) return state;
  return { ...state, gatewaysHeard: setRow(state.gatewaysHeard, gatewayId, now) };
}

/** The gateway is gone: whoever brings its devices next may have them. `leftAt`: now, epoch ms. */
export function releaseDevices(
  state: DevicesState,
  gatewayId: string,
  devices: Iterable<Device>,
  leftAt: number,
): DevicesState {
  let next = state;
  for (const device of devices) {
    if (device.gatewayId === gatewayId) next = putDevice(next, { ...device, gatewayId: null, leftAt });
  }
  return next;
}
