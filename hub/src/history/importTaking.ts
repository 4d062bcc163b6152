import type { MergeAnswer } from './importPlan.ts';
import type { ImportFailure } from './schema.ts';

/** One word to the thread of the history; what a piece needs beside is known to whoever sends it. */
export type MergeWord = { readonly do: 'begin' } | { readonly do: 'go' } | { readonly do: 'undo' };

export type TakingPorts = {
  /** Rejects when the history cannot answer now. */
  readonly ask: (word: MergeWord) => Promise<MergeAnswer>;
  /** Resolves after a while: the disk or the thread may be there again. */
  readonly pause: () => Promise<void>;
  readonly isCancelled: () => boolean;
  /** The program ends: what is not whole is taken back after its next start. */
  readonly isOver: () => boolean;
  readonly told: (answer: MergeAnswer) => void;
  /** It is to be taken back, and the disk has no room even for that: it goes on when there is some. */
  readonly stuck: (failure: ImportFailure) => void;
};

export type Taken =
  | { readonly ok: true; readonly rows: number; readonly doubles: number }
  | { readonly ok: false; readonly failure: ImportFailure };

/** A history that does not answer so many times in a row will not. With pauses of 2 s: a minute. */
const MOST_TRIES = 30;

/** The history is gone for good, or the program is. */
class Unanswered extends Error {}

/**
 * Drives the history piece by piece, until the import is there whole or nothing of it is.
 * @param id of the import, to tell it from one that an earlier run of the program left
 */
export async function takeIn(id: string, ports: TakingPorts): Promise<Taken> {
  try {
    return await drive(id, ports);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return { ok: false, failure: ports.isOver() ? 'hub-restarted' : 'damaged' };
  }
}

/** Takes back what an earlier run of the program left in the middle. A history that does not answer does so by itself later. */
export async function takeBack(ports: TakingPorts): Promise<void> {
  try {
    let answer = await ask({ do: 'undo' }, ports);
    while (answer.phase !== 'done' && answer.phase !== 'none') {
      if (answer.isFull) await ports.pause();
      answer = await ask({ do: isOpen(answer) ? 'undo' : 'go' }, ports);
    }
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
  }
}

async function drive(id: string, ports: TakingPorts): Promise<Taken> {
  let failure: ImportFailure | null = null;
  let answer = await begin(id, ports);
  while (!isEnded(answer, id)) {
    ports.told(answer);
    failure ??= reasonToStop(answer, ports);
    answer = await ask({ do: failure !== null && isOpen(answer) ? 'undo' : 'go' }, ports);
    if (answer.isFull) await waitForRoom(answer, failure, ports);
  }
  ports.told(answer);
  const { phase, rows, doubles } = answer;
  return answer.id === id && phase === 'done'
    ? { ok: true, rows, doubles }
    : { ok: false, failure: failure ?? 'damaged' };
}

/** There may be no room even to take it back, or to work it into the charts. */
async function waitForRoom(
  answer: MergeAnswer,
  failure: ImportFailure | null,
  ports: TakingPorts,
): Promise<void> {
  if (failure !== null) ports.stuck(failure);
  else if (isOpen(answer)) return;
  await ports.pause();
}

/** A history that knows nothing of it any more was damaged meanwhile, and another one begun. */
const isEnded = (answer: MergeAnswer, id: string): boolean =>
  answer.id !== id || answer.phase === 'done' || answer.phase === 'none';

const isOpen = ({ phase }: MergeAnswer): boolean => phase === 'readings' || phase === 'hours';

function reasonToStop(answer: MergeAnswer, ports: TakingPorts): ImportFailure | null {
  if (!isOpen(answer)) return null;
  if (answer.isFull) return 'disk-full';
  return ports.isCancelled() ? 'cancelled' : null;
}

/** What an earlier run of the program left in the middle is brought to its end first. */
async function begin(id: string, ports: TakingPorts): Promise<MergeAnswer> {
  for (;;) {
    const answer = await ask({ do: 'begin' }, ports);
    if (answer.id === id) return answer;
    await takeBack(ports);
  }
}

async function ask(word: MergeWord, ports: TakingPorts): Promise<MergeAnswer> {
  for (let tries = 0; tries < MOST_TRIES && !ports.isOver(); tries++) {
    try {
      return await ports.ask(word);
    } catch {
      await ports.pause();
    }
  }
  throw new Unanswered();
}
