import { refused } from '../../shared/result.ts';
import { readNullable, readShort, readTemplate, requireTopic } from '../announcements/announcedOption.ts';
import { messageOf } from '../command.ts';
import { type Decoded, dropped, type Told } from '../told.ts';
import type { Platform } from './definition.ts';
import { isAssumed } from './onOff.ts';
import type { LockSettings } from './settings.ts';
import { readAnswering, statePart } from './statePart.ts';

/** Nothing moves and nothing is stuck. */
const AT_REST = { moving: null, jammed: null };

const MOVES = ['locking', 'unlocking', 'opening'] as const;

/** What a word of the state says. While the bolt moves nothing is said of where it is. */
function toldBy(settings: LockSettings, word: string): Told | null {
  switch (word) {
    case settings.stateLocked:
      return { value: false, attributes: { ...AT_REST, latch: null } };
    case settings.stateUnlocked:
      return { value: true, attributes: { ...AT_REST, latch: null } };
    case settings.stateOpen:
      return { value: true, attributes: { ...AT_REST, latch: 'open' } };
    case settings.stateJammed:
      return { value: null, attributes: { moving: null, jammed: true } };
    case settings.payloadReset:
      return { value: null, attributes: { ...AT_REST, latch: null } };
    default: {
      const words = [settings.stateLocking, settings.stateUnlocking, settings.stateOpening];
      const moving = MOVES[words.indexOf(word)];
      return moving === undefined ? null : { attributes: { moving, jammed: null } };
    }
  }
}

function lockFrom(text: string, settings: LockSettings): Decoded {
  const told = toldBy(settings, text);
  return told === null ? dropped('unknown-state') : { kind: 'told', told };
}

/** Where each command leads to: unlocked or not, and by which movement. */
const ASKED = {
  lock: { value: false, moving: 'locking' },
  unlock: { value: true, moving: 'unlocking' },
  open: { value: true, moving: 'opening' },
} as const;

const askedOf = (command: object) =>
  'do' in command && Object.hasOwn(ASKED, command.do as string)
    ? { verb: command.do as keyof typeof ASKED, ...ASKED[command.do as keyof typeof ASKED] }
    : null;

/** Source: ha-mqtt-discovery 9.4. True is unlocked, as in Home Assistant's binary sensors. */
export const lock: Platform<LockSettings> = {
  announced: (options) => ({
    ...readAnswering(options),
    commandTopic: requireTopic(options, 'command_topic'),
    commandTemplate: readTemplate(options, 'command_template'),
    valueTemplate: readTemplate(options, 'value_template'),
    settings: {
      component: 'lock',
      payloadLock: readShort(options, 'payload_lock') ?? 'LOCK',
      payloadUnlock: readShort(options, 'payload_unlock') ?? 'UNLOCK',
      payloadOpen: readNullable(options, 'payload_open', null),
      payloadReset: readShort(options, 'payload_reset') ?? 'None',
      stateLocked: readShort(options, 'state_locked') ?? 'LOCKED',
      stateLocking: readShort(options, 'state_locking') ?? 'LOCKING',
      stateUnlocked: readShort(options, 'state_unlocked') ?? 'UNLOCKED',
      stateUnlocking: readShort(options, 'state_unlocking') ?? 'UNLOCKING',
      stateJammed: readShort(options, 'state_jammed') ?? 'JAMMED',
      stateOpen: readShort(options, 'state_open') ?? 'OPEN',
      stateOpening: readShort(options, 'state_opening') ?? 'OPENING',
      codeFormat: readShort(options, 'code_format'),
    },
  }),
  parts: ({ config, settings }) => statePart(config, (text) => lockFrom(text, settings)),
  control: ({ settings }) => ({ is: 'lock', opens: settings.payloadOpen !== null }),
  encode({ config, settings }, command) {
    const asked = askedOf(command);
    if (asked === null) return refused('no-command');
    const { payloadLock, payloadUnlock, payloadOpen } = settings;
    const payload = { lock: payloadLock, unlock: payloadUnlock, open: payloadOpen }[asked.verb];
    if (payload === null) return refused('not-offered');
    return messageOf(config.commandTopic, config.commandTemplate, payload, { code: null });
  },
  answers(_context, command, { value, attributes }) {
    const asked = askedOf(command);
    return asked !== null && (value === asked.value || attributes.moving === asked.moving);
  },
  assumed({ config }, command) {
    const asked = askedOf(command);
    return asked !== null && isAssumed(config) ? { value: asked.value } : null;
  },
};
