import { createWire } from '../../src/devices/wire.ts';
import type { Fact } from '../../src/house/facts.ts';
import { EMPTY_STORE, houseFrom } from '../../src/house/house.ts';
import type { Effect } from '../../src/house/outcome.ts';
import { createShell } from '../../src/house/shell.ts';

/** A house with its wire, and nothing else: bytes go in at the top, effects come out at the bottom. No disk, no network. */
export function createMemoryHouse() {
  let nowMs = 0;
  const effects: Effect[] = [];
  const faults: { readonly what: string; readonly error: unknown }[] = [];
  const drops = { count: 0 };
  const waiting: { readonly due: number; readonly task: () => void }[] = [];
  /** What waits on the wire and is due, in its order; it may set more waiting. */
  function runDue(): void {
    for (let at = 0; at < waiting.length; ) {
      const next = waiting[at];
      if (next === undefined || next.due > nowMs) at += 1;
      else {
        waiting.splice(at, 1);
        next.task();
      }
    }
  }
  const shell = createShell(houseFrom(EMPTY_STORE), {
    now: () => ({ mono: nowMs, utc: nowMs }),
    after: () => () => {},
    commit: () => {},
    differs: () => false,
    run: (effect) => void effects.push(effect),
    settled: (house) => wire.follow(house.devices.entities),
    report: (error, what) => void faults.push({ what, error }),
  });
  const wire = createWire({
    read: () => shell.read().devices,
    dispatch: (fact) => shell.dispatch(fact).facts,
    now: () => nowMs,
    after: (delay, task) => void waiting.push({ due: nowMs + delay, task }),
    subscribe: () => {},
    unsubscribe: () => {},
    report: () => {
      drops.count += 1;
    },
    topicRate: 1e6,
  });
  return {
    read: shell.read,
    dispatch: (fact: Fact): void => void shell.dispatch(fact),
    hear(topic: string, payload: Uint8Array | string, retain = false): void {
      wire.onMessage({
        topic,
        retain,
        payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
      });
      runDue();
    },
    pass(ms: number): void {
      nowMs += ms;
      runDue();
    },
    effects,
    faults,
    drops,
  };
}

export type MemoryHouse = ReturnType<typeof createMemoryHouse>;
