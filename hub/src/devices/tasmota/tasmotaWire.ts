import { parseJsonText, textOf } from '../json.ts';
import { MAX_DEVICES } from '../places.ts';
import { withoutCrowds } from '../topics/crowdedTopics.ts';
import { FOREIGN_TOPIC, foreignTopic } from '../topics/ownTopics.ts';
import type { Listener } from '../topics/topicIndex.ts';
import type { WireContext, WireMessage } from '../wireContext.ts';
import {
  readTasmota,
  readTasmotaSensors,
  readTasmotaTopic,
  type TasmotaAnnounced,
  type TasmotaConfig,
  type TasmotaTopic,
  tasmotaQuestions,
} from './tasmota.ts';

/** Tasmotas that are remembered: as many as a house may have devices. A flood of invented addresses must not grow the memory. */
const MAX_KNOWN = MAX_DEVICES;

/** Largest message, bytes. Those of a device with every sensor have 3,000. */
const MAX_BYTES = 16_384;

/** The two messages of one device, as far as they were heard. */
type Known = { config: TasmotaConfig | null; sensors: Said | null };
type Said = { readonly text: string; readonly retain: boolean };
type Word = TasmotaTopic['word'];

/** Tasmota's own discovery messages become facts; its sensors only once it is known what it is. */
export function createTasmotaWire(
  { dispatch, drop, report, ask }: WireContext,
  crowd: (topic: string) => readonly Listener[],
) {
  const known = new Map<string, Known>();

  /** False: it is not let in, or speaks of what is not its own. */
  function tell(mac: string, word: Word, retain: boolean, said: TasmotaAnnounced): boolean {
    for (const warning of said.warnings) report(mac, warning);
    const discoveryTopic = `tasmota/discovery/${mac}/${word}`;
    const own = said.entities.map((entity) =>
      foreignTopic(entity, mac, false) === null ? entity : { ...entity, fault: FOREIGN_TOPIC },
    );
    const entities = withoutCrowds(own, discoveryTopic, crowd);
    const facts = dispatch({
      type: 'deviceAnnounced',
      discoveryTopic,
      pairedId: null,
      device: said.device,
      entities,
      removedKeys: [],
      ...(retain ? { retained: true } : {}),
    });
    const refused = facts.filter((fact) => fact.type === 'announcementRefused');
    for (const { deviceId, reason } of refused) drop(deviceId ?? mac, reason);
    return refused.length === 0 && entities.every(({ fault }) => fault !== FOREIGN_TOPIC);
  }

  function tellSensors(mac: string, { config, sensors }: Known): void {
    if (config === null || sensors === null) return;
    const read = readTasmotaSensors(config, sensors.text);
    if (read.ok) tell(mac, 'sensors', sensors.retain, read.value);
    else drop(mac, read.reason);
  }

  function takeConfig(mac: string, { text, retain }: Said, all: Known): void {
    const read = readTasmota({ mac, word: 'config' }, text);
    if (!read.ok) return drop(mac, read.reason);
    known.set(mac, all);
    const isNew = JSON.stringify(all.config) !== JSON.stringify(read.value.config);
    all.config = read.value.config;
    const isLetIn = tell(mac, 'config', retain, read.value.announced);
    if (isNew) tellSensors(mac, all);
    if (!isLetIn) return;
    for (const { topic, payload } of tasmotaQuestions(read.value.config)) ask?.(topic, payload);
  }

  function take({ mac, word }: TasmotaTopic, said: Said): void {
    const all = known.get(mac) ?? { config: null, sensors: null };
    if (!known.has(mac) && known.size >= MAX_KNOWN) return drop(mac, 'too-many');
    if (word === 'config') return takeConfig(mac, said, all);
    const json = parseJsonText(said.text);
    if (!json.ok) return drop(mac, json.reason);
    known.set(mac, all);
    all.sensors = said;
    tellSensors(mac, all);
  }

  function forget({ mac, word }: TasmotaTopic): void {
    const all = known.get(mac);
    if (all !== undefined) all[word] = null;
    if (all?.config === null && all.sensors === null) known.delete(mac);
    dispatch({ type: 'announcementWithdrawn', discoveryTopic: `tasmota/discovery/${mac}/${word}` });
  }

  return {
    take({ topic, payload, retain }: WireMessage): void {
      const place = readTasmotaTopic(topic);
      if (place === null) return;
      const text = payload.length > MAX_BYTES ? null : textOf(payload);
      if (text === null) drop(place.mac, payload.length > MAX_BYTES ? 'too-large' : 'not-utf8');
      else if (text === '') forget(place);
      else take(place, { text, retain });
    },
  };
}
