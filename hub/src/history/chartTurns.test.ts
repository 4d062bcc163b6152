import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChartTurns } from './chartTurns.ts';
import {
  CHART_BURST,
  CHART_EVERY_MS,
  CHART_PATIENCE_MS,
  CHARTS_WAITING,
  CHARTS_WAITING_IN_ALL,
} from './limits.ts';

/** Turns with a clock of their own, and charts that take as long as is said. */
class Drawing {
  now = 0;
  atOnce = 0;
  mostAtOnce = 0;
  readonly drawn: { readonly name: string; readonly at: number }[] = [];
  readonly refused: string[] = [];
  #timers: { readonly due: number; readonly task: () => void }[] = [];
  readonly turns = createChartTurns({
    now: () => this.now,
    after: (delay, task) => this.#after(delay, task),
  });

  #after(delay: number, task: () => void): void {
    this.#timers.push({ due: this.now + delay, task });
  }

  ask(who: string, name = who, takes = 1): void {
    const work = () =>
      new Promise<void>((resolve) => {
        this.atOnce += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
        this.drawn.push({ name, at: this.now });
        this.#after(takes, () => {
          this.atOnce -= 1;
          resolve();
        });
      });
    this.turns.take(who, work).catch((error: { code: string }) => void this.refused.push(error.code));
  }

  /** Lets time pass; promises settle between two tasks. */
  async passTo(to: number): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const [next] = this.#timers.filter(({ due }) => due <= to).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.due);
      next.task();
    }
    this.now = to;
  }

  names = () => this.drawn.map(({ name }) => name);
}

test('a screen full of charts is drawn at once, one after the other', async () => {
  const drawing = new Drawing();
  for (let n = 0; n < 12; n++) drawing.ask('anna', `${n}`, 2);
  await drawing.passTo(24);
  expect(drawing.names()).toEqual(Array.from({ length: 12 }, (_, n) => `${n}`));
  expect(drawing.mostAtOnce).toBe(1);
});

test('whoever asks without end gets one now and then, and the next screen at once after a rest', async () => {
  const drawing = new Drawing();
  for (let n = 0; n < 60; n++) drawing.ask('anna', '', 1);
  await drawing.passTo(CHART_BURST + 10 * CHART_EVERY_MS);
  expect(drawing.drawn.length).toBeGreaterThanOrEqual(CHART_BURST + 9);
  expect(drawing.drawn.length).toBeLessThanOrEqual(CHART_BURST + 11);
  await drawing.passTo(100 * CHART_EVERY_MS);
  expect(drawing.drawn).toHaveLength(60);
  for (let n = 0; n < CHART_BURST; n++) drawing.ask('anna', '', 1);
  await drawing.passTo(drawing.now + CHART_BURST);
  expect(drawing.drawn).toHaveLength(60 + CHART_BURST);
});

test('one who asks for a hundred does not keep another waiting', async () => {
  const drawing = new Drawing();
  for (let n = 0; n < 100; n++) drawing.ask('anna');
  for (let n = 0; n < 3; n++) drawing.ask('omar');
  await drawing.passTo(10);
  expect(drawing.names().slice(0, 7)).toEqual(['anna', 'anna', 'omar', 'anna', 'omar', 'anna', 'omar']);
});

test('beyond what may wait, of one session and of all, they are refused', async () => {
  const drawing = new Drawing();
  // The first of all is drawn at once and waits for nothing.
  for (let n = 0; n < CHARTS_WAITING + 2; n++) drawing.ask('anna');
  await drawing.passTo(0);
  expect(drawing.refused).toEqual(['history-busy']);
  for (let n = CHARTS_WAITING; n < CHARTS_WAITING_IN_ALL; n++) drawing.ask(`guest ${n}`);
  await drawing.passTo(0);
  expect(drawing.refused).toHaveLength(1);
  drawing.ask('omar');
  await drawing.passTo(0);
  expect(drawing.refused).toHaveLength(2);
});

test('what waited too long behind one that hung is drawn no more, and what comes later is', async () => {
  const drawing = new Drawing();
  drawing.ask('anna', 'hung', CHART_PATIENCE_MS + 2);
  drawing.ask('anna', 'forgotten');
  await drawing.passTo(CHART_PATIENCE_MS + 1);
  drawing.ask('omar', 'fresh');
  await drawing.passTo(CHART_PATIENCE_MS + 10);
  expect(drawing.names()).toEqual(['hung', 'fresh']);
  expect(drawing.refused).toEqual(['history-busy']);
});

test('a chart that fails tells so, and the next one is drawn', async () => {
  const drawing = new Drawing();
  const failed = drawing.turns.take('anna', () => Promise.reject(new Error('no disk')));
  drawing.ask('anna', 'next');
  await expect(failed).rejects.toThrow('no disk');
  await drawing.passTo(1);
  expect(drawing.names()).toEqual(['next']);
});

const asked = fc.record({
  who: fc.constantFrom('anna', 'omar', 'lena'),
  pause: fc.nat(60),
  takes: fc.integer({ min: 1, max: 50 }),
});

test('whoever asks whenever: all are drawn, one at a time, each session in its own order, and never too many', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { maxLength: 80 }), async (all) => {
      const drawing = new Drawing();
      for (const [n, { who, pause, takes }] of all.entries()) {
        await drawing.passTo(drawing.now + pause);
        drawing.ask(who, `${who} ${n}`, takes);
      }
      await drawing.passTo(drawing.now + 80 * 100);
      expect([drawing.drawn.length, drawing.refused, drawing.mostAtOnce <= 1]).toEqual([
        all.length,
        [],
        true,
      ]);
      for (const who of ['anna', 'omar', 'lena']) {
        const order = drawing.names().filter((name) => name.startsWith(who));
        expect(order).toEqual(all.flatMap((one, n) => (one.who === who ? [`${who} ${n}`] : [])));
      }
      for (const [n, { at }] of drawing.drawn.entries()) {
        const later = drawing.drawn.slice(n).filter((one) => one.at < at + 10 * CHART_EVERY_MS);
        expect(later.length).toBeLessThanOrEqual(CHART_BURST + 10);
      }
    }),
    { numRuns: 40 },
  );
});
