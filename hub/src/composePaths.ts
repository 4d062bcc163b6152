import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this installation: the nearest one above that holds the workspace's package.json. */
function findRoot(from: string): string {
  const file = join(from, 'package.json');
  if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'homeward') {
    return from;
  }
  const above = dirname(from);
  if (above === from) throw new Error('Homeward does not find its own folder. Start it with npm start.');
  return findRoot(above);
}

const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Where the parts of the installation stand. */
export const PATHS = {
  migrations: join(root, 'hub', 'migrations'),
  brokerMigrations: join(root, 'hub', 'migrations', 'broker'),
  historyMigrations: join(root, 'hub', 'migrations', 'history'),
  /** A thread begins with a compiled file. */
  historyWorker: new URL('./history/historyWorker.js', import.meta.url),
  importWorker: new URL('./history/importWorker.js', import.meta.url),
  openapi: join(root, 'hub', 'openapi.json'),
  /** The programs of boards, to be compiled. */
  firmware: join(root, 'firmware'),
  /** Style and script of the page for those who come without encryption. */
  pages: join(root, 'hub', 'pages'),
  webRoot: join(root, 'web', 'dist'),
} as const;

export const VERSION = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
  .version;
