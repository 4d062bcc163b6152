import { ok, type Result, refused } from '../shared/result.ts';
import type { Options } from './abbreviations.ts';
import {
  asText,
  BadOption,
  readLabel,
  readQos,
  readShort,
  readTemplate,
  readTopic,
  readWord,
} from './announcedOption.ts';
import { readAvailability } from './availability.ts';
import type { EntityAnnouncement, EntityConfig } from './entity.ts';
import { entityKeyOf } from './entityKey.ts';
import { samplesOf } from './offer.ts';
import { controlOf, encodeCommand, platformFault } from './platform.ts';
import { PLATFORMS, type PlatformName } from './platforms/table.ts';
import { quantityOf } from './quantity.ts';
import { compileTemplate } from './template.ts';

/** Device classes whose value is a text or a date: no reading of ours. Source: ha-mqtt-discovery 9.1. */
const TEXT_CLASSES: ReadonlySet<string> = new Set(['enum', 'date', 'timestamp', 'uptime']);

/** Encodings that are UTF-8 by another name, or a part of it. */
const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'utf_8', 'ascii', 'us-ascii']);

function readCategory(component: PlatformName, options: Options): EntityConfig['entityCategory'] {
  const category = readWord(options, 'entity_category', [null, 'config', 'diagnostic']);
  const isReadOnly = component === 'sensor' || component === 'binary_sensor';
  // Home Assistant refuses such an entity.
  if (isReadOnly && category === 'config') throw new BadOption('entity_category');
  return category;
}

/** Options that the entities of every platform have, where the platform itself says nothing of them. */
const PLAIN = {
  stateTopic: null,
  valueTemplate: null,
  commandTopic: null,
  commandTemplate: null,
  optimistic: false,
  expireAfterMs: null,
  offDelayMs: null,
  unit: null,
};

function readConfig(component: PlatformName, options: Options): EntityConfig {
  return {
    component,
    ...PLAIN,
    ...PLATFORMS[component].announced(options),
    attributesTopic: readTopic(options, 'json_attributes_topic'),
    attributesTemplate: readTemplate(options, 'json_attributes_template'),
    ...readAvailability(options),
    qos: readQos(options),
    text: options.encoding !== '',
    deviceClass: readShort(options, 'device_class'),
    entityCategory: readCategory(component, options),
  };
}

/** Every template that it announced, of whatever part. */
function templatesOf(config: EntityConfig): readonly string[] {
  const named = Object.entries({ ...config.settings, ...config }).filter(([name]) =>
    name.endsWith('Template'),
  );
  const sources = [...named.map(([, source]) => source), ...config.availability.map((each) => each.template)];
  return sources.filter((source) => typeof source === 'string');
}

/** Why the entity cannot be read or switched although all its options are well formed; null: it can. */
function faultOf(config: EntityConfig, encoding: unknown): string | null {
  const said = (asText(encoding ?? undefined) ?? 'utf-8').slice(0, 32);
  if (!UTF8.has(said.toLowerCase())) return `unsupported-encoding: ${said === '' ? 'raw bytes' : said}`;
  for (const source of templatesOf(config)) {
    const template = compileTemplate(source);
    if (!template.ok) return template.reason;
  }
  return platformFault(config) ?? (canBeCommanded(config) ? null : 'no-command-payload');
}

/** Whether every command that is offered comes out as something to send: a siren that cannot sound is no siren. */
function canBeCommanded(config: EntityConfig): boolean {
  const control = controlOf(config);
  return control === null || samplesOf(control).every((command) => encodeCommand(config, command).ok);
}

/** "carbon_monoxide" or "Carbon-Monoxide" as a name: "Carbon monoxide". */
function nameFrom(word: string): string | null {
  const words = word.replace(/[_-]+/g, ' ').trim().slice(0, 128);
  return words === '' ? null : words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** As announced; an announced null is the device itself; without any name the device class gives one, else the key. */
function nameOf(options: Options, key: string, deviceClass: string | null): string | null {
  if (Object.hasOwn(options, 'name')) return readLabel(options, 'name');
  return nameFrom(deviceClass ?? key);
}

/**
 * One entity from its options, names and base topics expanded and shared options merged. A refusal names the option for which Home
 * Assistant would leave the entity out too (`bad-option: state_topic`), or says that its value is no reading
 * (`text-value: enum`). What is well formed but beyond us is announced with its `fault`.
 */
export function readEntity(
  component: PlatformName,
  announcedKey: string,
  options: Options,
): Result<EntityAnnouncement> {
  try {
    const config = readConfig(component, options);
    const { deviceClass, unit } = config;
    if (component === 'sensor' && TEXT_CLASSES.has(deviceClass ?? ''))
      return refused(`text-value: ${deviceClass}`);
    const name = nameOf(options, announcedKey, deviceClass);
    const uniqueId = readShort(options, 'unique_id');
    const hwQuantity = asText(options.hw_quantity) ?? null;
    const hints = { component, deviceClass, unit, hwQuantity, name, key: announcedKey, uniqueId };
    return ok({
      key: entityKeyOf(announcedKey),
      uniqueId,
      name,
      quantity: quantityOf(hints),
      fault: faultOf(config, options.encoding),
      config,
    });
  } catch (error) {
    if (error instanceof BadOption) return refused(`bad-option: ${error.message}`);
    throw error;
  }
}
