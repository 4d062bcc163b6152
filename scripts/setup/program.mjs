// Other programs: run one in the foreground, or run one and keep what it says.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Runs a program on this terminal and waits. Answers its exit code; 127 when there is no such program. */
export function runProgram(command, args, { cwd, env } = {}) {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    cwd,
    env: { ...process.env, ...env },
  });
  return error ? 127 : (status ?? 1);
}

/** Runs a program and answers `{ status, output }`, both streams of it in the order in which they came. */
export function captureProgram(command, args, { cwd, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ status: 127, output: `${output}${error.message}\n` }));
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** Whether a program can be found. */
export function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Tells how far we are. On the error stream: the other one belongs to the program that is run. */
export const say = (words) => process.stderr.write(`${words}\n`);

/** Something to say to the person at the keyboard, without a stack trace. */
export class PlainStop extends Error {}

/** Runs a command of ours; a PlainStop becomes its words and exit code 1. */
export async function runCommand(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof PlainStop)) throw error;
    say(`\n${error.message}`);
    process.exitCode = 1;
  }
}
