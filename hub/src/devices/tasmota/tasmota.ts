import { ok, type Result, refused } from '../../shared/result.ts';
import { readEntity } from '../announcements/announcedEntity.ts';
import type { DeviceDescription, EntityAnnouncement } from '../entity.ts';
import { readTasmotaConfig, type TasmotaConfig } from './tasmotaConfig.ts';
import { inputParts } from './tasmotaInputs.ts';
import type { TasmotaPart } from './tasmotaPart.ts';
import { relayParts } from './tasmotaRelays.ts';
import { tasmotaSensors } from './tasmotaSensors.ts';

export type { TasmotaConfig } from './tasmotaConfig.ts';

/** A message of Tasmota's own discovery. */
export type TasmotaTopic = { readonly mac: string; readonly word: 'config' | 'sensors' };

/** What one of its two messages announces. */
export type TasmotaAnnounced = {
  readonly device: DeviceDescription;
  readonly entities: readonly EntityAnnouncement[];
  /** What was passed over, as `reason: key`; for the log. */
  readonly warnings: readonly string[];
};

/** Where Tasmota announces itself. */
export const TASMOTA_FILTERS = ['tasmota/discovery/+/config', 'tasmota/discovery/+/sensors'] as const;

const TOPIC = /^tasmota\/discovery\/([0-9A-F]{12})\/(config|sensors)$/;

/** Null: not a topic of its discovery. */
export function readTasmotaTopic(topic: string): TasmotaTopic | null {
  const [, mac, word] = TOPIC.exec(topic) ?? [];
  if (mac === undefined) return null;
  return { mac, word: word === 'config' ? 'config' : 'sensors' };
}

/** What makes it known: its address, with colons as others write it too. */
const describe = ({ mac, dn, md, sw }: TasmotaConfig): DeviceDescription => ({
  identifiers: [mac, `mac:${mac.toLowerCase().replace(/(..)(?=.)/g, '$1:')}`],
  name: dn === '' ? null : dn,
  manufacturer: 'Tasmota',
  model: md === '' ? null : md,
  swVersion: sw === '' ? null : sw,
  suggestedArea: null,
  origin: 'Tasmota',
});

/** One that sleeps is "offline" most of the time: its will says nothing. */
const availabilityOf = ({ dslp, topics, onln, ofln }: TasmotaConfig) =>
  dslp === 1
    ? {}
    : {
        availability_topic: `${topics.report}LWT`,
        payload_available: onln,
        payload_not_available: ofln,
      };

function announced(config: TasmotaConfig, parts: readonly TasmotaPart[]): TasmotaAnnounced {
  const entities: EntityAnnouncement[] = [];
  const warnings: string[] = [];
  const availability = availabilityOf(config);
  for (const { component, key, options, echoes } of parts) {
    const unique_id = `${config.mac}_${component}_${key}`;
    const entity = readEntity(component, key, { ...availability, unique_id, ...options });
    if (entity.ok) entities.push({ ...entity.value, config: { ...entity.value.config, echoes } });
    else warnings.push(`${entity.reason}: ${key}`);
  }
  return { device: describe(config), entities, warnings };
}

/**
 * What a Tasmota says it is. The address stands in the topic and in the message, and must be the same.
 * Refused: `not-json` and its kin, `bad-tasmota: <option>`.
 */
export function readTasmota(
  { mac }: TasmotaTopic,
  payload: string,
): Result<{ config: TasmotaConfig; announced: TasmotaAnnounced }> {
  const config = readTasmotaConfig(payload);
  if (!config.ok) return config;
  if (config.value.mac !== mac) return refused('bad-tasmota: mac');
  return ok({
    config: config.value,
    announced: announced(config.value, [...relayParts(config.value), ...inputParts(config.value)]),
  });
}

/** What its sensors tell, once it is known what it is. Refused: `bad-tasmota: sn`. */
export function readTasmotaSensors(config: TasmotaConfig, payload: string): Result<TasmotaAnnounced> {
  const parts = tasmotaSensors(config, payload);
  return parts === null ? refused('bad-tasmota: sn') : ok(announced(config, parts));
}

/** What to ask it for, so that its states are known at once: they come every five minutes otherwise. */
export const tasmotaQuestions = ({ topics }: TasmotaConfig) => [
  { topic: `${topics.command}STATE`, payload: '' },
  { topic: `${topics.command}STATUS`, payload: '10' },
];
