// npm run virtual-board -- <options>: a board of Homeward on this machine. Without options it says which there are.
import { spawnSync } from 'node:child_process';
import { buildVirtualBoard } from './firmware/virtual-board.mjs';
import { runCommand } from './setup/program.mjs';

await runCommand(async () => {
  const args = process.argv.slice(2);
  const isTest = args[0] === '--build-for-tests';
  const program = await buildVirtualBoard(isTest ? 'sanitized' : 'plain');
  if (!isTest) process.exitCode = spawnSync(program, args, { stdio: 'inherit' }).status ?? 1;
});
