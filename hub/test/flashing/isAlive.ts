import { existsSync, readFileSync } from 'node:fs';

/** Whether a program still does anything: one that has ended stays in the list until somebody asks how. */
export function isAlive(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  try {
    return existsSync(file) && !/\) [ZX] /.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
