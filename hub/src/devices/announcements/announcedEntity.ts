import { ok, type Result, refused } from '../../shared/result.ts';
import type { Options } from '../abbreviations.ts';
import { readAvailability } from '../availability.ts';
import type { EntityAnnouncement, EntityConfig } from '../entity.ts';
import { entityKeyOf } from '../entityKey.ts';
import { samplesOf } from '../offer.ts';
import { controlOf, createDecoder, encodeCommand, platformFault } from '../platform.ts';
import { PLATFORMS } from '../platforms/table.ts';
import { quantityOf } from '../quantity.ts';
import type { Component } from '../schema.ts';
import { compileTemplate } from '../templates/template.ts';
import {
  asText,
  BadOption,
  readFlag,
  readLabel,
  readQos,
  readShort,
  readTemplate,
  readTopic,
  readWord,
} from './announcedOption.ts';

/** Encodings that are UTF-8 by another name, or a part of it. */
const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'utf_8', 'ascii', 'us-ascii']);

function readCategory(component: Component, options: Options): EntityConfig['entityCategory'] {
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

function readConfig(component: Component, options: Options): EntityConfig {
  return {
    component,
    ...PLAIN,
    ...PLATFORMS[component].announced(options),
    attributesTopic: readTopic(options, 'json_attributes_topic'),
    attributesTemplate: readTemplate(options, 'json_attributes_template'),
    ...readAvailability(options),
    qos: readQos(options),
    text: PLATFORMS[component].takesBytes === true || options.encoding !== '',
    deviceClass: readShort(options, 'device_class'),
    entityCategory: readCategory(component, options),
  };
}

/** Every template that it announced, of whatever part. */
function templatesIn(part: object): readonly string[] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return /template$/i.test(name) ? [value] : [];
    return typeof value === 'object' && value !== null ? templatesIn(value) : [];
  });
}

/** Why payloads in that encoding cannot be read; null: they can. */
function encodingFault(component: Component, encoding: unknown): string | null {
  if (PLATFORMS[component].takesBytes === true) return null;
  const said = (asText(encoding ?? undefined) ?? 'utf-8').slice(0, 32);
  return UTF8.has(said.toLowerCase()) ? null : `unsupported-encoding: ${said === '' ? 'raw bytes' : said}`;
}

/** Why the entity cannot be read or switched although all its options are well formed; null: it can. */
function faultOf(config: EntityConfig, encoding: unknown): string | null {
  const unreadable = encodingFault(config.component, encoding);
  if (unreadable !== null) return unreadable;
  for (const source of templatesIn(config)) {
    const template = compileTemplate(source);
    if (!template.ok) return template.reason;
  }
  const decoder = createDecoder(config);
  if (!decoder.ok) return decoder.reason;
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

/** A sensor of a known quantity tells numbers, although it announced nothing that says so. */
function measuring(config: EntityConfig): EntityConfig {
  const { settings } = config;
  if (settings.component !== 'sensor' || settings.tells !== 'either') return config;
  return { ...config, settings: { ...settings, tells: 'number' } };
}

/**
 * One entity from its options, names and base topics expanded and shared options merged. A refusal names the option for which Home
 * Assistant would leave the entity out too (`bad-option: state_topic`), or says why one that nobody switched on
 * (`enabled_by_default: false`) could not be used anyway (`not-enabled: …`). What is well formed but beyond us is announced with its `fault`.
 */
export function readEntity(
  component: Component,
  announcedKey: string,
  options: Options,
): Result<EntityAnnouncement> {
  try {
    const config = readConfig(component, options);
    const { deviceClass, unit } = config;
    const fault = faultOf(config, options.encoding);
    if (fault !== null && !readFlag(options, 'enabled_by_default', true))
      return refused(`not-enabled: ${fault}`);
    const name = nameOf(options, announcedKey, deviceClass);
    const uniqueId = readShort(options, 'unique_id');
    const hwQuantity = asText(options.hw_quantity) ?? null;
    const hints = { component, deviceClass, unit, hwQuantity, name, key: announcedKey, uniqueId };
    const quantity = quantityOf(hints);
    return ok({
      key: entityKeyOf(announcedKey),
      uniqueId,
      name,
      quantity,
      fault,
      config: quantity === 'other' ? config : measuring(config),
    });
  } catch (error) {
    if (error instanceof BadOption) return refused(`bad-option: ${error.message}`);
    throw error;
  }
}
