import { describe, expect, it } from 'vitest';
import {
  ack,
  CLOCK,
  type Doing,
  ended,
  letterOf,
  met,
  NONE,
  playAlarms,
  playEachSecond,
  putBack,
  reset,
  rowAt,
  shelve,
  takeOut,
  unshelve,
} from '../../test/alarmPlay.ts';
import type { Fact } from '../house/facts.ts';
import type { AlarmLevel } from './schema.ts';

/** Intrusion sounds and is no danger to life, so that all of the table can be tried with one alarm. */
const POINT = { kind: 'intrusion', entityId: 'hall.door' } as const;
const WHY: Fact = {
  ...met('alarm', { kind: 'trouble', entityId: '~power', roomId: 'unplaced', latching: false }),
};
const on = (level: AlarmLevel = 'alarm', latching = true) => met(level, { ...POINT, latching });
const off = ended(POINT.kind, POINT.entityId);
const suppress = (state: Parameters<Extract<Doing, (...args: never) => unknown>>[0]): Fact => ({
  type: 'suppressAsked',
  ...POINT,
  roomId: 'hall',
  alarmId: rowAt(state, 'trouble', '~power')?.alarmId ?? 'nobody',
});
const unsuppress: Fact = { type: 'suppressEnded', ...POINT };
const seen = (state: Parameters<typeof suppress>[0]): Fact => ({
  type: 'acknowledgeAsked',
  alarmId: rowAt(state, POINT.kind, POINT.entityId)?.alarmId ?? 'nobody',
  by: 'Ana',
});
const back = (state: Parameters<typeof suppress>[0]): Fact =>
  ({ ...seen(state), type: 'resetAsked' }) as Fact;

/** How each state is reached. Lower-case: put aside while the condition does not hold. */
const WAYS: Readonly<Record<string, readonly Doing[]>> = {
  A: [],
  B: [on()],
  C: [on(), seen],
  D: [on('alarm', false), off],
  E: [on(), off],
  F: [on(), seen, off],
  G: [on(), shelve(60, POINT)],
  g: [shelve(60, POINT)],
  H: [on(), suppress],
  h: [suppress],
  I: [on(), takeOut(POINT)],
  i: [takeOut(POINT)],
};

const EVENTS = {
  'condition true': on(),
  'condition clear': off,
  acknowledge: seen,
  reset: back,
  shelve: shelve(60, POINT),
  unshelve: unshelve(POINT),
  suppress,
  unsuppress,
  'take out': takeOut(POINT),
  'put back': putBack(POINT),
} as const satisfies Record<string, Doing>;

/** safety.md §1.4: where each event leads from each state. "." : nothing happens. "!": written down, same state. */
const TABLE = `
    condition true | condition clear | acknowledge | reset | shelve | unshelve | suppress | unsuppress | take out | put back
A | B              | .               | .           | .     | G      | .        | H        | .          | I        | .
B | .              | E               | C           | .     | G      | .        | H        | .          | I        | .
C | .              | F               | .           | .     | G      | .        | H        | .          | I        | .
D | B              | .               | A           | .     | G      | .        | H        | .          | I        | .
E | B              | .               | F           | .     | .      | .        | .        | .          | I        | .
F | B              | .               | .           | A     | .      | .        | .        | .          | I        | .
G | .              | !               | .           | .     | !      | B        | .        | .          | I        | .
g | !              | .               | .           | .     | !      | A        | .        | .          | I        | .
H | .              | !               | .           | .     | .      | .        | .        | B          | I        | .
h | !              | .               | .           | .     | .      | .        | .        | A          | I        | .
I | .              | !               | .           | .     | .      | .        | .        | .          | .        | B
i | !              | .               | .           | .     | .      | .        | .        | .          | .        | A
`;

const [heads = [], ...lines] = TABLE.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
const CELLS = lines.flatMap(([from = '', ...cells]) =>
  cells.map((to, n) => [from, heads[n] as keyof typeof EVENTS, to] as const),
);

describe('the table of ISA-18.2 (safety.md §1.4)', () => {
  it('has a cell for every state and every event', () => {
    expect(CELLS).toHaveLength(Object.keys(WAYS).length * Object.keys(EVENTS).length);
  });

  it.each(CELLS)('from %s by "%s" to %s', (from, event, to) => {
    const begun = playEachSecond([WHY, ...(WAYS[from] ?? [])]);
    // Long enough that two transitions more are no chatter.
    const { state } = playAlarms(begun.state, [[119_000, CLOCK]]);
    expect(letterOf(rowAt(state, POINT.kind, POINT.entityId))).toBe(from.toUpperCase());
    const after = playEachSecond([EVENTS[event]], state, 120_000);
    const row = rowAt(after.state, POINT.kind, POINT.entityId);
    expect(letterOf(row)).toBe(to === '.' || to === '!' ? from.toUpperCase() : to);
    const moves = after.facts.filter(({ type }) => type === 'alarmMoved');
    expect(moves).toHaveLength(to === '.' ? 0 : 1);
    if (to === '.') expect(after.state).toBe(state);
    else expect(moves[0]).toMatchObject({ row: row ?? null, to: row?.state ?? 'normal' });
  });
});

describe('what an alarm that ends needs', () => {
  it.each<[level: AlarmLevel, latching: boolean, unseen: string, seen: string]>([
    ['advisory', false, 'A', 'A'],
    ['advisory', true, 'A', 'A'],
    ['warning', false, 'D', 'A'],
    ['warning', true, 'D', 'A'],
    ['alarm', false, 'D', 'A'],
    ['alarm', true, 'E', 'F'],
    ['critical', false, 'D', 'A'],
    ['critical', true, 'E', 'F'],
  ])('%s, latching %s: %s while nobody has seen it, else %s', (level, latching, unseen, after) => {
    expect(letterOf(rowAt(playEachSecond([met(level, { latching }), ended()]).state))).toBe(unseen);
    expect(letterOf(rowAt(playEachSecond([met(level, { latching }), ack, ended()]).state))).toBe(after);
  });

  it('follows the worst level of the episode, and shows it', () => {
    const { state } = playEachSecond([met('warning'), met('alarm'), met('warning'), ended()]);
    expect(rowAt(state)).toMatchObject({ state: 'latched', level: 'alarm', peak: 'alarm', active: false });
  });

  it('latches from the level on that latches, whatever it began as', () => {
    const doings = [met('advisory', { latching: false }), met('alarm', { latching: true }), ended()];
    expect(letterOf(rowAt(playEachSecond(doings).state))).toBe('E');
  });

  it('says that it cleared, and that it returned when it did', () => {
    const types = (doings: readonly Doing[]) =>
      playEachSecond(doings)
        .facts.map(({ type }) => type)
        .filter((type) => type === 'alarmCleared' || type === 'alarmReturned');
    expect(types([met('advisory'), ended()])).toEqual(['alarmCleared', 'alarmReturned']);
    expect(types([met('warning'), ended()])).toEqual(['alarmCleared']);
    expect(types([met('warning'), ended(), ack])).toEqual(['alarmCleared', 'alarmReturned']);
    expect(types([met('alarm'), ack, ended(), reset])).toEqual(['alarmCleared', 'alarmReturned']);
  });
});

describe('levels', () => {
  it.each<[from: string, level: AlarmLevel, to: string]>([
    ['B', 'critical', 'B'],
    ['B', 'warning', 'B'],
    ['C', 'critical', 'B'],
    ['C', 'warning', 'C'],
  ])('in %s to %s: %s', (from, level, to) => {
    const { state } = playEachSecond([WHY, ...(WAYS[from] ?? [])]);
    const after = playEachSecond([on(level)], state, 60_000);
    expect(letterOf(rowAt(after.state, POINT.kind, POINT.entityId))).toBe(to);
    expect(after.facts.map(({ type }) => type)).toContain('alarmLevelChanged');
  });

  it('leave the alarm as it is when they are the same', () => {
    const { state } = playEachSecond([met('alarm')]);
    expect(playEachSecond([met('alarm')], state, 10_000).state).toBe(state);
  });
});

it('starts from nothing', () => expect(NONE.rows.size).toBe(0));
