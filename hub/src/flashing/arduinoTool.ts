import { type ChildProcess, spawn } from 'node:child_process';
import { constants, homedir, setPriority } from 'node:os';
import { join } from 'node:path';
import { type Place, type ToolAnswer, type ToolCall, toolArgs } from './arduinoCli.ts';

const NAME = 'arduino-cli';
/** Where its install script, Homebrew and people put it. A program that a system starts finds few folders on its PATH. */
const USUAL = [join(homedir(), 'bin'), join(homedir(), '.local/bin'), '/usr/local/bin', '/opt/homebrew/bin'];
/** What it says is kept up to this, characters: all properties of a build are some 100,000. */
const MOST_SAID = 8_000_000;
/** It is asked to end, and then ended, ms. */
const END_MS = 3_000;

export type ArduinoTool = {
  /** Calls it and waits for its end. Never throws: what cannot be started answers `exit` null. @param told as it speaks */
  call(call: ToolCall, place: Place, told?: (text: string) => void): Promise<ToolAnswer>;
  /** Ends what runs, and all that it started. */
  stop(): void;
};

export type ToolOptions = {
  readonly env: Readonly<Record<string, string>>;
  /** True: whatever else runs on this machine comes first. */
  readonly isHumble: boolean;
  /** Where it is looked for besides the PATH. Default: where people install it. */
  readonly folders?: readonly string[];
};

/** The arduino-cli of this machine: on the PATH, or where people install it. */
export function createArduinoTool({ env, isHumble, folders = USUAL }: ToolOptions): ArduinoTool {
  const running = new Set<ChildProcess>();

  function start(
    program: string,
    args: readonly string[],
    told: (text: string) => void,
  ): Promise<ToolAnswer> {
    return new Promise((resolve) => {
      // A group of its own: compilers and uploaders end with it.
      const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
      const said = { out: '', err: '' };
      running.add(child);
      const listen = (stream: 'out' | 'err') => (some: string) => {
        if (said.out.length + said.err.length + some.length > MOST_SAID) return endGroup(child);
        said[stream] += some;
        told(some);
      };
      child.stdout.setEncoding('utf8').on('data', listen('out'));
      child.stderr.setEncoding('utf8').on('data', listen('err'));
      const end = (exit: number | null) => {
        running.delete(child);
        resolve({ exit, ...said });
      };
      child.once('error', (error: NodeJS.ErrnoException) => {
        said.err += error.message;
        end(error.code === 'ENOENT' ? null : CANNOT_RUN);
      });
      child.once('close', (status) => end(status ?? CANNOT_RUN));
      if (isHumble) stepBack(child);
    });
  }

  return {
    async call(call, place, told = () => {}) {
      const args = toolArgs(call, place);
      let answer = await start(NAME, args, told);
      for (const folder of folders) {
        if (answer.exit !== null) break;
        answer = await start(join(folder, NAME), args, told);
      }
      return answer;
    },
    stop() {
      for (const child of running) endGroup(child);
    },
  };
}

/** As a shell says it of a program that is there and cannot be run, or was ended. */
const CANNOT_RUN = 126;

function stepBack({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already.
  }
}

function endGroup({ pid }: ChildProcess): void {
  const signal = (name: NodeJS.Signals) => {
    try {
      if (pid !== undefined) process.kill(-pid, name);
    } catch {
      // It has ended already.
    }
  };
  signal('SIGTERM');
  setTimeout(() => signal('SIGKILL'), END_MS).unref();
}
