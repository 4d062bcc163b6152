import type { Command, Message } from '../src/devices/command.ts';
import { Control } from '../src/devices/controlSchema.ts';
import { decodeAvailability } from '../src/devices/decode.ts';
import type { Discovered } from '../src/devices/discovery.ts';
import type { EntityAnnouncement, EntityConfig } from '../src/devices/entity.ts';
import { samplesOf } from '../src/devices/offer.ts';
import {
  answers,
  assumedBy,
  commandTopicsOf,
  controlOf,
  createDecoder,
  encodeCommand,
  inputsOf,
} from '../src/devices/platform.ts';
import { type Decoded, NOTHING_KNOWN } from '../src/devices/told.ts';
import { upgradeConfig } from '../src/devices/upgradeConfig.ts';

type Announced = Extract<Discovered, { kind: 'announced' }>;

/** What must hold of every announcement, whatever announced it: nothing grows, nothing is ambiguous. Throws what does not. */
export function expectBounded(found: Announced): void {
  if (found.entities.length > 64 || found.warnings.length > 65) throw new Error('too many');
  const names = [...found.entities.map(({ key }) => key), ...found.removedKeys];
  if (!names.every((key) => /^[a-zA-Z0-9_-]{1,64}$/.test(key))) throw new Error('a key');
  if (new Set(names).size !== names.length) throw new Error('a key twice');
  if (found.warnings.some((warning) => warning.length > 400)) throw new Error('a long warning');
  if (found.device.identifiers.length === 0) throw new Error('no identifier');
  for (const entity of found.entities) expectEntity(entity);
}

function expectEntity({ config, fault }: EntityAnnouncement): void {
  const heard = inputsOf(config).map(({ topic }) => topic);
  const exact = [...commandTopicsOf(config), ...config.availability.map(({ topic }) => topic)];
  if ([...heard, ...exact].some((topic) => topic === '' || /[#\p{Cc}]|^\$/u.test(topic)))
    throw new Error('a topic');
  if (exact.some((topic) => topic.includes('+'))) throw new Error('a pattern to publish on');
  if (heard.some((topic) => /\+$|\+\/[^/]*$/.test(topic))) throw new Error('a pattern without an end');
  if (new Set(heard).size !== heard.length) throw new Error('a topic twice');
  // What is stored comes back as it was.
  const stored = JSON.stringify(config);
  if (JSON.stringify(upgradeConfig(JSON.parse(stored))) !== stored) throw new Error('not durable');
  if (fault === null) expectCommands(config);
}

/** All that is offered can be sent, on the announced topics only. */
function expectCommands(config: EntityConfig): void {
  const control = controlOf(config);
  if (control === null) return;
  Control.parse(control);
  for (const command of samplesOf(control)) {
    const messages = encodeCommand(config, command);
    if (!messages.ok) throw new Error(`offered and refused: ${JSON.stringify(command)} ${messages.reason}`);
    expectMessages(config, messages.value);
  }
}

function expectMessages(config: EntityConfig, messages: readonly Message[]): void {
  const topics = commandTopicsOf(config);
  if (messages.some(({ topic }) => !topics.includes(topic))) throw new Error('a foreign topic');
  if (messages.length > 8 || messages.some(({ payload }) => payload.length > 70_000))
    throw new Error('much to send');
}

/** Asks for anything: it is refused, or goes to the announced topics. */
export function expectAnswered(config: EntityConfig, command: Command): void {
  const messages = encodeCommand(config, command);
  if (messages.ok) expectMessages(config, messages.value);
  const assumed = assumedBy(config, command);
  if (assumed !== null) expectDecoded({ kind: 'told', told: assumed });
  answers(config, command, NOTHING_KNOWN);
}

/** Lets the entity hear a payload on each of its topics: it answers with something bounded, or drops it. */
export function expectReadable(config: EntityConfig, payload: string | Uint8Array, retained: boolean): void {
  const decoder = createDecoder(config);
  for (const { part } of decoder.ok ? inputsOf(config) : []) {
    if (decoder.ok) expectDecoded(decoder.value.decode(part, payload, retained));
  }
  for (const topic of config.availability) decodeAvailability(topic, payload);
}

const isScalar = (value: unknown): boolean =>
  value === null ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value.length <= 255);

export function expectDecoded(decoded: Decoded): void {
  if (decoded.kind === 'drop') return expectTrue(decoded.reason.length <= 100, 'a long reason');
  if (decoded.kind === 'picture') return expectTrue(decoded.bytes.length <= 2_097_152, 'a large picture');
  const { value = null, attributes = {} } =
    decoded.kind === 'told' ? decoded.told : { value: decoded.event, attributes: decoded.attributes };
  expectTrue(isScalar(value), `the value ${String(value)}`);
  const names = Object.keys(attributes);
  expectTrue(names.length <= 48, 'many attributes');
  expectTrue(
    !names.some((name) => name.length > 64 || /^(__proto__|constructor|latitude)$/.test(name)),
    'a name',
  );
  expectTrue(Object.values(attributes).every(isScalar), `an attribute ${JSON.stringify(attributes)}`);
}

function expectTrue(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
