// npm run build [-- --hub | --web]: compiles what is stale.
import { ensureHubBuild, ensureWebBuild } from './setup/compilation.mjs';
import { runCommand } from './setup/program.mjs';

await runCommand(() => {
  const chosen = process.argv.slice(2);
  if (chosen.length === 0 || chosen.includes('--hub')) ensureHubBuild();
  if (chosen.length === 0 || chosen.includes('--web')) ensureWebBuild();
});
