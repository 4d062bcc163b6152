import type { Attribute } from './controlSchema.ts';

/** What an entity tells: a number, yes or no, or a text of at most `MAX_VALUE_CHARS`. */
export type Value = number | boolean | string;

/** Longest text that an entity may tell. Characters. Source: Home Assistant's limit of a state. */
export const MAX_VALUE_CHARS = 255;

/** Values beside the main one, by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** Only what one message says. Null: unknown now, or gone. A key that is absent: nothing was said of it. */
export type Told = {
  readonly value?: Value | null;
  readonly attributes?: Readonly<Record<string, Attribute | null>>;
};

/** What a payload says. A drop changes nothing; its reason is for the log. */
export type Decoded =
  | { readonly kind: 'told'; readonly told: Told }
  /** Something happened, and is over: a key was pressed, a tag was read. */
  | { readonly kind: 'event'; readonly event: string; readonly attributes: Attributes }
  | { readonly kind: 'picture'; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly kind: 'drop'; readonly reason: string };

/** What is known of an entity: its value and its attributes as they stand. */
export type Known = { readonly value: Value | null; readonly attributes: Attributes };

export const NOTHING_KNOWN: Known = { value: null, attributes: {} };

export const toldValue = (value: Value | null): Decoded => ({ kind: 'told', told: { value } });
export const dropped = (reason: string): Decoded => ({ kind: 'drop', reason });

/** What Home Assistant and its kin write when a value is not known. */
export const UNKNOWN: ReadonlySet<string> = new Set(['None', 'unknown', 'unavailable']);
