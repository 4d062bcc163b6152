import type { Attribute, Control } from '../../src/devices/controlSchema.ts';
import type { CommandRequest } from '../../src/devices/requestSchema.ts';
import type { Component, Quantity } from '../../src/devices/schema.ts';

/** Systems whose messages are written down here, in their documented form. */
export type System = 'zigbee2mqtt' | 'esphome' | 'tasmota' | 'openmqttgateway' | 'openbeken';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Something that a gateway publishes. A payload that is no text is sent as JSON. */
export type Message = {
  readonly topic: string;
  readonly payload: Json;
  readonly retain?: boolean;
};

/** What an entity shows. */
export type Shown = {
  readonly value: number | boolean | string | null;
  /** Those that must be there; others may. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
};

/** A message, and what the entity shows after it. */
export type Told = Message & Shown;

export type GoldenCommand = {
  readonly asks: CommandRequest;
  /** What has to go out, in any order. Objects are compared as JSON, their numbers to 2 % or 1. */
  readonly sends: readonly Message[];
  /** What the device publishes when it has obeyed; none: it never answers, and the hub assumes. */
  readonly answers: readonly Message[];
  readonly after: Shown;
};

/** An entity as the hub must show it. */
export type GoldenEntity = {
  /** Object id of its discovery message: the id of the entity ends with it. */
  readonly key: string;
  readonly component: Component;
  readonly name: string | null;
  readonly quantity: Quantity;
  readonly unit: string | null;
  readonly control: Control | null;
  /** Once all states of its device were heard. */
  readonly shows: Shown;
  /** Beginning of its fault; absent: it has none. */
  readonly fault?: string;
  readonly tells?: readonly Told[];
  readonly commands?: readonly GoldenCommand[];
};

/** A device as its system announces it and as the hub must show it. */
export type GoldenDevice = {
  readonly system: System;
  /** What makes all its messages one device: its first identifier. */
  readonly identifier: string;
  readonly name: string;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly room?: string;
  readonly announces: readonly Message[];
  /** Messages that Homeward takes no entity from (a climate, a fan …): it passes over them without a word. */
  readonly passedOver?: readonly Message[];
  readonly availability: readonly Message[];
  readonly states: readonly Message[];
  readonly entities: readonly GoldenEntity[];
};

/** A message's payload as it goes over the wire. */
export const wireText = ({ payload }: Pick<Message, 'payload'>): string =>
  typeof payload === 'string' ? payload : JSON.stringify(payload);

/** One entity with the discovery message that announces it: all systems but Tasmota announce entity by entity. */
export type Announced = { readonly announces: Message; readonly entity: GoldenEntity };

/** What a builder fills in, so that an entity states only what is its own. */
export type Looks = Partial<Omit<GoldenEntity, 'key' | 'component'>> & Pick<GoldenEntity, 'quantity'>;

export const entityOf = (key: string, component: Component, looks: Looks): GoldenEntity => ({
  key,
  component,
  name: null,
  unit: null,
  control: null,
  shows: { value: null },
  ...looks,
});
