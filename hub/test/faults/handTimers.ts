type Waiting = { readonly dueMs: number; readonly task: () => void };

/** Timers that run only when told so: they stand in for `setTimeout` while nothing else of the process waits. */
export class HandTimers {
  readonly #real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  readonly #waiting = new Map<number, Waiting>();
  #nowMs = 0;
  #made = 0;

  /** Takes the place of the real ones; nothing waits yet. */
  take(): void {
    this.#waiting.clear();
    Object.assign(globalThis, {
      setTimeout: (task: () => void, ms = 1) => {
        this.#made += 1;
        // As Node does it: never at once.
        this.#waiting.set(this.#made, { dueMs: this.#nowMs + Math.max(1, ms), task });
        return this.#made;
      },
      clearTimeout: (id: number) => this.#waiting.delete(id),
    });
  }

  /** Gives the place back; what waited is forgotten. */
  giveBack(): void {
    this.#waiting.clear();
    Object.assign(globalThis, { setTimeout: this.#real.set, clearTimeout: this.#real.clear });
  }

  /** Lets time pass and runs what is due, in its order. */
  tick(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let next = this.#next(untilMs); next !== null; next = this.#next(untilMs)) {
      const [id, { dueMs, task }] = next;
      this.#waiting.delete(id);
      this.#nowMs = Math.max(this.#nowMs, dueMs);
      task();
    }
    this.#nowMs = untilMs;
  }

  #next(untilMs: number): [number, Waiting] | null {
    let first: [number, Waiting] | null = null;
    for (const entry of this.#waiting) {
      if (entry[1].dueMs <= untilMs && (first === null || entry[1].dueMs < first[1].dueMs)) first = entry;
    }
    return first;
  }
}
