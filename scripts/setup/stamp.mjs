// A stamp says from what something was built, so that it is built again only when that changed.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot } from './folder.mjs';

/** Folders that hold no source. */
const SKIPPED = new Set(['node_modules', 'dist']);

/**
 * What stands in the stamp of something built from `sources`.
 * @param sources files and folders, from the top folder; those that do not exist count as empty
 */
export function createStamp(sources) {
  const files = sources.flatMap((source) => filesIn(source)).sort();
  const content = createHash('sha256').update(process.version);
  for (const file of files) content.update(`\0${file}\0`).update(readFileSync(inRoot(file)));
  const names = createHash('sha256').update(files.join('\0'));
  return { content: content.digest('hex'), names: names.digest('hex') };
}

function filesIn(source) {
  let entries;
  try {
    entries = readdirSync(inRoot(source), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [source];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(`${source}/${entry.name}`) : [`${source}/${entry.name}`],
    );
}

export function readStamp(name) {
  try {
    return JSON.parse(readFileSync(stampFile(name), 'utf8'));
  } catch {
    return null;
  }
}

export function writeStamp(name, stamp) {
  mkdirSync(dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), `${JSON.stringify(stamp)}\n`);
}

export const removeStamp = (name) => rmSync(stampFile(name), { force: true });

const stampFile = (name) => inRoot('build', `.stamp-${name}`);
