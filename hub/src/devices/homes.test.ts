import { describe, expect, it } from 'vitest';
import { type GoldenDevice, type GoldenEntity, type Message, wireText } from '../../test/homes/golden.ts';
import { devicesOf, HOUSE } from '../../test/homes/houses.ts';
import { withTold } from './attributes.ts';
import { readDiscovery } from './discovery.ts';
import type { EntityAnnouncement } from './entity.ts';
import { answers, assumedBy, controlOf, createDecoder, encodeCommand, inputsOf } from './platform.ts';
import type { Control } from './schema.ts';
import { type Known, NOTHING_KNOWN, type Told } from './told.ts';
import { reaches } from './topicFilter.ts';

/** Tasmota's own discovery is another language. */
const DEVICES = devicesOf(HOUSE).filter(
  ({ announces }) => !announces[0]?.topic.startsWith('tasmota/discovery/'),
);

/** What is announced; a text: why nothing is. */
function announcedBy(message: Message): EntityAnnouncement | string {
  const found = readDiscovery(message.topic, wireText(message));
  if (found.kind === 'withdrawn') return found.kind;
  return found.kind === 'announced' ? (found.entities[0] ?? 'nothing') : found.reason;
}

const knownWith = (known: Known, { value, attributes }: Told): Known => ({
  value: value === undefined ? known.value : value,
  attributes: withTold(known.attributes, attributes),
});

/** An entity that hears messages, as the wire would let it. */
function hearing({ config, fault }: EntityAnnouncement) {
  const decoder = fault === null ? createDecoder(config) : null;
  let known = NOTHING_KNOWN;
  return {
    hear(messages: readonly Message[]): Known {
      for (const message of messages) {
        const input = inputsOf(config).find(({ topic }) => reaches(topic, message.topic));
        if (input === undefined || decoder?.ok !== true) continue;
        const decoded = decoder.value.decode(input.part, wireText(message), false);
        if (decoded.kind === 'told') known = knownWith(known, decoded.told);
        if (decoded.kind === 'event') known = { value: decoded.event, attributes: decoded.attributes };
      }
      return known;
    },
    assume: (told: Told): Known => {
      known = knownWith(known, told);
      return known;
    },
    known: () => known,
  };
}

function expectShown(known: Known, { value, attributes = {} }: GoldenEntity['shows'], what: string): void {
  expect(known.value, what).toEqual(value);
  expect(known.attributes, what).toMatchObject(attributes);
}

/** Colour temperatures are told in whole kelvins. */
function expectControl(control: Control | null, wanted: Control | null): void {
  const white = wanted?.is === 'light' ? wanted.colorTempK : null;
  if (white == null) return expect(control).toEqual(wanted);
  const colorTempK = { min: Math.round(white.min), max: Math.round(white.max) };
  expect(control).toEqual({ ...wanted, colorTempK });
}

type Heard = ReturnType<typeof hearing>;

function expectObeyed(said: EntityAnnouncement, heard: Heard, entity: GoldenEntity): void {
  for (const { asks, sends, answers: messages, after } of entity.commands ?? []) {
    const what = JSON.stringify(asks);
    const sent = encodeCommand(said.config, asks, heard.known());
    const topics = sent.ok ? sent.value.map(({ topic }) => topic).sort() : sent.reason;
    expect(topics, what).toEqual(sends.map(({ topic }) => topic).sort());
    const assumed = assumedBy(said.config, asks);
    if (assumed !== null) heard.assume(assumed);
    expectShown(heard.hear(messages), after, what);
    expect(assumed !== null || answers(said.config, asks, heard.known()), what).toBe(true);
  }
}

type Case = [name: string, GoldenDevice, GoldenEntity, EntityAnnouncement | string];
const CASES = DEVICES.flatMap((device) =>
  device.entities.map(
    (entity, at): Case => [
      `${device.system}, ${device.name}: ${entity.component} ${entity.key}`,
      device,
      entity,
      announcedBy(device.announces[at] as Message),
    ],
  ),
);

describe('what gateways really publish is read as it is meant', () => {
  it.each(CASES)('%s', (_name, device, entity, said) => {
    if (typeof said === 'string') return expect(said).toContain(`not-enabled: ${entity.fault}`);
    expect(said.fault).toBe(entity.fault ?? null);
    const { component } = said.config;
    expect([component, said.quantity]).toEqual([entity.component, entity.quantity]);
    if (said.fault !== null) return;
    expectControl(controlOf(said.config), entity.control);
    const heard = hearing(said);
    expectShown(heard.hear([...device.availability, ...device.states]), entity.shows, 'after all states');
    for (const told of entity.tells ?? []) expectShown(heard.hear([told]), told, wireText(told));
    expectObeyed(said, heard, entity);
  });
});
