import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../patience.ts';
import { ROOT } from '../repository.ts';

export type VirtualOptions = {
  readonly node: 'air' | 'motion' | 'door';
  readonly id: string;
  readonly host?: string;
  readonly port: number;
  /** PEM text. Given: TLS. */
  readonly ca?: string | null;
  readonly password?: string;
  /** How many times as fast as time its clock runs. Default 1. */
  readonly speed?: number;
  /** Of a door: the key that it shares with the hub, hex. */
  readonly key?: string;
  /** File that is its flash. Default: one of its own. */
  readonly settings?: string;
};

/** Something that the board did. */
export type Deed = { readonly ms: number; readonly what: string; readonly value: string };

const PROGRAM = join(ROOT, 'build/firmware/virtual-board-sanitized/virtual-board');

let isBuilt = false;

/** Compiles it, once per process and only when its sources changed. @throws with the compiler's words */
export function ensureVirtualBoard(): void {
  if (isBuilt) return;
  const build = spawnSync(process.execPath, [join(ROOT, 'scripts/virtual-board.mjs'), '--build-for-tests'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`The virtual board could not be built.\n${build.stderr}`);
  isBuilt = true;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The firmware of a board in a process of its own. */
export class VirtualBoard {
  readonly id: string;
  /** All that it did since its first start, oldest first. */
  readonly deeds: Deed[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'homeward-board-'));
  readonly #options: VirtualOptions;
  #child: ChildProcess;
  #faults = '';

  constructor(options: VirtualOptions) {
    ensureVirtualBoard();
    this.id = options.id;
    this.#options = options;
    this.#child = this.#launch();
  }

  /** Its flash. */
  get settings(): string {
    return this.#options.settings ?? join(this.folder, 'settings');
  }

  /** What happens to it, one line each: `co 320`, or `12.5 co 320` at a time of its own clock, s. */
  tell(...lines: readonly string[]): void {
    this.#child.stdin?.write(`${lines.join('\n')}\n`);
  }

  /** The first such deed after so many deeds. */
  async when(what: string, value?: string, after = 0, limitMs = 20_000): Promise<Deed> {
    return until(
      `${this.id}: ${what} ${value ?? ''}`,
      () => {
        if (!this.isRunning()) throw new Error(`The board ended: ${this.#faults}`);
        return this.deeds
          .slice(after)
          .find((deed) => deed.what === what && (value === undefined || deed.value === value));
      },
      limitMs,
    ).catch((error) => {
      throw new Error(`${error} ${JSON.stringify(this.deeds.slice(-12))} ${this.#faults}`);
    });
  }

  all(what: string): Deed[] {
    return this.deeds.filter((deed) => deed.what === what);
  }

  isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** As after a power cut: another boot, its flash as it was. */
  async reboot(): Promise<void> {
    await this.#end('SIGKILL');
    this.#child = this.#launch();
  }

  /** Ends it in good order, and its files with it. @throws when it found something wrong with its memory */
  async close(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
    if (this.#faults !== '') throw new Error(`${this.id}: ${this.#faults}`);
  }

  #launch(): ChildProcess {
    const { node, id, host = '127.0.0.1', port, ca, password, speed = 1, key } = this.#options;
    const file = (name: string, text: string) => {
      const path = join(this.folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    const args = ['--node', node, '--id', id, '--host', host, '--port', String(port)];
    args.push('--speed', String(speed), '--settings', this.settings);
    if (ca) args.push('--ca', file('ca.pem', ca));
    if (password !== undefined) args.push('--username', id, '--password-file', file('password', password));
    if (key !== undefined) args.push('--key-file', file('key', key));
    const child = spawn(PROGRAM, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    running.add(child);
    child.once('exit', () => running.delete(child));
    child.stdin?.on('error', () => undefined);
    let rest = '';
    child.stdout?.setEncoding('utf8').on('data', (some: string) => {
      const lines = (rest + some).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#note(line);
    });
    child.stderr?.setEncoding('utf8').on('data', (some: string) => {
      this.#faults = (this.#faults + some).slice(0, 8_000);
    });
    return child;
  }

  #note(line: string): void {
    const [ms = '', what = '', ...value] = line.split(' ');
    this.deeds.push({ ms: Number(ms), what, value: value.join(' ') });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
    child.kill(signal);
    await gone;
  }
}
