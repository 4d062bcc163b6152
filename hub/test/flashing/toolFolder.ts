import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from '../repository.ts';

/** What is wrong with the stand-in of arduino-cli, and which ports it finds. */
export type ToolPlan = {
  readonly version?: string;
  readonly ports?: readonly string[];
  readonly compile?: 'no-core' | 'error' | 'network';
  readonly compileMs?: number;
  readonly upload?: 'busy';
  readonly uploadStepMs?: number;
};

export type ToolCalled = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
};

/** A folder with nothing on it but a stand-in of arduino-cli, and what programs need to run at all. */
export function createToolFolder(plan: ToolPlan = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-tool-'));
  symlinkSync(join(ROOT, 'hub/test/flashing/arduino-cli.mjs'), join(folder, 'arduino-cli'));
  const write = (next: ToolPlan) => writeFileSync(join(folder, 'plan.json'), JSON.stringify(next));
  write(plan);
  return {
    folder,
    /** A PATH on which it comes first. */
    path: [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    plan: write,
    calls(): ToolCalled[] {
      const file = join(folder, 'calls.jsonl');
      const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
      return lines.map((line) => JSON.parse(line) as ToolCalled);
    },
    async remove(): Promise<void> {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
