import type { Component } from '../../src/devices/schema.ts';
import {
  type Announced,
  entityOf,
  type GoldenDevice,
  type Json,
  type Looks,
  type Message,
} from './golden.ts';

/*
 * ESPHome with `mqtt:` and its defaults: abbreviations on, discovery and states retained, one topic per entity under the name of the
 * node, unique ids of the "legacy" kind, which two nodes may share.
 */

export type Node = {
  /** `esphome: name:`; also the topic prefix. */
  readonly name: string;
  readonly friendlyName: string;
  /** Lower case, without colons. */
  readonly mac: string;
  readonly board: string;
  readonly area?: string;
};

type Options = { readonly [key: string]: Json };

const VERSION = '2025.11.2 (Nov 12 2025, 18:04:31)';

const descriptionOf = ({ friendlyName, mac, board, area }: Node): Json => ({
  ids: mac,
  name: friendlyName,
  sw: VERSION,
  mdl: board,
  mf: 'Espressif',
  ...(area === undefined ? {} : { sa: area }),
  cns: [['mac', mac]],
});

/** Entities of a node. `name`: as in its configuration; the object id is made of it. */
export function esphome(node: Node) {
  // Byte by byte: a letter of two bytes becomes two underscores.
  const idOf = (name: string) =>
    Buffer.from(name.toLowerCase())
      .toString('latin1')
      .replace(/[^a-z0-9_-]/g, '_');
  const topic = (component: string, name: string, end: string) =>
    `${node.name}/${component}/${idOf(name)}/${end}`;

  function message(component: Component | 'fan', name: string, options: Options): Message {
    return {
      topic: `homeassistant/${component}/${node.name}/${idOf(name)}/config`,
      retain: true,
      payload: {
        ...options,
        name,
        avty_t: `${node.name}/status`,
        uniq_id: `ESP${component}${idOf(name)}`,
        dev: descriptionOf(node),
      },
    };
  }

  /** With a state topic, a command topic, or both. */
  function entity(
    component: Component,
    name: string,
    topics: 'told' | 'both' | 'commanded',
    options: Options,
    looks: Looks,
  ): Announced {
    const state = { stat_t: topic(component, name, 'state') };
    const command = { cmd_t: topic(component, name, 'command') };
    const own = { told: state, both: { ...state, ...command }, commanded: command }[topics];
    return {
      announces: message(component, name, { ...options, ...own }),
      entity: entityOf(idOf(name), component, { name, ...looks }),
    };
  }

  return {
    state: (component: string, name: string) => topic(component, name, 'state'),
    command: (component: string, name: string) => topic(component, name, 'command'),
    message,
    entity,
    sensor: (name: string, options: Options, looks: Looks): Announced =>
      entity('sensor', name, 'told', { ...options, stat_cla: 'measurement' }, looks),
  };
}

/** `states`: by state topic, as the node publishes them when it is connected. */
export function esphomeDevice(
  node: Node,
  parts: readonly Announced[],
  states: Readonly<Record<string, Json>>,
  passedOver: readonly Message[] = [],
): GoldenDevice {
  return {
    system: 'esphome',
    identifier: node.mac,
    name: node.friendlyName,
    manufacturer: 'Espressif',
    model: node.board,
    ...(node.area === undefined ? {} : { room: node.area }),
    announces: parts.map(({ announces }) => announces),
    passedOver,
    availability: [{ topic: `${node.name}/status`, payload: 'online', retain: true }],
    states: Object.entries(states).map(([topic, payload]) => ({ topic, payload, retain: true })),
    entities: parts.map(({ entity }) => entity),
  };
}
