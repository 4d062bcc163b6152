import type { Entity } from './devices/entity.ts';
import type { Component } from './devices/schema.ts';
import { measuredBy } from './devices/state.ts';
import { unitOf } from './devices/unit.ts';

/** What the values of an entity are to the history. */
const KINDS: Readonly<Record<Component, 'numbers' | 'states' | null>> = {
  sensor: 'numbers',
  number: 'numbers',
  binary_sensor: 'states',
  siren: 'states',
  switch: 'states',
  light: 'states',
  lock: 'states',
  cover: 'states',
  valve: 'states',
  update: 'states',
  device_tracker: 'states',
  // What tells words or pictures, or that something happened, has no history.
  button: null,
  select: null,
  text: null,
  event: null,
  image: null,
  camera: null,
  device_automation: null,
  tag: null,
};

/** How the readings of an entity are kept: `unit` null for none, and for all states. Null: it has no history. */
export function seriesOf(entity: Entity): { readonly states: boolean; readonly unit: string | null } | null {
  const kind = KINDS[entity.config.component];
  if (kind === null) return null;
  const states = kind === 'states';
  return { states, unit: states ? null : unitOf(measuredBy(entity), entity.config.unit) };
}
