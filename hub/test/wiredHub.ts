import { liveOf } from '../src/devices/heard.ts';
import { createWire } from '../src/devices/wire.ts';
import type { Fact } from '../src/house/facts.ts';
import type { House } from '../src/house/house.ts';
import type { Effect } from '../src/house/outcome.ts';
import { step } from '../src/house/step.ts';
import { at, emptyHouse } from './builders.ts';

/** A hub between a wire and nothing: every fact is settled at once, every effect and drop is written down. */
export function createWiredHub(topicRate = 50, before: House = emptyHouse()) {
  let house = before;
  let mono = 0;
  let failing: Fact['type'] | null = null;
  let timers: { readonly due: number; readonly atOnce: boolean; readonly task: () => void }[] = [];
  const hub = {
    facts: [] as Fact[],
    effects: [] as Effect[],
    drops: [] as string[],
    /** What devices were asked: `topic=payload`. */
    asked: [] as string[],
    subscribed: new Set<string>(),
    house: () => house,
    /** Lets time pass; what waits on the wire comes in its turn. */
    passTo(to: number): void {
      for (;;) {
        const next = timers.filter(({ due }) => due <= to).sort((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        mono = Math.max(mono, next.due);
        next.task();
      }
      mono = to;
    },
    /** Time passes, but what is due has not come yet: the machine is busy. */
    late(to: number): void {
      mono = to;
    },
    now: () => mono,
    /** The next fact of that sort meets a bug. */
    failNext(type: Fact['type']): void {
      failing = type;
    },
    dispatch(fact: Fact): readonly Fact[] {
      if (fact.type === failing) {
        failing = null;
        throw new Error('It failed as asked.');
      }
      const outcome = step(house, fact, at(mono));
      house = outcome.house;
      hub.facts.push(...outcome.facts);
      hub.effects.push(...outcome.effects);
      wire.follow(house.devices.entities);
      return outcome.facts;
    },
    /** A message from the broker, and what it leaves to be done at once: text as it is, anything else as JSON. */
    hear(topic: string, payload: unknown, retain = false): void {
      hub.meet(topic, payload, retain);
      hub.breathe();
    },
    /** What is to be done at once, but after what has come. */
    breathe(): void {
      for (let turn = 0; turn < 10_000; turn++) if (!hub.turn()) return;
      throw new Error('It never comes to rest.');
    },
    /** One turn of the event loop: what was to be done at once when it began. Answers whether there was anything. */
    turn(): boolean {
      const now = timers.filter(({ atOnce }) => atOnce);
      timers = timers.filter(({ atOnce }) => !atOnce);
      for (const { task } of now) task();
      return now.length > 0;
    },
    /** A message from the broker, right behind others. */
    meet(topic: string, payload: unknown, retain = false): void {
      const bytes =
        payload instanceof Uint8Array
          ? payload
          : new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
      wire.onMessage({ topic, payload: bytes, retain });
    },
    valueOf: (entityId: string) => liveOf(house.devices, entityId).value,
    dropped: (who: string) => wire.dropped(who),
    inAll: () => wire.droppedInAll(),
    pictureOf: (entityId: string) => wire.pictureOf(entityId),
    start: () => wire.start(),
  };
  const wire = createWire({
    read: () => house.devices,
    dispatch: hub.dispatch,
    now: () => mono,
    after: (delay, task) => void timers.push({ due: mono + delay, atOnce: delay === 0, task }),
    subscribe: (filters) => filters.forEach((filter) => void hub.subscribed.add(filter)),
    unsubscribe: (filters) => filters.forEach((filter) => void hub.subscribed.delete(filter)),
    ask: (topic, payload) => void hub.asked.push(`${topic}=${payload}`),
    report: (who, reason) => void hub.drops.push(`${who}: ${reason}`),
    topicRate,
  });
  return hub;
}

export type WiredHub = ReturnType<typeof createWiredHub>;
