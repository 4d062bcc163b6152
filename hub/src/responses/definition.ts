import type { AlarmKind, AlarmLevel } from '../alarms/schema.ts';
import type { CommandRequest } from '../devices/requestSchema.ts';
import type { Component, Quantity } from '../devices/schema.ts';
import type { ResponseId } from './schema.ts';

/** Something that the house can switch. */
export type Actuator = {
  readonly id: string;
  readonly component: Component;
  readonly quantity: Quantity;
  readonly deviceClass: string | null;
};

/** One thing that the house does by itself. What stands here no setting changes. */
export type ResponseDefinition = {
  readonly id: ResponseId;
  /** Alarms for which it may be chosen at all. */
  readonly mayKinds: readonly AlarmKind[];
  /** … and for which it is chosen as long as the owner says nothing else. */
  readonly kinds: readonly AlarmKind[];
  /** At this level or a worse one, as long as the owner says nothing else. */
  readonly fromLevel: AlarmLevel;
  /** While one of these holds anywhere at the level of a warning, it is not done, whatever asks for it. */
  readonly blockedBy: readonly AlarmKind[];
  readonly command: CommandRequest;
  /** What ends it where the house itself began it; null: it stays as it is. */
  readonly handsBack: CommandRequest | null;
  /** It lasts until the condition has ended, or until a person has put the alarm back to normal. */
  readonly lasts: 'cleared' | 'normal';
  /** What does not answer is told again, and is trouble. */
  readonly insists: boolean;
  readonly mayUse: (actuator: Actuator) => boolean;
  /** What it uses as long as the owner has chosen nothing: nothing, what fits, or what another response uses. */
  readonly uses: 'nothing' | ((actuator: Actuator) => boolean) | { readonly sameAs: ResponseId };
};
