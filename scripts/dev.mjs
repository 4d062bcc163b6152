// npm run dev: the hub, started again whenever it changed, and the app with hot reload. Stop with Ctrl-C.
import { spawn } from 'node:child_process';
import { ensureHubBuild, ensureWebBuild } from './setup/compilation.mjs';
import { inRoot, ROOT } from './setup/folder.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runCommand } from './setup/program.mjs';

await runCommand(() => {
  ensurePackages();
  ensureHubBuild();
  ensureWebBuild();
  const running = [
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
    ['--watch', 'build/hub/src/main.js'],
    ['../node_modules/vite/bin/vite.js'],
  ].map((args, index) => {
    const cwd = index === 2 ? inRoot('web') : ROOT;
    return spawn(process.execPath, args, { cwd, stdio: 'inherit' });
  });
  // All stand in one process group: the terminal's Ctrl-C reaches each. Other signals reach only this one.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {
    for (const child of running) child.kill('SIGTERM');
  });
});
