import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalEntry } from '../../src/house/committer.ts';
import type { Fact } from '../../src/house/facts.ts';
import { houseFrom } from '../../src/house/house.ts';
import { createShell, type Shell } from '../../src/house/shell.ts';
import { createHouseStore, loadClock } from '../../src/house/store.ts';
import { createClock } from '../../src/io/clock.ts';
import { openDatabase, type Sqlite } from '../../src/io/sqlite.ts';
import { ROOT } from '../repository.ts';
import { HandTimers } from './handTimers.ts';

/** What a machine's clocks do. Monotonic time and uptime only run; the wall clock is set by anybody. */
export class Machine {
  steadyMs = 0;
  wallMs: number;
  #uptimeMs = 100_000;
  #bootId = 1;

  constructor(wallMs = Date.UTC(2026, 10, 22)) {
    this.wallMs = wallMs;
  }

  pass(ms: number): void {
    this.steadyMs += ms;
    this.wallMs += ms;
    this.#uptimeMs += ms;
  }

  /** Off for so long, then on again; the wall clock may have stood still or forgotten everything. */
  cutPower(offMs: number, wallMs: number): void {
    this.wallMs = wallMs;
    this.steadyMs = 0;
    this.#uptimeMs = offMs === 0 ? 0 : 1_000;
    this.#bootId += 1;
  }

  /** The program was started again: its own monotonic clock begins anew. */
  restartProgram(): void {
    this.steadyMs = 0;
  }

  readonly sources = {
    steady: () => this.steadyMs,
    wall: () => this.wallMs,
    uptimeMs: () => this.#uptimeMs,
    bootId: () => String(this.#bootId),
  };
}

const STEP_MS = 10;

/** A house on a machine whose clocks are ours: real rules, real SQLite, no wire. */
export class ClockedHouse {
  readonly machine: Machine;
  /** What the journal got, with house time and wall clock. */
  readonly entries: JournalEntry[] = [];
  readonly faults: unknown[] = [];
  readonly #timers = new HandTimers();
  readonly #folder = mkdtempSync(join(tmpdir(), 'homeward-clock-'));
  #db: Sqlite;
  #shell: Shell;
  #now: () => number = () => 0;

  constructor(machine: Machine) {
    this.machine = machine;
    this.#timers.take();
    this.#db = this.#open();
    this.#shell = this.#build();
  }

  /** House time, ms. */
  get now(): number {
    return this.#now();
  }

  dispatch(fact: Fact): void {
    this.#shell.dispatch(fact);
  }

  /** Lets time pass in small steps, timers and all. */
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= STEP_MS) {
      const step = Math.min(STEP_MS, left);
      this.machine.pass(step);
      this.#timers.tick(step);
    }
  }

  /** The program is killed; something happens to the machine; it starts again, and finds its broker. */
  restart(meanwhile: (machine: Machine) => void): void {
    this.#db.close();
    this.#timers.take();
    this.machine.restartProgram();
    meanwhile(this.machine);
    this.#db = this.#open();
    this.#shell = this.#build();
    this.#shell.resume();
    this.#shell.dispatch({ type: 'brokerFound' });
  }

  /** House times at which facts of this type were settled. */
  timesOf(type: Fact['type']): number[] {
    return this.entries.filter(({ fact }) => fact.type === type).map(({ at }) => at.mono);
  }

  /** Journal rows on disk, in the order of their numbers. */
  rows(): { seq: number; mono: number; type: string }[] {
    return this.#db.prepare('select seq, mono, type from journal order by seq').all() as never;
  }

  remove(): void {
    this.#timers.giveBack();
    this.#db.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #open(): Sqlite {
    return openDatabase(join(this.#folder, 'safety.db'), join(ROOT, 'hub/migrations'));
  }

  #build(): Shell {
    const clock = createClock(loadClock(this.#db), 1, this.machine.sources);
    const store = createHouseStore(this.#db, clock.anchor, (error) => this.faults.push(error));
    this.#now = () => clock.now().mono;
    return createShell(houseFrom(store.load()), {
      now: clock.now,
      after: clock.after,
      commit: (before, after, entries) => {
        store.commit(before, after, entries);
        this.entries.push(...entries);
      },
      differs: store.differs,
      run: () => {},
      settled: () => {},
      report: (error) => this.faults.push(error),
    });
  }
}

/** An air node with an oxygen sensor, as its discovery message says. */
export const OXYGEN_NODE: Fact = {
  type: 'deviceAnnounced',
  discoveryTopic: 'homeassistant/device/node/config',
  pairedId: null,
  device: {
    identifiers: ['node'],
    name: 'Node',
    manufacturer: null,
    model: null,
    swVersion: null,
    suggestedArea: 'Cellar',
    origin: null,
  },
  entities: [
    {
      key: 'oxygen',
      uniqueId: 'node_oxygen',
      name: null,
      quantity: 'oxygen',
      fault: null,
      config: {
        component: 'sensor',
        stateTopic: 'homeward/node/state',
        valueTemplate: '{{ value_json.oxygen }}',
        commandTopic: null,
        commandTemplate: null,
        optimistic: false,
        attributesTopic: null,
        attributesTemplate: null,
        availability: [],
        availabilityMode: 'latest',
        expireAfterMs: 90_000,
        offDelayMs: null,
        qos: 1,
        text: true,
        deviceClass: null,
        unit: '%',
        entityCategory: null,
        settings: { component: 'sensor', tells: 'number', options: [] },
      },
    },
  ],
  removedKeys: [],
};

export const oxygenReading = (value: number): Fact => ({
  type: 'reading',
  entityId: 'node.oxygen',
  quantity: 'oxygen',
  value,
  unit: '%',
  retained: false,
  ageMs: 0,
});
