import { type Result, refused } from '../shared/result.ts';
import { attributesFrom } from './attributes.ts';
import type { Command, Message } from './command.ts';
import type { Control } from './controlSchema.ts';
import { createPartDecoder, type Decoder, inputsFrom, maxBytesOfParts, nameOf } from './decoder.ts';
import type { EntityConfig } from './entity.ts';
import { MAX_PAYLOAD_BYTES } from './json.ts';
import { refusalOf } from './offer.ts';
import type { Part } from './platforms/definition.ts';
import { platformOf } from './platforms/table.ts';
import { type Known, NOTHING_KNOWN, type Told } from './told.ts';

/** A topic to hear. `part` is what `createDecoder` wants to know of it. Each topic stands once. */
export type Input = { readonly topic: string; readonly part: string };

const contextOf = (config: EntityConfig) => ({ config, settings: config.settings });

function partsOf(config: EntityConfig): readonly Part[] {
  const own = platformOf(config.settings).parts(contextOf(config));
  const parts = config.echoes === undefined ? own : withEchoes(own, config.stateTopic, config.echoes);
  const { attributesTopic: topic, attributesTemplate: template } = config;
  if (topic === null) return parts;
  return [...parts, { name: 'attributes', topic, template, read: attributesFrom }];
}

const withEchoes = (parts: readonly Part[], topic: string | null, echoes: readonly string[]): Part[] => [
  ...parts,
  ...echoes.flatMap((echo) =>
    parts.filter((part) => part.topic === topic).map((part) => ({ ...part, topic: echo })),
  ),
];

/** Every topic that the entity speaks on, but for its availability. */
export const inputsOf = (config: EntityConfig): readonly Input[] =>
  [...inputsFrom(partsOf(config))].map(([topic, parts]) => ({ topic, part: nameOf(parts) }));

/** Largest payload of that part, bytes: 64 KiB, and 2 MiB for a picture. */
export function maxBytesOf(config: EntityConfig, part: string): number {
  for (const parts of inputsFrom(partsOf(config)).values()) {
    if (nameOf(parts) === part) return maxBytesOfParts(parts);
  }
  return MAX_PAYLOAD_BYTES;
}

/** The decoder of an entity; a refusal is the fault that the entity shows. */
export function createDecoder(config: EntityConfig): Result<Decoder> {
  return config.text ? createPartDecoder(partsOf(config)) : refused('unsupported-encoding: raw bytes');
}

/** What may be asked of it; null: nothing. */
export function controlOf(config: EntityConfig): Control | null {
  return platformOf(config.settings).control?.(contextOf(config)) ?? null;
}

/** Every topic that a command to it may go to. */
export function commandTopicsOf(config: EntityConfig): readonly string[] {
  const { commandTopic, settings } = config;
  const platform = platformOf(settings);
  const more = platform.control === undefined ? [] : (platform.moreTopics?.(contextOf(config)) ?? []);
  return [commandTopic, ...more].filter((topic) => topic !== null);
}

/**
 * What to send, in order. Refused: `no-command` and `not-offered` (it takes no such command), `nothing-to-send` (its template says
 * so), `template: …`. Unless the entity has the fault `no-command-payload` it succeeds for every sort of command that `controlOf` offers; of
 * choices only the first was tried (`samplesOf`).
 */
export function encodeCommand(
  config: EntityConfig,
  command: Command,
  known: Known = NOTHING_KNOWN,
): Result<readonly Message[]> {
  const platform = platformOf(config.settings);
  const context = contextOf(config);
  const control = platform.control?.(context) ?? null;
  if (platform.control === undefined || control === null) return refused('no-command');
  const reason = refusalOf(control, command);
  return reason === null ? platform.encode(context, command, known) : refused(reason);
}

/** Whether what is known of it now is what the command asked for. */
export function answers(config: EntityConfig, command: Command, known: Known): boolean {
  const platform = platformOf(config.settings);
  return platform.control !== undefined && platform.answers(contextOf(config), command, known);
}

/** What is taken for true once the command is sent, for an entity that never answers or asks not to wait; null: an answer is awaited. */
export function assumedBy(config: EntityConfig, command: Command): Told | null {
  const platform = platformOf(config.settings);
  return platform.control === undefined ? null : platform.assumed(contextOf(config), command);
}

/** Why it cannot be used although Home Assistant might; null: it can. */
export const platformFault = (config: EntityConfig): string | null =>
  platformOf(config.settings).fault?.(contextOf(config)) ?? null;
