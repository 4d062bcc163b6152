import type { Fact } from '../house/facts.ts';
import type { Effect, Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, setRow } from '../house/table.ts';
import { earliest, type Millis, type Moment, SECOND_MS } from '../shared/time.ts';
import type { Entity } from './entity.ts';
import { liveOf } from './heard.ts';
import { FOREIGN_TOPIC } from './ownTopics.ts';
import { assumedBy, encodeCommand } from './platform.ts';
import type { CommandRow, DevicesState } from './state.ts';

/** A device answers a command within this, or it is told as not answered, ms. Source: web.md §5 (5). */
export const ANSWER_MS: Millis = 5 * SECOND_MS;

type Asked = Extract<Fact, { type: 'commandAsked' }>;

/** Sends the command. What is switched without ever telling its state is assumed to have obeyed, and shown so. */
export function command(state: DevicesState, fact: Asked, now: Moment): Outcome<DevicesState> {
  const { entityId, on, by } = fact;
  const entity = getRow(state.entities, entityId);
  const effects = entity === undefined ? [] : effectsOf(entity, fact);
  if (entity === undefined || effects.length === 0) return { state };
  const assumed = assumedBy(entity.config, { on }) !== null;
  const dueAt = assumed ? null : now.mono + ANSWER_MS;
  const row: CommandRow = { on, by, phase: assumed ? 'assumed' : 'pending', dueAt };
  const live = assumed
    ? setRow(state.live, entityId, { ...liveOf(state, entityId), value: on, heardAt: now })
    : state.live;
  return {
    state: {
      ...state,
      live,
      commands: setRow(state.commands, entityId, row),
      wakeAt: earliest(state.wakeAt, dueAt),
    },
    facts: [{ type: 'commandSent', entityId, on, by }],
    effects,
  };
}

/** What goes out; nothing: the entity takes no commands, or its template says to send nothing. */
function effectsOf({ config, fault }: Entity, { on, tone }: Asked): readonly Effect[] {
  if (fault === FOREIGN_TOPIC) return [];
  const messages = encodeCommand(config, tone === null ? { on } : { on, tone });
  if (!messages.ok) return [];
  const siren = config.component === 'siren';
  return messages.value.map(({ topic, payload }) => ({
    do: siren ? 'commandSiren' : 'commandEntity',
    topic,
    payload,
    // A siren command that is lost is a siren that is silent: never QoS 0, whatever was announced.
    qos: siren || config.qos > 0 ? 1 : 0,
  }));
}

/** A state that an entity told: the answer to its pending command, when it is what was asked. */
export function confirm(
  state: DevicesState,
  entity: Entity,
  value: number | boolean | null,
): Outcome<DevicesState> {
  const row = getRow(state.commands, entity.id);
  if (row === undefined || row.on !== value || (row.phase !== 'pending' && row.phase !== 'timedOut')) {
    return { state };
  }
  const confirmed: CommandRow = { ...row, phase: 'confirmed', dueAt: null };
  return {
    state: { ...state, commands: setRow(state.commands, entity.id, confirmed) },
    facts: [{ type: 'commandConfirmed', entityId: entity.id, on: row.on }],
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
    facts.push({ type: 'commandTimedOut', entityId, on: row.on });
  }
  return { state: next, facts, next: due };
}
