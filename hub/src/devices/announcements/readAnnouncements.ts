import { getRow } from '../../house/table.ts';
import { topicOwner } from '../discoveryTopic.ts';
import { type DevicesState, entityIdsOf } from '../state.ts';
import type { WireMessage } from '../wireContext.ts';

/** Topics whose last announcement is remembered: as many as a house of 2,000 devices has. The oldest is forgotten. */
const MAX_TOPICS = 20_000;

type Read = { readonly print: string; readonly made: readonly unknown[] };

/**
 * Announcements that were read, and what the registry made of them. The same bytes on the same topic say nothing new as long as all
 * that stands as it was made: a gateway that starts anew repeats thousands.
 */
export function createReadAnnouncements(read: () => DevicesState) {
  const known = new Map<string, Read>();

  return {
    /** Whether it would change nothing. */
    isUnchanged({ topic, payload }: WireMessage): boolean {
      const old = known.get(topic);
      if (old === undefined) return false;
      const made = madeOf(read(), topic);
      const stands = made.length === old.made.length && made.every((row, n) => row === old.made[n]);
      return stands && old.print === printOf(payload);
    },
    /** It was taken in. `entities`: how many it named, 0 when not all of it was; of one that left others out it matters that it is said again. */
    note({ topic, payload }: WireMessage, entities: number): void {
      known.delete(topic);
      const state = read();
      if (entities === 0 || getRow(state.entitiesByTopic, topic)?.length !== entities) return;
      if (known.size >= MAX_TOPICS) known.delete(known.keys().next().value as string);
      known.set(topic, { print: printOf(payload), made: madeOf(state, topic) });
    },
  };
}

/**
 * All rows that an announcement on this topic is measured by, compared by identity: its devices with all their entities, for who
 * describes a device depends on them, gateways and rooms.
 */
function madeOf(state: DevicesState, topic: string): readonly unknown[] {
  const ids = getRow(state.entitiesByTopic, topic) ?? [];
  const deviceIds = new Set(ids.map((id) => getRow(state.entities, id)?.deviceId ?? ''));
  const made: unknown[] = [state.gateways, state.rooms, getRow(state.devices, topicOwner(topic)), ...ids];
  for (const deviceId of deviceIds) {
    made.push(getRow(state.devices, deviceId));
    for (const id of entityIdsOf(state, deviceId)) made.push(getRow(state.entities, id));
  }
  return made;
}

/** FNV-1a twice, 64 bits: a change is not overlooked by chance, and who seeks a collision fools himself alone. */
function printOf(payload: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (const byte of payload) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b);
  }
  return `${payload.length}.${a}.${b}`;
}
