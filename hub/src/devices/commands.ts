import type { Fact } from '../house/facts.ts';
import type { Effect, Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, setRow } from '../house/table.ts';
import { earliest, MINUTE_MS, type Millis, type Moment, SECOND_MS } from '../shared/time.ts';
import { withTold } from './attributes.ts';
import type { Command } from './command.ts';
import type { Entity } from './entity.ts';
import { liveOf } from './heard.ts';
import { isClosing } from './mayCommand.ts';
import { answers, assumedBy, controlOf, encodeCommand } from './platform.ts';
import type { CommandRow } from './rows.ts';
import type { Component } from './schema.ts';
import type { DevicesState } from './state.ts';
import type { Known, Told } from './told.ts';
import { FOREIGN_TOPIC } from './topics/ownTopics.ts';

/** A device answers a command within this, or it is told as not answered, real ms. Source: web.md §5 (5). */
export const ANSWER_MS: Millis = 5 * SECOND_MS;

/** … of house time: a message is no sooner there because the house's clock runs fast. */
export const answerSpanMs = ({ speed }: DevicesState): Millis => ANSWER_MS * speed;

/** What moves or copies takes its time to be as it was asked, ms: a motor lock some 10 s, a shutter a minute, an update minutes. */
const SLOW_ANSWER_MS: Partial<Record<Component, Millis>> = {
  lock: 20 * SECOND_MS,
  cover: 2 * MINUTE_MS,
  valve: 2 * MINUTE_MS,
  update: 15 * MINUTE_MS,
};

/** How long this entity may take to answer, ms of house time. */
export const answerMsOf = (state: DevicesState, { config }: Entity): Millis =>
  Math.max(SLOW_ANSWER_MS[config.component] ?? 0, answerSpanMs(state));

type Asked = Extract<Fact, { type: 'commandAsked' }>;

/** Sends the command. What is commanded without ever telling its state is assumed to have obeyed, and shown so. */
export function command(state: DevicesState, fact: Asked, now: Moment): Outcome<DevicesState> {
  const { entityId, by } = fact;
  const entity = getRow(state.entities, entityId);
  const effects = entity === undefined ? [] : effectsOf(entity, fact.command, liveOf(state, entityId));
  if (entity === undefined || effects.length === 0) return { state };
  if (fact.again && isNoNews(state, entity, fact.command)) return { state, effects };
  const secret = isSecret(entity);
  const said = secret ? WITHOUT_SECRET : fact.command;
  // A secret is not kept to be compared with an answer.
  const assumed = secret ? NOTHING_TOLD : assumedBy(entity.config, fact.command);
  const dueAt = assumed === null ? now.mono + answerMsOf(state, entity) : null;
  const row: CommandRow = { command: said, by, phase: assumed === null ? 'pending' : 'assumed', dueAt };
  return {
    state: {
      ...state,
      live: assumed === null ? state.live : assume(state, entityId, assumed, now),
      commands: setRow(state.commands, entityId, row),
      wakeAt: earliest(state.wakeAt, dueAt),
    },
    facts: [{ type: 'commandSent', entityId, command: said, by }],
    effects,
  };
}

/** It was told the same before, and is as it was told, as far as it says. Then nothing changes, and nobody waits for an answer. */
function isNoNews(state: DevicesState, entity: Entity, asked: Command): boolean {
  const row = getRow(state.commands, entity.id);
  if (row === undefined || !isSame(row.command, asked)) return false;
  return row.phase !== 'confirmed' || answers(entity.config, asked, liveOf(state, entity.id));
}

function isSame(a: Command, b: Command): boolean {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => right.some(([k, v]) => k === key && v === value))
  );
}

/** What was confirmed once, or assumed, is neither when nothing is heard of it any more. */
export function missAnswer(state: DevicesState, entityId: string): Outcome<DevicesState> {
  const row = getRow(state.commands, entityId);
  if (row?.phase !== 'confirmed' && row?.phase !== 'assumed') return { state };
  return {
    state: { ...state, commands: setRow(state.commands, entityId, { ...row, phase: 'timedOut' }) },
    facts: [{ type: 'commandTimedOut', entityId, command: row.command }],
  };
}

const WITHOUT_SECRET: Command = { set: '' };
const NOTHING_TOLD: Told = {};

/** Whether what it is set to is nobody's business: a password. */
export function isSecret({ config }: Entity): boolean {
  if (config.component !== 'text') return false;
  const control = controlOf(config);
  return control?.is === 'text' && control.secret;
}

function assume(state: DevicesState, entityId: string, told: Told, now: Moment): DevicesState['live'] {
  const old = liveOf(state, entityId);
  const value = told.value === undefined ? {} : { value: told.value, heardAt: now };
  const attributes = withTold(old.attributes, told.attributes);
  return setRow(state.live, entityId, { ...old, ...value, attributes });
}

/** What goes out; nothing: the entity takes no such command, or its template says to send nothing. */
function effectsOf({ config, fault }: Entity, asked: Command, known: Known): readonly Effect[] {
  if (fault !== null && MUTE.has(fault)) return [];
  const messages = encodeCommand(config, asked, known);
  if (!messages.ok) return [];
  const siren = config.component === 'siren';
  const closes = config.component === 'valve' && isClosing(asked);
  return messages.value.map(({ topic, payload }) => ({
    do: siren ? 'commandSiren' : closes ? 'closeValve' : 'commandEntity',
    topic,
    payload,
    // A siren command that is lost is a siren that is silent, and gas goes on flowing: never QoS 0, whatever was announced.
    qos: siren || closes || config.qos > 0 ? 1 : 0,
  }));
}

/** Faults of entities that speak of what is not theirs: they are never commanded. */
const MUTE: ReadonlySet<string> = new Set([FOREIGN_TOPIC]);

/** An entity told something: the answer to its pending command, when it is now as was asked. */
export function confirm(state: DevicesState, entityId: string): Outcome<DevicesState> {
  const row = getRow(state.commands, entityId);
  const entity = getRow(state.entities, entityId);
  const isOpen = row?.phase === 'pending' || row?.phase === 'timedOut';
  if (row === undefined || entity === undefined || !isOpen) return { state };
  if (!answers(entity.config, row.command, liveOf(state, entityId))) return { state };
  const confirmed: CommandRow = { ...row, phase: 'confirmed', dueAt: null };
  return {
    state: { ...state, commands: setRow(state.commands, entityId, confirmed) },
    facts: [{ type: 'commandConfirmed', entityId, command: row.command }],
  };
}

/** Commands whose answer is overdue. Answers what is due next. */
export function endCommands(
  state: DevicesState,
  now: Millis,
): Outcome<DevicesState> & { next: Millis | null } {
  let next = state;
  let due: Millis | null = null;
  const facts: Fact[] = [];
  for (const [entityId, row] of rowsOf(state.commands)) {
    if (row.dueAt === null) continue;
    if (row.dueAt > now) {
      due = earliest(due, row.dueAt);
      continue;
    }
    next = { ...next, commands: setRow(next.commands, entityId, { ...row, phase: 'timedOut', dueAt: null }) };
    facts.push({ type: 'commandTimedOut', entityId, command: row.command });
  }
  return { state: next, facts, next: due };
}
