import { type Result, refused } from '../../shared/result.ts';
import type { Options } from '../abbreviations.ts';
import { BadOption, readFlag, readShort, readTemplate, readTopic } from '../announcements/announcedOption.ts';
import { type Command, type Message, messageOf } from '../command.ts';
import { decimalOf } from '../decimal.ts';
import { isRecord, parseJsonText } from '../json.ts';
import { type Decoded, dropped, type Told, UNKNOWN } from '../told.ts';
import type { Context, Part, Platform } from './definition.ts';
import { assumedOpening, isOpeningAnswer, readOpening, readSpan, toldByWord } from './opening.ts';
import type { CoverSettings, Span } from './settings.ts';
import { numberIn, percentIn } from './span.ts';
import { statePart } from './statePart.ts';

/** Options that say nothing without another; Home Assistant refuses such a cover. */
const NEEDS: readonly (readonly [key: string, other: string])[] = [
  ['value_template', 'state_topic'],
  ['position_template', 'position_topic'],
  ['set_position_topic', 'position_topic'],
  ['set_position_template', 'set_position_topic'],
  ['tilt_command_template', 'tilt_command_topic'],
  ['tilt_status_template', 'tilt_status_topic'],
];

function readCover(options: Options): CoverSettings {
  const lonely = NEEDS.find(([key, other]) => options[key] != null && options[other] == null);
  if (lonely !== undefined) throw new BadOption(lonely[0]);
  const tiltStatusTopic = readTopic(options, 'tilt_status_topic');
  return {
    component: 'cover',
    ...readOpening(options, 'STOP'),
    stateStopped: readShort(options, 'state_stopped') ?? 'stopped',
    positionTopic: readTopic(options, 'position_topic'),
    positionTemplate: readTemplate(options, 'position_template'),
    setPositionTopic: readTopic(options, 'set_position_topic'),
    setPositionTemplate: readTemplate(options, 'set_position_template'),
    tiltCommandTopic: readTopic(options, 'tilt_command_topic'),
    tiltCommandTemplate: readTemplate(options, 'tilt_command_template'),
    tiltStatusTopic,
    tiltStatusTemplate: readTemplate(options, 'tilt_status_template'),
    tiltOptimistic: tiltStatusTopic === null || readFlag(options, 'tilt_optimistic', false),
    tiltSpan: readSpan(options, 'tilt_min', 'tilt_max'),
  };
}

/** A number on the span as %, null when it is not known, undefined when it is no number. */
function percentFrom(said: unknown, span: Span): number | null | undefined {
  if (typeof said === 'string' && UNKNOWN.has(said.trim())) return null;
  const number = typeof said === 'string' ? decimalOf(said) : said;
  return typeof number === 'number' && Number.isFinite(number) ? percentIn(span, number) : undefined;
}

/** A number, or JSON with `position` and perhaps `tilt_position`. A text: why it cannot be read. */
function placeIn(text: string, settings: CoverSettings): Place | string {
  const json = text.trimStart().startsWith('{') ? parseJsonText(text) : null;
  if (json?.ok === false) return json.reason;
  const object = json?.ok === true && isRecord(json.value) ? json.value : { position: text };
  const position = percentFrom(object.position, settings.span);
  if (position === undefined) return 'not-a-number';
  const tilt = percentFrom(object.tilt_position, settings.tiltSpan);
  return { position, ...(tilt === undefined ? {} : { tilt }) };
}

type Place = { readonly position: number | null; readonly tilt?: number | null };

/**
 * Words and positions of one cover. Whoever has words for its state tells by them whether it is open; that it stopped does not say
 * where: then its position counts, which may come before or after.
 */
function createReader({ config, settings }: Context<CoverSettings>) {
  const hasWords = config.stateTopic !== null;
  let isStopped = false;
  let last: number | null = null;
  return {
    word(text: string): Decoded {
      const told = toldByWord(settings, text);
      isStopped = text === settings.stateStopped;
      if (told !== null) return { kind: 'told', told };
      if (!isStopped) return dropped('unknown-state');
      const value = last === null ? {} : { value: isOpen(last) };
      return { kind: 'told', told: { ...value, attributes: { moving: null } } };
    },
    position(text: string): Decoded {
      const attributes = placeIn(text, settings);
      if (typeof attributes === 'string') return dropped(attributes);
      last = attributes.position;
      const told: Told = hasWords && !isStopped ? { attributes } : { value: isOpen(last), attributes };
      return { kind: 'told', told };
    },
  };
}

const isOpen = (position: number | null): boolean | null => (position === null ? null : position > 0);

function tiltFrom(text: string, { tiltSpan }: CoverSettings): Decoded {
  const tilt = percentFrom(text, tiltSpan);
  return tilt === undefined ? dropped('not-a-number') : { kind: 'told', told: { attributes: { tilt } } };
}

function partsOf(context: Context<CoverSettings>): Part[] {
  const { config, settings } = context;
  const { positionTopic, positionTemplate, tiltStatusTopic, tiltStatusTemplate } = settings;
  const reader = createReader(context);
  const parts: Part[] = [...statePart(config, reader.word)];
  if (positionTopic !== null) {
    const { position: read } = reader;
    parts.push({ name: 'position', topic: positionTopic, template: positionTemplate, read });
  }
  if (tiltStatusTopic !== null) {
    const read = (text: string) => tiltFrom(text, settings);
    parts.push({ name: 'tilt', topic: tiltStatusTopic, template: tiltStatusTemplate, read });
  }
  return parts;
}

function encode({ config, settings }: Context<CoverSettings>, command: Command): Result<readonly Message[]> {
  const { payloadOpen, payloadClose, payloadStop, span, tiltSpan } = settings;
  // As Home Assistant names them.
  const ends = {
    position_open: span.open,
    position_closed: span.closed,
    tilt_min: tiltSpan.closed,
    tilt_max: tiltSpan.open,
  };
  if ('position' in command) {
    const { setPositionTopic, setPositionTemplate } = settings;
    const variables = { position: Math.round(command.position), ...ends };
    return messageOf(
      setPositionTopic,
      setPositionTemplate,
      String(numberIn(span, command.position)),
      variables,
    );
  }
  if ('tilt' in command) {
    const { tiltCommandTopic, tiltCommandTemplate } = settings;
    const variables = { tilt_position: Math.round(command.tilt), ...ends };
    return messageOf(
      tiltCommandTopic,
      tiltCommandTemplate,
      String(numberIn(tiltSpan, command.tilt)),
      variables,
    );
  }
  const payload =
    'do' in command
      ? { open: payloadOpen, close: payloadClose, stop: payloadStop }[command.do as 'open']
      : null;
  return payload == null ? refused('not-offered') : messageOf(config.commandTopic, null, payload);
}

/** Source: ha-mqtt-discovery 9.17. True is open, also in part; positions are told in %, 0 closed, whatever the device counts. */
export const cover: Platform<CoverSettings> = {
  announced(options) {
    const settings = readCover(options);
    const stateTopic = readTopic(options, 'state_topic');
    const tells = stateTopic !== null || settings.positionTopic !== null;
    return {
      stateTopic,
      optimistic: !tells || readFlag(options, 'optimistic', false),
      commandTopic: readTopic(options, 'command_topic'),
      valueTemplate: readTemplate(options, 'value_template'),
      settings,
    };
  },
  parts: partsOf,
  control({ config, settings }) {
    const isCommanded = config.commandTopic !== null;
    const { payloadOpen, payloadClose, payloadStop, setPositionTopic, tiltCommandTopic } = settings;
    const moves = isCommanded && payloadOpen !== null && payloadClose !== null;
    const stops = isCommanded && payloadStop !== null;
    const position = setPositionTopic !== null;
    const tilt = tiltCommandTopic !== null;
    return moves || stops || position || tilt ? { is: 'cover', moves, stops, position, tilt } : null;
  },
  moreTopics: ({ settings }) => [settings.setPositionTopic, settings.tiltCommandTopic],
  encode,
  answers: (_context, command, known) => isOpeningAnswer(command, known),
  assumed({ config, settings }, command) {
    const isAssumed = 'tilt' in command ? settings.tiltOptimistic || config.optimistic : config.optimistic;
    return isAssumed ? assumedOpening(command) : null;
  },
};
