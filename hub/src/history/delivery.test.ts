import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDelivery } from './delivery.ts';
import { BATCH_MS, BATCH_ROWS, BATCHES_ON_THE_WAY, RETRY_MS, WAITING_ROWS } from './limits.ts';
import type { Batch, SlotName } from './messages.ts';

/** A delivery with a hand-driven clock and a disk that keeps what it is sent. */
function stage() {
  const sent: { batch: Batch; names: readonly SlotName[] }[] = [];
  const timers: { at: number; task: () => void }[] = [];
  let now = 0;
  const delivery = createDelivery({
    send: (batch, names) => void sent.push({ batch, names }),
    after: (delay, task) => void timers.push({ at: now + delay, task }),
  });
  return {
    delivery,
    sent,
    pass(ms: number): void {
      now += ms;
      for (const timer of timers.splice(0)) {
        if (timer.at <= now) timer.task();
        else timers.push(timer);
      }
    },
    taken: (seq: number, dropped = 0) => delivery.hear({ is: 'taken', seq, dropped }),
    seqs: () => sent.map(({ batch }) => batch.seq),
  };
}

describe('readings', () => {
  it('wait for each other, and go together within a second', () => {
    const { delivery, sent, pass } = stage();
    delivery.add('a', 1.5, 'ppm', 10);
    delivery.add('b', true, null, 11);
    delivery.add('a', 2, 'ppm', 12);
    expect(sent).toEqual([]);
    pass(BATCH_MS);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toEqual({
      batch: {
        seq: 1,
        slots: Uint32Array.of(0, 1, 0),
        times: Float64Array.of(10, 11, 12),
        values: Float64Array.of(1.5, 1, 2),
      },
      names: [
        { slot: 0, entity: 'a', unit: 'ppm', states: false },
        { slot: 1, entity: 'b', unit: '', states: true },
      ],
    });
    delivery.add('a', 3, 'ppm', 13);
    pass(BATCH_MS);
    expect(sent[1]?.names).toEqual([]);
  });

  it('that are many go at once', () => {
    const { delivery, sent } = stage();
    for (let n = 0; n < BATCH_ROWS; n++) delivery.add('a', n, null, n);
    expect(sent).toHaveLength(1);
  });

  it('of an entity whose unit or kind changed are another series', () => {
    const { delivery, sent } = stage();
    delivery.add('a', 1, '°C', 1);
    delivery.add('a', 1, '°F', 2);
    delivery.add('a', true, '°F', 3);
    delivery.add('a', 2, '°C', 4);
    delivery.flush();
    expect([...(sent[0]?.batch.slots ?? [])]).toEqual([0, 1, 2, 3]);
  });

  it('wait while enough is on its way, and what finds no room is dropped and counted', () => {
    const { delivery, sent } = stage();
    for (let n = 0; n < WAITING_ROWS + 7; n++) delivery.add('a', n, null, n);
    expect(sent).toHaveLength(BATCHES_ON_THE_WAY);
    expect(delivery.dropped()).toBe(7);
    delivery.hear({ is: 'taken', seq: 1, dropped: 3 });
    expect(delivery.dropped()).toBe(10);
    expect(sent).toHaveLength(BATCHES_ON_THE_WAY + 1);
    delivery.add('a', 1, null, 1);
    expect(delivery.dropped()).toBe(10);
  });
});

describe('a batch', () => {
  it('that is refused is sent again with all that followed, and nothing new before', () => {
    const { delivery, seqs, pass, taken } = stage();
    for (const value of [1, 2]) {
      delivery.add('a', value, null, value);
      delivery.flush();
    }
    delivery.hear({ is: 'pause', why: 'disk-full' });
    delivery.hear({ is: 'refused', seq: 1, why: 'disk-full' });
    delivery.hear({ is: 'refused', seq: 1, why: 'disk-full' });
    delivery.add('a', 3, null, 3);
    pass(BATCH_MS);
    expect([seqs(), delivery.paused()]).toEqual([[1, 2], 'disk-full']);
    pass(RETRY_MS);
    expect(seqs()).toEqual([1, 2, 1, 2]);
    delivery.hear({ is: 'pause', why: null });
    taken(1);
    taken(2);
    pass(BATCH_MS);
    expect([seqs(), delivery.paused()]).toEqual([[1, 2, 1, 2, 3], null]);
  });

  it('is sent to a new thread, with every name', () => {
    const { delivery, sent } = stage();
    delivery.add('a', 1, null, 1);
    delivery.flush();
    delivery.add('b', 2, null, 2);
    delivery.flush();
    delivery.begin();
    expect(sent.slice(2).map(({ batch, names }) => [batch.seq, names.length])).toEqual([
      [1, 2],
      [2, 0],
    ]);
  });
});

/** A thread as the keeper is: takes nothing twice, and nothing before what it refused. It may also die. */
function unreliable({ delivery, sent, pass }: ReturnType<typeof stage>) {
  const kept: number[] = [];
  let done = 0;
  let said = 0;
  let awaited = Number.POSITIVE_INFINITY;
  const deeds = {
    add(): void {
      for (let n = 0; n < 1_500; n++) delivery.add('a', said++, null, 0);
    },
    pass: () => pass(BATCH_MS),
    work(): void {
      for (const { batch } of sent.splice(0)) {
        if (batch.seq > awaited) continue;
        awaited = Number.POSITIVE_INFINITY;
        if (batch.seq > done) kept.push(...batch.values);
        done = Math.max(done, batch.seq);
        delivery.hear({ is: 'taken', seq: batch.seq, dropped: 0 });
      }
    },
    die(): void {
      sent.length = 0;
      awaited = Number.POSITIVE_INFINITY;
      delivery.begin();
    },
    refuse(): void {
      const first = sent.splice(0).find(({ batch }) => batch.seq <= awaited);
      if (first === undefined) return;
      awaited = first.batch.seq;
      delivery.hear({ is: 'refused', seq: awaited, why: 'disk-full' });
    },
  };
  return {
    deeds,
    kept,
    said: () => said,
    recover(): void {
      for (let n = 0; n < 200 && (kept.length < said || sent.length > 0); n++) {
        pass(RETRY_MS);
        deeds.work();
      }
    },
  };
}

it('whatever happens on the way, all that was not dropped arrives once and in order', () => {
  const deed = fc.constantFrom('add', 'pass', 'work', 'die', 'refuse');
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 120 }), (names) => {
      const scene = stage();
      const { deeds, kept, said, recover } = unreliable(scene);
      for (const name of names) deeds[name]();
      recover();
      expect(kept.length).toBe(said() - scene.delivery.dropped());
      expect(kept.findIndex((value, at) => at > 0 && value <= (kept[at - 1] as number))).toBe(-1);
    }),
    { numRuns: 100 },
  );
});
