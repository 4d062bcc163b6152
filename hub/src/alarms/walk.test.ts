import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterOf } from '../../test/alarmPlay.ts';
import { type AlarmStep, type AlarmWalk, anyWalk, replay, walkAlarms } from '../../test/alarmWalk.ts';
import { ofType } from '../../test/builders.ts';
import { getRow, rowsOf } from '../house/table.ts';
import { type AlarmRow, asksForSound, isAside, latches, mayReset, pointOfRow } from './alarmRow.ts';
import { findAlarm } from './alarms.ts';
import { HUSH_MS, maxShelfMinutes } from './limits.ts';
import { compareLevels, LIFE_SAFETY } from './schema.ts';
import { type AlarmsState, alarmsFrom, storedAlarms } from './state.ts';

/** Looks at every step of any walk. */
function always(
  what: string,
  check: (step: AlarmStep) => void,
  walk: fc.Arbitrary<AlarmWalk> = anyWalk,
): void {
  it(what, () => {
    fc.assert(
      fc.property(walk, (walked) => {
        for (const step of walkAlarms(walked)) check(step);
      }),
      { numRuns: 50 },
    );
  });
}

const rows = (state: AlarmsState): AlarmRow[] => [...rowsOf(state.rows)].map(([, row]) => row);

/** What must be true of a row in each state of the table. */
const SOUND: Readonly<Record<string, (row: AlarmRow) => boolean>> = {
  B: (row) => row.acknowledgedBy === null,
  C: (row) => row.active && row.acknowledgedBy !== null,
  D: (row) => !row.active && !latches(row) && row.peak !== 'advisory' && row.acknowledgedBy === null,
  E: (row) => !row.active && latches(row),
  F: (row) => !row.active && latches(row) && mayReset(row),
  G: (row) => row.shelf !== null && row.service === null && row.suppressedBy === null,
  H: (row) => row.suppressedBy !== null && row.shelf === null && row.service === null,
  I: (row) => row.service !== null && row.shelf === null && row.suppressedBy === null,
};

describe('on any walk', () => {
  always('every row makes sense, stands at its point, and is found by its id', ({ after }) => {
    for (const row of rows(after)) {
      expect(getRow(after.rows, pointOfRow(row))).toBe(row);
      expect(findAlarm(after, row.alarmId)).toBe(row);
      expect([row, SOUND[letterOf(row)]?.(row)]).toEqual([row, true]);
      expect(row.acknowledgedBy === null).toBe(row.acknowledgedAt === null);
      expect(compareLevels(row.peak, row.level)).toBeGreaterThanOrEqual(0);
      if (!isAside(row)) {
        expect(row.active).toBe(row.clearedAt === null);
        expect([row.shelf, row.service, row.suppressedBy]).toEqual([null, null, null]);
      }
    }
  });

  it('ALM-1: the transitions alone rebuild every alarm as it stands', () => {
    fc.assert(
      fc.property(anyWalk, (walked) => {
        const replayed = new Map<string, AlarmRow>();
        for (const { after, moved } of walkAlarms(walked)) {
          replay(replayed, moved);
          expect(replayed).toEqual(new Map(rowsOf(after.rows)));
        }
      }),
      { numRuns: 50 },
    );
  });

  always(
    'every change of a row is told as one transition, from where it stood to where it stands',
    (step) => {
      const changed = new Set(step.moved.map(({ kind, entityId }) => `${kind}:${entityId}`));
      expect(step.before.rows === step.after.rows || changed.size > 0).toBe(true);
      for (const point of changed) {
        const of = step.moved.filter(({ kind, entityId }) => `${kind}:${entityId}` === point);
        expect(of[0]?.from).toBe(getRow(step.before.rows, point)?.state ?? 'normal');
        expect(of.at(-1)?.to).toBe(getRow(step.after.rows, point)?.state ?? 'normal');
        for (const [n, { from }] of of.entries()) if (n > 0) expect(from).toBe(of[n - 1]?.to);
      }
    },
  );

  always('what comes of no fact leaves the stored part as it is', ({ before, after, facts }) => {
    if (before.rows !== after.rows) expect(facts.length).toBeGreaterThan(0);
  });

  always(
    'a restart loses nothing that is stored, and finds the same voice and what is due no later',
    ({ after }) => {
      const again = alarmsFrom(storedAlarms(after));
      expect(storedAlarms(again)).toEqual(storedAlarms(after));
      expect(again.voice === null).toBe(after.voice === null);
      expect(again.voice?.kind).toBe(after.voice?.kind);
    },
  );

  it('the ids of two episodes differ, also when they begin within one millisecond', () => {
    fc.assert(
      fc.property(anyWalk, (walked) => {
        const begun = [...walkAlarms(walked)].flatMap(({ moved }) =>
          moved.filter(({ from }) => from === 'normal'),
        );
        expect(new Set(begun.map(({ alarmId }) => alarmId)).size).toBe(begun.length);
      }),
    );
  });

  always(
    'ALM-4: a danger to life is raised at once, and sounds unless a person hushed it or put it aside',
    (step) => {
      const { fact, after, facts } = step;
      if (fact.type !== 'conditionMet' || !LIFE_SAFETY.has(fact.kind)) return;
      const row = getRow(after.rows, `${fact.kind}:${fact.entityId}`);
      expect(row?.active).toBe(true);
      expect(row?.state).not.toBe('suppressed');
      if (row === undefined || isAside(row) || row.sound === 'none') return;
      expect(asksForSound(row) || row.hushedUntil !== null).toBe(true);
      if (getRow(step.before.rows, pointOfRow(row))?.active !== true)
        expect(ofType(facts, 'alarmRaised').map(({ alarmId }) => alarmId)).toContain(row.alarmId);
    },
  );

  always('ALM-2, ALM-3: no hush and no shelf lasts longer than it may', ({ after, mono }) => {
    for (const { kind, hushedUntil, shelf } of rows(after)) {
      if (hushedUntil !== null) expect(hushedUntil.mono).toBeLessThanOrEqual(mono + HUSH_MS);
      if (shelf !== null) expect(shelf.until.mono).toBeLessThanOrEqual(mono + maxShelfMinutes(kind) * 60_000);
    }
  });

  always(
    'whoever latches stays until a person resets it or takes it out of service',
    ({ before, after, fact }) => {
      for (const row of rows(before).filter(({ state }) => state === 'latched')) {
        const now = getRow(after.rows, pointOfRow(row))?.state;
        expect(['latched', 'unacknowledged', 'outOfService', undefined]).toContain(now);
        if (now === undefined) expect([fact.type, mayReset(row)]).toEqual(['resetAsked', true]);
      }
    },
  );

  always(
    'ALM-8: a step of the escalation is told once, and only of what waits for eyes',
    ({ after, facts, before }) => {
      const told = ofType(facts, 'escalationDue');
      expect(new Set(told.map(({ alarmId, step }) => `${alarmId} ${step}`)).size).toBe(told.length);
      for (const { alarmId, step, priority } of told) {
        expect(priority).toBeLessThanOrEqual(4);
        const row = findAlarm(after, alarmId) ?? findAlarm(before, alarmId);
        const next = row && getRow(after.ladders, pointOfRow(row));
        if (next !== undefined) expect(step).toBeLessThan(next.step);
      }
    },
  );

  always('there is a ladder only where there is an alarm', ({ after }) => {
    for (const [point] of rowsOf(after.ladders)) expect(getRow(after.rows, point)).toBeDefined();
  });

  always('what another alarm explains stands for itself once that is gone', ({ after }) => {
    for (const { suppressedBy } of rows(after))
      if (suppressedBy !== null) expect(findAlarm(after, suppressedBy)).toBeDefined();
  });
});

it('nothing is latched or put aside for ever: people can always bring everything back to normal', () => {
  fc.assert(
    fc.property(anyWalk, (walked) => {
      const end = [...walkAlarms(walked)].at(-1)?.after;
      const points = [0, 1, 2, 3, 4, 5];
      // Twice: what is put back may have to be seen, or explains another one.
      const wayOut: AlarmWalk = [0, 1].flatMap(() => [
        ...points.flatMap((point) => [
          { do: 'ended' as const, point, wait: 0 },
          { do: 'unshelveAsked' as const, point, wait: 0 },
          { do: 'putBackAsked' as const, point, wait: 0 },
          { do: 'suppressEnded' as const, point, wait: 0 },
        ]),
        // What chatters is held back for a minute.
        { do: 'clockReached' as const, point: 0, wait: 61_000 },
        ...points.flatMap((point) => [
          { do: 'acknowledgeAsked' as const, point, wait: 0 },
          { do: 'resetAsked' as const, point, wait: 0 },
        ]),
      ]);
      if (end === undefined) return;
      const last = [...walkAlarms([...walked, ...wayOut])].at(-1)?.after;
      expect(last?.rows.size).toBe(0);
      expect(last?.ladders.size).toBe(0);
      expect(last?.voice).toBeNull();
    }),
  );
});

it('left alone, the clock comes to rest: only what holds, or waits for a person, is due again', () => {
  fc.assert(
    fc.property(anyWalk, (walked) => {
      const days = [{ do: 'clockReached' as const, point: 0, wait: 3 * 86_400_000 }];
      const last = [...walkAlarms([...walked, ...days])].at(-1)?.after;
      for (const row of last === undefined ? [] : rows(last))
        expect(row.active || row.state === 'latched' || isAside(row)).toBe(true);
    }),
    { numRuns: 20 },
  );
});
