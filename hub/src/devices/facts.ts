import type { ProblemCode } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { Command } from './command.ts';
import type { DeviceDescription, EntityAnnouncement } from './entity.ts';
import type { DeviceKind, Quantity } from './schema.ts';
import type { Attributes, Told, Value } from './told.ts';

/** An alarm message of an own board; its run and its number in it tell it from a double. */
type BoardAlarm = {
  readonly deviceId: string;
  readonly entityId: string;
  readonly boot: string;
  readonly seq: number;
  readonly value: number | boolean;
  readonly ageMs: Millis;
};

export type DeviceFact =
  | {
      readonly type: 'devicePaired';
      readonly deviceId: string;
      readonly name: string;
      readonly kind: DeviceKind;
      /** Of a gateway: its topic filters beside discovery. */
      readonly topics?: readonly string[];
      /** Who paired it; absent: from before that was noted. */
      readonly by?: string;
    }
  /**
   * A discovery message was read. An entity that it no longer names stays: a room that lost a sensor must turn blind,
   * not safe. Only `removedKeys` and an empty payload remove.
   */
  | {
      readonly type: 'deviceAnnounced';
      readonly discoveryTopic: string;
      /** Device id by the topic, when it is that of a paired board. */
      readonly pairedId: string | null;
      readonly device: DeviceDescription;
      readonly entities: readonly EntityAnnouncement[];
      /** Keys that the message removes (device form: a component with only its platform). */
      readonly removedKeys: readonly string[];
      /** The broker's memory of an earlier message. */
      readonly retained?: true;
      /** Devices with an alarm: in a full house they make way for nobody. Absent: the house is not full, or there is none. */
      readonly stays?: readonly string[];
    }
  /** What this topic announced will be announced on another one: clearing it removes nothing. */
  | { readonly type: 'announcementLeft'; readonly discoveryTopic: string }
  /** An announcement, or one entity of it, was not taken in. */
  | {
      readonly type: 'announcementRefused';
      readonly discoveryTopic: string;
      /** Of a new one the gateway that would bring it. Null: nobody that is in the registry. */
      readonly deviceId: string | null;
      readonly reason:
        | 'another-gateway'
        | 'announced-elsewhere'
        | 'too-many-devices'
        | 'too-many-of-gateway'
        | 'too-many-new-devices'
        | 'too-many-entities'
        | 'too-many-sirens';
    }
  /** An empty payload on a discovery topic: all that it announced is gone. */
  | { readonly type: 'announcementWithdrawn'; readonly discoveryTopic: string }
  | { readonly type: 'deviceAppeared'; readonly deviceId: string; readonly name: string }
  /** A new entity stands in the registry. */
  | { readonly type: 'entityAppeared'; readonly entityId: string }
  /** An entity is gone, or measures something else from now on: what was concluded from it ends. */
  | { readonly type: 'entityRetired'; readonly entityId: string }
  | {
      readonly type: 'deviceCorrected';
      readonly deviceId: string;
      readonly by: string;
      readonly name?: string | null;
      readonly room?: string;
      readonly entities?: Readonly<
        Record<
          string,
          { readonly name?: string | null | undefined; readonly quantity?: Quantity | null | undefined }
        >
      >;
    }
  | { readonly type: 'deviceRemoveAsked'; readonly deviceId: string; readonly by: string }
  | {
      readonly type: 'deviceRemoved';
      readonly deviceId: string;
      readonly name: string;
      readonly by: string | null;
    }
  /** An entity told its value. Null: it said that it does not know. */
  | {
      readonly type: 'reading';
      readonly entityId: string;
      readonly quantity: Quantity;
      readonly value: Value | null;
      /** What the same message told beside the value; absent: nothing. */
      readonly attributes?: NonNullable<Told['attributes']>;
      readonly unit: string | null;
      /** Replayed by the broker on subscription: age unknown. A number so replayed is no live value. */
      readonly retained: boolean;
      /** How old the news was when it came, ms; 0 when unknown. From the board's own clock (`upMs`). */
      readonly ageMs: Millis;
    }
  /** A message told only what stands beside the value. Null: that is gone. */
  | {
      readonly type: 'attributesHeard';
      readonly entityId: string;
      readonly attributes: NonNullable<Told['attributes']>;
      readonly retained: boolean;
    }
  /** Something happened, and is over: a key was pressed, a tag was read. */
  | {
      readonly type: 'eventHeard';
      readonly entityId: string;
      readonly event: string;
      readonly attributes: Attributes;
    }
  /** A picture came; its bytes are kept elsewhere. */
  | { readonly type: 'pictureHeard'; readonly entityId: string; readonly retained: boolean }
  /** An own board's alarm message, to be answered once it is on disk. Doubles by (boot, seq) change nothing. */
  | ({ readonly type: 'boardAlarmHeard' } & BoardAlarm)
  /** An alarm message that was not taken before. */
  | ({ readonly type: 'boardAlarmTaken' } & BoardAlarm)
  /** A board speaks with a boot id that was not its last one. */
  | {
      readonly type: 'boardStarted';
      readonly deviceId: string;
      readonly boot: string;
      /** For how long it had run when it said so, ms; absent: not known, it counts as just started. */
      readonly upMs?: Millis;
    }
  /** Messages of a topic came faster than they may and were dropped; told once a second while it lasts. */
  | { readonly type: 'surplusDropped'; readonly deviceId: string; readonly topic: string }
  | { readonly type: 'floodBegan'; readonly deviceId: string; readonly topic: string }
  /** It has kept within the rate for a minute. */
  | { readonly type: 'floodEnded'; readonly deviceId: string }
  /** The flood went on: the session through which it comes is ended. */
  | {
      readonly type: 'sessionEnded';
      readonly deviceId: string;
      readonly username: string;
      readonly topic: string;
    }
  /** One availability topic of an entity spoke. */
  | {
      readonly type: 'availabilityHeard';
      readonly entityId: string;
      readonly topic: string;
      readonly online: boolean;
    }
  | { readonly type: 'brokerFound' }
  | { readonly type: 'brokerLost' }
  /** An entity that was heard is silent for longer than it said it would be, or was announced as offline. */
  | { readonly type: 'entityLost'; readonly entityId: string; readonly deviceId: string }
  | { readonly type: 'entityFound'; readonly entityId: string; readonly deviceId: string }
  /** Somebody (a person's name) or a rule (an alarm id) wants an entity switched. */
  | {
      readonly type: 'commandAsked';
      readonly entityId: string;
      readonly command: Command;
      readonly by: string;
      /** It was asked before, and is sent once more in case it was not heard: the same command is no news. */
      readonly again?: true;
    }
  /** A command that was sent once more has found no answer: it does not count as confirmed any longer. */
  | { readonly type: 'answerMissed'; readonly entityId: string }
  /** Gas forbade it: nothing was sent. */
  | {
      readonly type: 'commandWithheld';
      readonly entityId: string;
      readonly command: Command;
      readonly by: string;
      readonly reason: ProblemCode;
    }
  /** A secret that was sent is not told: `command` is then without it. */
  | {
      readonly type: 'commandSent';
      readonly entityId: string;
      readonly command: Command;
      readonly by: string;
    }
  | { readonly type: 'commandConfirmed'; readonly entityId: string; readonly command: Command }
  | { readonly type: 'commandTimedOut'; readonly entityId: string; readonly command: Command };
