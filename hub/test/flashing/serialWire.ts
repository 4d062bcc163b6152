import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../repository.ts';

/** A real serial port of this machine with nothing behind it but this test: a pseudo-terminal. */
export type SerialWire = {
  /** Its address, like /dev/pts/7. */
  readonly address: string;
  /** What the board says. */
  say(bytes: Uint8Array | string): void;
  /** The cable is pulled out. */
  pullOut(): Promise<void>;
};

const COMPILER = 'g++';

/** One listener for all, however many there are. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param heard what was written to the port */
export async function layWire(heard: (bytes: Buffer) => void): Promise<SerialWire> {
  const child = spawn(compile(), { stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.stdout.on('data', heard);
  child.stdin.on('error', () => undefined);
  const address = await addressOf(child);
  return {
    address,
    say: (bytes) => void child.stdin.write(bytes),
    async pullOut() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stderr?.setEncoding('utf8').once('data', (line: string) => resolve(line.trim()));
    child.once('exit', () => reject(new Error('The pseudo-terminal could not be opened.')));
  });
}

/** @throws with the compiler's words */
function compile(): string {
  const folder = join(ROOT, 'build/flashing');
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'pty');
  const own = `${program}-${process.pid}`;
  const source = join(ROOT, 'hub/test/flashing/pty.c');
  const args = ['-x', 'c', '-O1', '-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE', '-o', own, source];
  const { status, error, stderr } = spawnSync(COMPILER, args, { encoding: 'utf8' });
  if (status === 0) {
    // At once: another test may be starting it.
    renameSync(own, program);
    return program;
  }
  throw new Error(`The pseudo-terminal could not be compiled. It needs g++.\n${error?.message ?? stderr}`);
}
