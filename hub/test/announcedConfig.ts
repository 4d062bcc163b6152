import { readEntity } from '../src/devices/announcements/announcedEntity.ts';
import type { Command } from '../src/devices/command.ts';
import type { EntityConfig } from '../src/devices/entity.ts';
import { createDecoder, encodeCommand, inputsOf } from '../src/devices/platform.ts';
import type { Component } from '../src/devices/schema.ts';
import { type Known, NOTHING_KNOWN } from '../src/devices/told.ts';

/** The configuration of an entity that announces these options under their full names. Topics: state `s`, commands `c`. */
export function configOf(component: Component, options: object): EntityConfig {
  const entity = readEntity(component, 'x', { state_topic: 's', command_topic: 'c', ...options });
  if (!entity.ok) throw new Error(entity.reason);
  return entity.value.config;
}

/** Why the entity is left out, or the fault that it shows; null: neither. */
export function faultOf(component: Component, options: object): string | null {
  const entity = readEntity(component, 'x', options as Record<string, unknown>);
  return entity.ok ? entity.value.fault : `refused ${entity.reason}`;
}

/** A reader of what the entity says, by topic: what was told, or the reason of the drop. */
export function listen(component: Component, options: object) {
  const config = configOf(component, options);
  const decoder = createDecoder(config);
  if (!decoder.ok) throw new Error(decoder.reason);
  return (topic: string, payload: string | Uint8Array, retained = false): unknown => {
    const input = inputsOf(config).find((each) => each.topic === topic);
    if (input === undefined) return 'not heard';
    const decoded = decoder.value.decode(input.part, payload, retained);
    if (decoded.kind === 'drop') return `drop ${decoded.reason}`;
    return decoded.kind === 'told' ? decoded.told : decoded;
  };
}

/** What goes out for a command, as `topic payload`, or the reason of the refusal. */
export function sent(
  component: Component,
  options: object,
  command: Command,
  known: Known = NOTHING_KNOWN,
): string[] | string {
  const messages = encodeCommand(configOf(component, options), command, known);
  if (!messages.ok) return `refused ${messages.reason}`;
  return messages.value.map(({ topic, payload }) => `${topic} ${payload}`);
}
