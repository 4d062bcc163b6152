import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../test/patience.ts';
import type { Contestant, Place } from './contestant.ts';
import { type Program, startProgram } from './program.ts';

const VERSION = '4.1.15';

/** Node-RED with a flow. It stores nothing; its editor is off, which spares it memory and time. */
export function createNodeRed(flow: (place: Place) => readonly object[]): Contestant & { remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-node-red-'));
  install(folder);
  const running = new Map<string, Program>();
  const home = (place: Place) => join(folder, place.prefix);
  return {
    name: 'node-red',
    async prepare(place) {
      configure(home(place), flow(place));
    },
    launch(place) {
      const program = join(folder, 'node_modules/node-red/red.js');
      const args = [program, '--userDir', home(place), '--settings', join(home(place), 'settings.js')];
      const started = startProgram(process.execPath, args, { cwd: home(place) });
      running.set(place.prefix, started);
      return started;
    },
    async ready(place) {
      const isConnected = () => running.get(place.prefix)?.said().includes('Connected to broker');
      await until('Node-RED hears its broker', isConnected, 60_000);
    },
    isListening: async (place) => running.get(place.prefix)?.said().includes('Started flows') === true,
    stored: () => null,
    renew: () => {},
    async clean(place) {
      rmSync(home(place), { recursive: true, force: true });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function install(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const args = [
    'install',
    `node-red@${VERSION}`,
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status, error, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`Node-RED could not be installed: ${error?.message ?? stderr}`);
}

function configure(folder: string, flow: readonly object[]): void {
  mkdirSync(folder, { recursive: true });
  const settings = {
    flowFile: 'flows.json',
    httpAdminRoot: false,
    httpNodeRoot: false,
    uiHost: '127.0.0.1',
    uiPort: 0,
    credentialSecret: false,
    telemetry: { enabled: false },
    logging: { console: { level: 'info', metrics: false, audit: false } },
  };
  writeFileSync(join(folder, 'settings.js'), `module.exports = ${JSON.stringify(settings)};\n`);
  writeFileSync(join(folder, 'flows.json'), JSON.stringify(flow));
}
