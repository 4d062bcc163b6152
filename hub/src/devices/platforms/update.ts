import { refused } from '../../shared/result.ts';
import {
  asText,
  readShort,
  readTemplate,
  readTopic,
  requireTopic,
} from '../announcements/announcedOption.ts';
import { messageOf } from '../command.ts';
import type { Attribute } from '../controlSchema.ts';
import { isRecord, parseJsonText } from '../json.ts';
import { type Decoded, dropped, MAX_VALUE_CHARS } from '../told.ts';
import type { Context, Part, Platform } from './definition.ts';
import type { UpdateSettings } from './settings.ts';
import { statePart } from './statePart.ts';

type Read = (value: unknown) => Attribute | null | undefined;

/** A text; a number where a version is one. Undefined: not allowed, and a null is not. */
const textIn: Read = (value) => {
  const text = typeof value === 'boolean' ? undefined : asText(value);
  return text !== undefined && text.length <= MAX_VALUE_CHARS ? text : undefined;
};
/** Templates print "None" where the device does not know yet. */
const versionIn: Read = (value) => (value === 'None' ? null : textIn(value));
/** Only an address that a browser may be sent to; another is not kept. */
const addressIn: Read = (value) =>
  typeof value === 'string' && !/^https?:\/\//i.test(value) ? null : textIn(value);
const flagIn: Read = (value) => (typeof value === 'boolean' ? value : undefined);
const percentIn: Read = (value) => {
  if (value === null) return null;
  return typeof value === 'number' && value >= 0 && value <= 100 ? value : undefined;
};

/** The closed list of keys, what each may hold and what it is called here; null: it is not kept. Source: ha-mqtt-discovery 9.11. */
const KEYS: ReadonlyMap<string, { readonly name: string | null; readonly read: Read }> = new Map<
  string,
  { name: string | null; read: Read }
>([
  ['installed_version', { name: 'installedVersion', read: versionIn }],
  ['latest_version', { name: 'latestVersion', read: versionIn }],
  ['title', { name: 'title', read: textIn }],
  ['release_summary', { name: 'releaseSummary', read: textIn }],
  ['release_url', { name: 'releaseUrl', read: addressIn }],
  ['entity_picture', { name: null, read: (value) => (typeof value === 'string' ? null : undefined) }],
  ['in_progress', { name: 'inProgress', read: flagIn }],
  ['update_percentage', { name: 'percentage', read: percentIn }],
]);

/** What a state says, or the reason why nothing of it counts: one odd key spoils all. */
function attributesIn(object: Readonly<Record<string, unknown>>): Record<string, Attribute | null> | string {
  const attributes: Record<string, Attribute | null> = {};
  for (const [key, value] of Object.entries(object)) {
    const known = KEYS.get(key);
    const read = known?.read(value);
    if (known === undefined || read === undefined) return 'bad-update-key';
    if (known.name !== null) attributes[known.name] = read;
  }
  return attributes;
}

/** Both versions may come apart, so a decoder remembers them from message to message. */
function partsOf({ config, settings }: Context<UpdateSettings>): readonly Part[] {
  const announced = announcedOf(settings);
  let installed: Attribute | null = null;
  let latest: Attribute | null = null;

  function tell(said: Record<string, Attribute | null>): Decoded {
    if (said.installedVersion !== undefined) installed = said.installedVersion;
    if (said.latestVersion !== undefined) latest = said.latestVersion;
    const value = installed === null || latest === null ? null : installed !== latest;
    return { kind: 'told', told: { value, attributes: { ...said, ...announced } } };
  }

  function stateFrom(text: string): Decoded {
    const json = parseJsonText(text);
    if (!json.ok && json.reason !== 'not-json') return dropped(json.reason);
    if (!json.ok || !isRecord(json.value)) {
      return text.length <= MAX_VALUE_CHARS ? tell({ installedVersion: text }) : dropped('text-too-long');
    }
    const said = attributesIn(json.value);
    return typeof said === 'string' ? dropped(said) : tell(said);
  }

  const state = statePart(config, stateFrom);
  const { latestVersionTopic: topic, latestVersionTemplate: template } = settings;
  if (topic === null) return state;
  const read = (text: string): Decoded =>
    text.length <= MAX_VALUE_CHARS ? tell({ latestVersion: text }) : dropped('text-too-long');
  return [...state, { name: 'latestVersion', topic, template, read }];
}

/** What was announced of it holds, whatever a message says. */
function announcedOf({ title, releaseSummary, releaseUrl }: UpdateSettings): Record<string, string> {
  const address = addressIn(releaseUrl);
  return {
    ...(title === null ? {} : { title }),
    ...(releaseSummary === null ? {} : { releaseSummary }),
    ...(typeof address === 'string' ? { releaseUrl: address } : {}),
  };
}

/** Source: ha-mqtt-discovery 9.11. True: there is a newer version. */
export const update: Platform<UpdateSettings> = {
  announced: (options) => ({
    stateTopic: requireTopic(options, 'state_topic'),
    valueTemplate: readTemplate(options, 'value_template'),
    commandTopic: readTopic(options, 'command_topic'),
    settings: {
      component: 'update',
      latestVersionTopic: readTopic(options, 'latest_version_topic'),
      latestVersionTemplate: readTemplate(options, 'latest_version_template'),
      payloadInstall: readShort(options, 'payload_install'),
      title: readShort(options, 'title'),
      releaseSummary: readShort(options, 'release_summary'),
      releaseUrl: readShort(options, 'release_url'),
    },
  }),
  parts: partsOf,
  control: ({ config, settings }) =>
    config.commandTopic === null || settings.payloadInstall === null ? null : { is: 'update' },
  encode: ({ config, settings }) =>
    settings.payloadInstall === null
      ? refused('no-command')
      : messageOf(config.commandTopic, null, settings.payloadInstall),
  answers: (_context, _command, { value, attributes }) => value === false || attributes.inProgress === true,
  assumed: () => null,
};
