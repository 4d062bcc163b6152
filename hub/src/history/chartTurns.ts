import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import {
  CHART_BURST,
  CHART_EVERY_MS,
  CHART_PATIENCE_MS,
  CHARTS_WAITING,
  CHARTS_WAITING_IN_ALL,
} from './limits.ts';

export type ChartTurnsPorts = {
  /** Milliseconds that never run backwards. */
  readonly now: () => Millis;
  /** Runs a task once after a delay. */
  readonly after: (delay: Millis, task: () => void) => void;
};

type Waiting = {
  readonly since: Millis;
  readonly start: () => Promise<void>;
  readonly refuse: (why: Refusal) => void;
};

/** Whoever comes again after this is not the first of a full line again, s. */
const RETRY_AFTER_S = 2;

const tooMany = (): Refusal => new Refusal('history-busy', { retryAfterS: RETRY_AFTER_S });

/**
 * Draws charts one at a time. A screen full of them is drawn at once; whoever asks without end gets one now and then, so
 * that the thread of the alarms has next to nothing to do with them. Sessions take turns.
 */
export function createChartTurns({ now, after }: ChartTurnsPorts) {
  /** Who waits, the one whose turn is next first. No line is empty. */
  const lines = new Map<string, Waiting[]>();
  let waiting = 0;
  let isDrawing = false;
  let isResting = false;
  let credit = CHART_BURST;
  let creditAt = now();

  /** How long until the next one may be drawn, ms; 0: now. */
  function restLeft(): Millis {
    const at = now();
    credit = Math.min(CHART_BURST, credit + (at - creditAt) / CHART_EVERY_MS);
    creditAt = at;
    return credit >= 1 ? 0 : Math.ceil((1 - credit) * CHART_EVERY_MS);
  }

  /** Takes out the next in turn; who waits for more goes to the end. */
  function takeNext(): Waiting | undefined {
    for (const [who, line] of lines) {
      lines.delete(who);
      const first = line.shift();
      if (line.length > 0) lines.set(who, line);
      waiting -= 1;
      return first;
    }
    return undefined;
  }

  function rest(delay: Millis): void {
    isResting = true;
    after(delay, () => {
      isResting = false;
      goOn();
    });
  }

  /** The next in turn that is still waited for. */
  function takeFresh(): Waiting | undefined {
    for (;;) {
      const next = takeNext();
      if (next === undefined || now() - next.since <= CHART_PATIENCE_MS) return next;
      next.refuse(tooMany());
    }
  }

  function goOn(): void {
    if (isDrawing || isResting || waiting === 0) return;
    const delay = restLeft();
    if (delay > 0) return rest(delay);
    const next = takeFresh();
    if (next !== undefined) draw(next);
  }

  function draw({ start }: Waiting): void {
    credit -= 1;
    isDrawing = true;
    void start().then(() => {
      isDrawing = false;
      goOn();
    });
  }

  return {
    /**
     * Draws when it is this session's turn.
     * @throws Refusal `history-busy` when too many wait already, or it waited too long
     */
    take<T>(who: string, work: () => Promise<T>): Promise<T> {
      const line = lines.get(who) ?? [];
      if (line.length >= CHARTS_WAITING || waiting >= CHARTS_WAITING_IN_ALL) return Promise.reject(tooMany());
      return new Promise<T>((resolve, refuse) => {
        const start = async () => {
          await work().then(resolve, refuse);
        };
        line.push({ since: now(), start, refuse });
        lines.set(who, line);
        waiting += 1;
        goOn();
      });
    },
  };
}

export type ChartTurns = ReturnType<typeof createChartTurns>;
