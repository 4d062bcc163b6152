import type { Result } from '../../shared/result.ts';
import type { Options } from '../abbreviations.ts';
import type { Command, Message } from '../command.ts';
import type { Control } from '../controlSchema.ts';
import type { EntityConfig } from '../entity.ts';
import type { Decoded, Known, Told } from '../told.ts';
import type { Settings } from './settings.ts';

/** One thing that an entity tells on a topic. */
export type Part = {
  /** Letters only. */
  readonly name: string;
  readonly topic: string;
} & (
  | {
      /** Jinja source that makes the text of the payload; null: the payload is the text. */
      readonly template: string | null;
      /** `retained`: the broker's memory of an earlier message. */
      readonly read: (text: string, retained: boolean) => Decoded;
      /** An empty text says something too; default: it says nothing and is dropped. */
      readonly mayBeEmpty?: true;
    }
  | {
      readonly readBytes: (payload: Uint8Array) => Decoded;
      /** Largest payload, bytes. */
      readonly maxBytes: number;
    }
);

/** The options of an entity that a platform reads; the others are those of every platform. */
export type Announced<S> = Partial<
  Pick<
    EntityConfig,
    | 'stateTopic'
    | 'valueTemplate'
    | 'commandTopic'
    | 'commandTemplate'
    | 'optimistic'
    | 'expireAfterMs'
    | 'offDelayMs'
    | 'unit'
  >
> & { readonly settings: S };

/** Options that an entity of the platform was announced with, and what follows from them. */
export type Context<S> = { readonly config: EntityConfig; readonly settings: S };

/** One platform of Home Assistant's MQTT discovery. Pure. */
export type Platform<S extends Settings> = {
  /** Names expanded, shared options merged. Throws `BadOption` for what Home Assistant refuses. */
  readonly announced: (options: Options) => Announced<S>;
  /** It tells bytes: an announced encoding means nothing to it. */
  readonly takesBytes?: true;
  /** Why it cannot be used although Home Assistant might; null: it can. */
  readonly fault?: (context: Context<S>) => string | null;
  readonly parts: (context: Context<S>) => readonly Part[];
} & (
  | { readonly control?: never }
  | {
      /** What may be asked; null: nothing. */
      readonly control: (context: Context<S>) => Control | null;
      /** Topics that commands may go to, beside the main one. */
      readonly moreTopics?: (context: Context<S>) => readonly (string | null)[];
      /** Asked only for what `control` offers. In the order of sending. */
      readonly encode: (context: Context<S>, command: Command, known: Known) => Result<readonly Message[]>;
      /** Whether what is known is what was asked. */
      readonly answers: (context: Context<S>, command: Command, known: Known) => boolean;
      /** What is taken for true once the command is sent; null: an answer is awaited. */
      readonly assumed: (context: Context<S>, command: Command) => Told | null;
    }
);
