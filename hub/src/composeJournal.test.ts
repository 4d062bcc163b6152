import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { at } from '../test/builders.ts';
import { JournalFile, row } from '../test/journalFile.ts';
import { composeJournal } from './composeJournal.ts';
import type { Log } from './io/log.ts';
import { CHECKPOINT_MS, CHECKPOINT_ROWS, LOOK_THROUGH_MS } from './journal/limits.ts';
import { openChain } from './journal/store.ts';
import type { Millis } from './shared/time.ts';

type Timer = { readonly due: Millis; readonly task: () => void };

let file: JournalFile;
let mono = 0;
let timers: Timer[] = [];
let said: string[] = [];
beforeEach(() => {
  file = new JournalFile();
  mono = 0;
  timers = [];
  said = [];
});
afterEach(() => file.remove());

const clock = {
  now: () => at(mono),
  after(delay: Millis, task: () => void) {
    const timer = { due: mono + delay, task };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  },
};

/** Lets house time pass. */
function passTo(to: Millis): void {
  for (;;) {
    const [next] = timers.filter(({ due }) => due <= to).sort((a, b) => a.due - b.due);
    if (next === undefined) break;
    timers = timers.filter((timer) => timer !== next);
    mono = next.due;
    next.task();
  }
  mono = to;
}

/** The hub's journal, started. */
function startJournal() {
  const chain = openChain(file.db, clock.now);
  const log = { error: (_detail: object, words: string) => void said.push(words) } as unknown as Log;
  const shell = { dispatch: () => ({ facts: [], saved: true }) };
  const house = { clock, journal: chain, shell };
  const people = {
    nameOrNull: () => null,
    aliasesOf: (name: string) => [name],
    derive: async () => Buffer.alloc(32),
    owners: () => [],
    checkOwn: async () => {},
    devicesOf: () => ({ own: [], address: '' }),
  };
  const journal = composeJournal({ db: file.db, dataFolder: file.folder, hubId: 'h', log, house, people });
  const append = file.db.transaction((count: number) => {
    for (let n = 0; n < count; n++) chain.append(row(mono));
  });
  const add = (count = 1) => {
    append(count);
    journal.noticed();
  };
  journal.start();
  return { ...journal, add, chain };
}

const signed = () => file.db.prepare('select mono, seq from journal_checkpoint order by seq').all();

it('is signed each hour of house time in which something happened', () => {
  const { add } = startJournal();
  passTo(1);
  add();
  passTo(CHECKPOINT_MS - 1);
  expect(signed()).toEqual([]);
  passTo(CHECKPOINT_MS);
  expect(signed()).toEqual([{ mono: CHECKPOINT_MS, seq: 2 }]);
  passTo(3 * CHECKPOINT_MS);
  add(3);
  passTo(10 * CHECKPOINT_MS);
  expect(signed()).toEqual([
    { mono: CHECKPOINT_MS, seq: 2 },
    { mono: 4 * CHECKPOINT_MS, seq: 5 },
  ]);
});

it('is signed when the hour that began before a restart is over', () => {
  const first = startJournal();
  passTo(1);
  first.add();
  first.stop();
  expect(signed()).toEqual([{ mono: 1, seq: 2 }]);
  passTo(CHECKPOINT_MS);
  const second = startJournal();
  second.add();
  passTo(CHECKPOINT_MS + 1);
  expect(signed()).toHaveLength(2);
});

it('is signed at stop, and never after', async () => {
  const journal = startJournal();
  journal.add();
  journal.stop();
  expect(signed()).toHaveLength(1);
  journal.add(CHECKPOINT_ROWS + 1);
  await turn();
  passTo(9 * CHECKPOINT_MS);
  expect(signed()).toHaveLength(1);
});

it('is signed at once when much happens, not within the commit', async () => {
  const { add } = startJournal();
  passTo(1);
  add(CHECKPOINT_ROWS);
  add(1);
  expect(signed()).toEqual([]);
  await turn();
  expect(signed()).toEqual([{ mono: 1, seq: CHECKPOINT_ROWS + 2 }]);
});

it('that cannot be signed says so, and is signed an hour later', () => {
  const { add } = startJournal();
  add();
  file.db.exec('alter table journal_checkpoint rename to gone');
  passTo(CHECKPOINT_MS);
  expect(said).toContain('The journal could not be signed.');
  file.db.exec('alter table gone rename to journal_checkpoint');
  passTo(2 * CHECKPOINT_MS);
  expect(signed()).toHaveLength(1);
});

it('is looked through soon after the start and each day, and what is wrong is said in the log', async () => {
  const journal = startJournal();
  journal.add(3);
  passTo(LOOK_THROUGH_MS.first);
  await journal.looked();
  expect(said).toEqual([]);
  file.db.exec("update journal set who = 'Eve' where seq = 3");
  passTo(LOOK_THROUGH_MS.first + LOOK_THROUGH_MS.again);
  await journal.looked();
  expect(said).toEqual(['SOMEBODY CHANGED THE JOURNAL, or the disk is damaged.']);
});
