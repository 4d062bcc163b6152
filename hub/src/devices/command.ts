import { ok, type Result, refused } from '../shared/result.ts';
import type { EntityConfig } from './entity.ts';
import { compileTemplate } from './template.ts';
import { TemplateFault } from './templateBudget.ts';

/** What is asked of a siren or switch. Tone, duration and volume are for sirens; what one does not support is left out. */
export type Command = {
  readonly on: boolean;
  /** One of the announced tones; another is left out: a siren in its own tone is better than a silent one. */
  readonly tone?: string | null;
  /** Seconds, above 0; rounded up. */
  readonly durationS?: number | null;
  /** 0..1; values beyond are cut. */
  readonly volume?: number | null;
};

/** Longest duration that is sent. Seconds: a day. Every siren rule of ours ends far earlier. */
const MAX_DURATION_S = 86_400;

/** Variables of a siren command, as Home Assistant names and orders them. */
function sirenVariables(
  config: EntityConfig,
  command: Command,
  state: string,
): Record<string, string | number> {
  const variables: Record<string, string | number> = { state };
  if (!command.on) return variables;
  const { tone, durationS, volume } = command;
  if (typeof tone === 'string' && config.availableTones.includes(tone)) variables.tone = tone;
  if (config.supportsDuration && typeof durationS === 'number' && durationS > 0) {
    variables.duration = Math.min(Math.ceil(durationS), MAX_DURATION_S);
  }
  if (config.supportsVolume && typeof volume === 'number' && !Number.isNaN(volume)) {
    variables.volume_level = Math.min(Math.max(volume, 0), 1);
  }
  return variables;
}

/** Empty or "None": the template says to send nothing. */
function rendered(source: string, variables: Record<string, string | number>, value: string): Result<string> {
  const template = compileTemplate(source);
  if (!template.ok) return template;
  try {
    const text = template.value.render({ ...variables, value });
    return text === '' || text === 'None' ? refused('nothing-to-send') : ok(text);
  } catch (error) {
    if (error instanceof TemplateFault) return refused(`template: ${error.code}`);
    throw error;
  }
}

/**
 * The payload of a command. A siren without a template gets JSON (`{"state":"ON","duration":10}`), a switch its plain payload. A
 * refusal says why nothing can be sent.
 */
export function encodeCommand(config: EntityConfig, command: Command): Result<string> {
  const { component, commandTemplate, commandOffTemplate } = config;
  if (component !== 'siren' && component !== 'switch') return refused('no-command');
  if (config.commandTopic === null) return refused('no-command-topic');
  const value = command.on ? config.payloadOn : config.payloadOff;
  const variables = component === 'siren' ? sirenVariables(config, command, value) : {};
  const template = command.on ? commandTemplate : (commandOffTemplate ?? commandTemplate);
  if (template !== null) return rendered(template, variables, value);
  return ok(component === 'siren' ? JSON.stringify(variables) : value);
}
