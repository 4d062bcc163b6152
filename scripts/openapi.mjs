// npm run openapi [-- --check]: writes hub/openapi.json from the contract in hub/src/api.ts, or says that it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { ensureHubBuild } from './setup/compilation.mjs';
import { createContract } from './setup/contract.mjs';
import { inRoot } from './setup/folder.mjs';
import { PlainStop, runCommand, say } from './setup/program.mjs';

const FILE = inRoot('hub/openapi.json');

await runCommand(async () => {
  ensureHubBuild();
  const api = await import('../build/hub/src/api.js');
  const { version } = JSON.parse(readFileSync(inRoot('hub/package.json'), 'utf8'));
  const contract = `${JSON.stringify(createContract(api, version), null, 2)}\n`;
  if (process.argv.includes('--check')) {
    if (contract !== readOr('')) throw new PlainStop('hub/openapi.json is stale. Run: npm run openapi');
  } else if (contract !== readOr('')) {
    writeFileSync(FILE, contract);
    say('hub/openapi.json was written.');
  }
});

function readOr(otherwise) {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return otherwise;
  }
}
