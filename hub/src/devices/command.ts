import { ok, type Result, refused } from '../shared/result.ts';
import type { CommandRequest } from './requestSchema.ts';
import { compileTemplate } from './templates/template.ts';
import { TemplateFault } from './templates/templateBudget.ts';

/** What is asked of an entity: exactly what a person may ask. */
export type Command = CommandRequest;

/** What goes out for a command. */
export type Message = { readonly topic: string; readonly payload: string };

/** The part of a command that switches on or off; null: it is another one. */
export const switching = (command: Command): Extract<Command, { on: boolean }> | null =>
  'on' in command ? command : null;

/** Variables of a command template, as Home Assistant names them. */
export type Variables = Readonly<Record<string, unknown>>;

/** The payload that a command template makes. Empty or "None": it says to send nothing (`nothing-to-send`). */
export function renderCommand(source: string, variables: Variables, value: unknown): Result<string> {
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

/** One message, its payload made by the template, or as it is without one. */
export function messageOf(
  topic: string | null,
  template: string | null,
  plain: string,
  variables: Variables = {},
): Result<readonly Message[]> {
  if (topic === null) return refused('no-command-topic');
  const payload = template === null ? ok(plain) : renderCommand(template, variables, plain);
  return payload.ok ? ok([{ topic, payload: payload.value }]) : payload;
}
