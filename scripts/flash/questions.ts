import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks the person at the terminal, or whatever stands in its place, a line an answer. */
export type Questions = {
  /** @param fallback what an empty answer means; none: it is asked until there is one @throws NobodyThere */
  ask(question: string, fallback?: string): Promise<string>;
  /** As `ask`; may be empty, and is not shown while it is typed. */
  askSecret(question: string): Promise<string>;
  close(): void;
};

/** There is no one to answer any more. */
export class NobodyThere extends Error {}

type Terminal = {
  readonly input: NodeJS.ReadStream;
  /** What is asked goes here; what a program answers stays apart. */
  readonly output: NodeJS.WriteStream;
};

export function createQuestions({ input, output }: Terminal): Questions {
  let isMuted = false;
  // Echoes what is typed, but no password.
  const echo = new Writable({
    write(some: Buffer, _encoding, done) {
      if (!isMuted) output.write(some);
      done();
    },
  });
  const lines: Interface = createInterface({ input, output: echo, terminal: input.isTTY === true });
  const waiting: string[] = [];
  let wanted: ((line: string | null) => void) | null = null;
  let isClosed = false;
  lines.on('line', (line) => {
    const take = wanted;
    // Several lines may come at once, and only the first is waited for.
    wanted = null;
    if (take === null) waiting.push(line);
    else take(line);
  });
  lines.on('close', () => {
    isClosed = true;
    wanted?.(null);
  });

  async function nextLine(): Promise<string> {
    const line =
      waiting.shift() ??
      (isClosed
        ? null
        : await new Promise<string | null>((resolve) => {
            wanted = resolve;
          }));
    if (line === null) throw new NobodyThere('There was no answer.');
    return line;
  }

  async function ask(question: string, fallback?: string): Promise<string> {
    for (;;) {
      output.write(
        fallback === undefined || fallback === '' ? `${question}: ` : `${question} [${fallback}]: `,
      );
      const answer = (await nextLine()).trim() || (fallback ?? '');
      if (answer !== '') return answer;
    }
  }

  return {
    ask,
    async askSecret(question) {
      output.write(`${question}: `);
      isMuted = true;
      try {
        return await nextLine();
      } finally {
        isMuted = false;
        output.write('\n');
      }
    },
    close: () => lines.close(),
  };
}
