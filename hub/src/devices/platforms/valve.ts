import { type Result, refused } from '../../shared/result.ts';
import { BadOption, readFlag, readTemplate, readTopic } from '../announcements/announcedOption.ts';
import { type Command, type Message, messageOf } from '../command.ts';
import { decimalOf } from '../decimal.ts';
import { isRecord, parseJsonText } from '../json.ts';
import { type Decoded, dropped, type Told } from '../told.ts';
import type { Context, Platform } from './definition.ts';
import { assumedOpening, isOpeningAnswer, readOpening, toldByWord } from './opening.ts';
import type { ValveSettings } from './settings.ts';
import { numberIn, percentIn } from './span.ts';
import { readAnswering, statePart } from './statePart.ts';

/** Options that mean nothing for a valve that reports its position; Home Assistant refuses them there. */
const WORDS = ['payload_open', 'payload_close', 'state_open', 'state_closed'] as const;

/** A whole word or number, or the two of them in JSON. */
type Said = { readonly state: unknown; readonly position: unknown };

function saidIn(text: string): Said | string {
  if (!text.trimStart().startsWith('{')) return { state: text, position: text };
  const json = parseJsonText(text);
  if (!json.ok) return json.reason;
  return isRecord(json.value) ? { state: json.value.state, position: json.value.position } : 'not-an-object';
}

function positionOf(said: unknown, { span }: ValveSettings): number | null {
  const number = typeof said === 'string' ? decimalOf(said) : said;
  return typeof number === 'number' && Number.isFinite(number) ? percentIn(span, number) : null;
}

/** Position and movement of a valve that tells its position. */
function reportedFrom({ state, position: said }: Said, settings: ValveSettings): Told | null {
  const word = typeof state === 'string' ? state : '';
  if (word === 'None') return { value: null, attributes: { position: null, moving: null } };
  const moving =
    word === settings.stateOpening ? 'opening' : word === settings.stateClosing ? 'closing' : null;
  const position = positionOf(said, settings);
  if (position === null) return moving === null ? null : { attributes: { moving } };
  // Without a word for it, only an end says that the movement is over.
  const isAtRest = moving === null && (position === 0 || position === 100);
  const movement = moving === null && !isAtRest ? {} : { moving };
  return { value: position > 0, attributes: { position, ...movement } };
}

function valveFrom(text: string, settings: ValveSettings): Decoded {
  const said = saidIn(text);
  if (typeof said === 'string') return dropped(said);
  if (settings.reportsPosition) {
    const told = reportedFrom(said, settings);
    return told === null ? dropped('not-a-number') : { kind: 'told', told };
  }
  const told = typeof said.state === 'string' ? toldByWord(settings, said.state) : null;
  return told === null ? dropped('unknown-state') : { kind: 'told', told };
}

function encode({ config, settings }: Context<ValveSettings>, command: Command): Result<readonly Message[]> {
  const { commandTopic, commandTemplate } = config;
  const { payloadOpen, payloadClose, payloadStop, reportsPosition, span } = settings;
  const verb = 'do' in command ? command.do : null;
  if (verb === 'stop') {
    return payloadStop === null
      ? refused('not-offered')
      : messageOf(commandTopic, commandTemplate, payloadStop);
  }
  if (reportsPosition) {
    const percent = 'position' in command ? command.position : verb === 'open' ? 100 : 0;
    const variables = {
      position: Math.round(percent),
      position_open: span.open,
      position_closed: span.closed,
    };
    return messageOf(commandTopic, commandTemplate, String(numberIn(span, percent)), variables);
  }
  const payload = verb === 'open' ? payloadOpen : payloadClose;
  return payload === null ? refused('not-offered') : messageOf(commandTopic, commandTemplate, payload);
}

/** Source: ha-mqtt-discovery 9.18. True is open, also in part. */
export const valve: Platform<ValveSettings> = {
  announced(options) {
    const reportsPosition = readFlag(options, 'reports_position', false);
    const odd = reportsPosition ? WORDS.find((key) => Object.hasOwn(options, key)) : undefined;
    if (odd !== undefined) throw new BadOption(odd);
    return {
      ...readAnswering(options),
      commandTopic: readTopic(options, 'command_topic'),
      commandTemplate: readTemplate(options, 'command_template'),
      valueTemplate: readTemplate(options, 'value_template'),
      settings: { component: 'valve', ...readOpening(options, null), reportsPosition },
    };
  },
  parts: ({ config, settings }) => statePart(config, (text) => valveFrom(text, settings)),
  control({ config, settings: { payloadOpen, payloadClose, payloadStop, reportsPosition } }) {
    if (config.commandTopic === null) return null;
    const moves = reportsPosition || (payloadOpen !== null && payloadClose !== null);
    const stops = payloadStop !== null;
    return moves || stops ? { is: 'valve', moves, stops, position: reportsPosition, tilt: false } : null;
  },
  encode,
  answers: (_context, command, known) => isOpeningAnswer(command, known),
  assumed: ({ config }, command) => (config.optimistic ? assumedOpening(command) : null),
};
