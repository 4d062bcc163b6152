import { ok, type Result, refused } from '../shared/result.ts';
import type { Options } from './abbreviations.ts';
import {
  asText,
  BadOption,
  readFlag,
  readLabel,
  readQos,
  readShort,
  readSpanMs,
  readTemplate,
  readTexts,
  readTopic,
  readWord,
} from './announcedOption.ts';
import { readAvailability } from './availability.ts';
import { encodeCommand } from './command.ts';
import type { EntityAnnouncement, EntityConfig } from './entity.ts';
import { entityKeyOf } from './entityKey.ts';
import { quantityOf } from './quantity.ts';
import type { Component } from './schema.ts';
import { compileTemplate } from './template.ts';

/** Most tones that a siren may offer. */
const MAX_TONES = 32;

/** Device classes whose value is a text or a date: no reading of ours. Source: ha-mqtt-discovery 9.1. */
const TEXT_CLASSES: ReadonlySet<string> = new Set(['enum', 'date', 'timestamp', 'uptime']);

/** Encodings that are UTF-8 by another name, or a part of it. */
const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'utf_8', 'ascii', 'us-ascii']);

/** The topics a component needs. Source: ha-mqtt-discovery 9. */
function readTopics(
  component: Component,
  options: Options,
): Pick<EntityConfig, 'stateTopic' | 'commandTopic'> {
  const isSwitched = component === 'siren' || component === 'switch';
  const stateTopic = readTopic(options, 'state_topic');
  const commandTopic = isSwitched ? readTopic(options, 'command_topic') : null;
  if (isSwitched && commandTopic === null) throw new BadOption('command_topic');
  if (!isSwitched && stateTopic === null) throw new BadOption('state_topic');
  return { stateTopic, commandTopic };
}

function readCategory(component: Component, options: Options): EntityConfig['entityCategory'] {
  const category = readWord(options, 'entity_category', [null, 'config', 'diagnostic']);
  const isReadOnly = component === 'sensor' || component === 'binary_sensor';
  // Home Assistant refuses such an entity.
  if (isReadOnly && category === 'config') throw new BadOption('entity_category');
  return category;
}

type Payloads = Pick<EntityConfig, 'payloadOn' | 'payloadOff' | 'stateOn' | 'stateOff'>;

function readPayloads(component: Component, options: Options): Payloads {
  if (component === 'sensor') return { payloadOn: 'ON', payloadOff: 'OFF', stateOn: 'ON', stateOff: 'OFF' };
  const payloadOn = readShort(options, 'payload_on') ?? 'ON';
  const payloadOff = readShort(options, 'payload_off') ?? 'OFF';
  if (component === 'binary_sensor')
    return { payloadOn, payloadOff, stateOn: payloadOn, stateOff: payloadOff };
  const stateOn = readShort(options, 'state_on') ?? payloadOn;
  const stateOff = readShort(options, 'state_off') ?? payloadOff;
  return { payloadOn, payloadOff, stateOn, stateOff };
}

/** What only a siren or a switch has. */
function readSwitching(component: Component, options: Options, stateTopic: string | null) {
  const isSiren = component === 'siren';
  const isSwitched = isSiren || component === 'switch';
  return {
    commandTemplate: isSwitched ? readTemplate(options, 'command_template') : null,
    commandOffTemplate: isSiren ? readTemplate(options, 'command_off_template') : null,
    optimistic: isSwitched && (stateTopic === null || readFlag(options, 'optimistic', false)),
    availableTones: (isSiren ? readTexts(options, 'available_tones', MAX_TONES) : null) ?? [],
    supportsDuration: isSiren && readFlag(options, 'support_duration', true),
    supportsVolume: isSiren && readFlag(options, 'support_volume_set', true),
  };
}

function readConfig(component: Component, options: Options): EntityConfig {
  const topics = readTopics(component, options);
  const expires = component === 'sensor' || component === 'binary_sensor';
  return {
    component,
    ...topics,
    valueTemplate: readTemplate(options, component === 'siren' ? 'state_value_template' : 'value_template'),
    ...readSwitching(component, options, topics.stateTopic),
    ...readPayloads(component, options),
    ...readAvailability(options),
    expireAfterMs: expires ? readSpanMs(options, 'expire_after') : null,
    offDelayMs: component === 'binary_sensor' ? readSpanMs(options, 'off_delay') : null,
    qos: readQos(options),
    text: options.encoding !== '',
    deviceClass: readShort(options, 'device_class'),
    unit: component === 'sensor' ? readLabel(options, 'unit_of_measurement') : null,
    entityCategory: readCategory(component, options),
  };
}

/** Why the entity cannot be read or switched although all its options are well formed; null: it can. */
function faultOf(config: EntityConfig, encoding: unknown): string | null {
  const said = (asText(encoding ?? undefined) ?? 'utf-8').slice(0, 32);
  if (!UTF8.has(said.toLowerCase())) return `unsupported-encoding: ${said === '' ? 'raw bytes' : said}`;
  const { valueTemplate, commandTemplate, commandOffTemplate, availability } = config;
  const sources = [
    valueTemplate,
    commandTemplate,
    commandOffTemplate,
    ...availability.map((each) => each.template),
  ];
  for (const source of sources) {
    const template = source === null ? null : compileTemplate(source);
    if (template?.ok === false) return template.reason;
  }
  return canBeCommanded(config) ? null : 'no-command-payload';
}

/** Whether every command that the hub may give comes out as something to send: a siren that cannot sound is no siren. */
function canBeCommanded(config: EntityConfig): boolean {
  if (config.commandTopic === null) return true;
  const commands: Parameters<typeof encodeCommand>[1][] = [{ on: true }, { on: false }];
  for (const tone of config.availableTones) commands.push({ on: true, tone });
  return commands.every((command) => encodeCommand(config, command).ok);
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
  component: Component,
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
