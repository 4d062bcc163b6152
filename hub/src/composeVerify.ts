import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { CHANGED, journalFiles, proveFile } from './composeJournal.ts';
import { readConfig } from './config.ts';
import { readWitness } from './journal/checkpoints.ts';
import { readExport } from './journal/exportRead.ts';
import { proveJournal } from './journal/proof.ts';
import { createSignatureCheck, readPublicKey } from './journal/signingKey.ts';
import { sha256 } from './journal/store.ts';
import type { Verdict } from './journal/verify.ts';

const USAGE = 'npm run journal:verify [-- --data <folder> | --export <file.json>]';

/** What is to be looked through; null: what was typed is not understood. */
type Asked = { readonly folder: string } | { readonly file: string } | null;

function askedFrom(args: readonly string[]): Asked {
  if (args.length === 0) return { folder: readConfig(env).dataFolder };
  const [flag, path] = args;
  if (args.length !== 2 || !path) return null;
  if (flag === '--data') return { folder: resolve(path) };
  return flag === '--export' ? { file: resolve(path) } : null;
}

/** As it stands there when no calendar has it. */
const timeOf = (utc: number): string =>
  Math.abs(utc) <= 8.64e15 ? new Date(utc).toISOString() : String(utc);

/** What the person at the keyboard reads. */
function tell({ rows, first, last, signedTo, signedAt, findings, moreFindings }: Verdict): string {
  const lines = [
    rows === 0 ? 'The journal is empty.' : `${rows} rows were checked, ${first} to ${last}.`,
    signedAt === null
      ? 'Nothing of it is signed yet.'
      : `Signed up to row ${signedTo}, on ${timeOf(signedAt)}. Rows after it hold together, but could be cut off or written anew unseen.`,
    ...findings.map(({ words }) => `  ${words}`),
    ...(moreFindings > 0 ? [`  … and ${moreFindings} more.`] : []),
    findings.length === 0 ? 'The journal is whole.' : CHANGED,
  ];
  return `${lines.join('\n')}\n`;
}

/** Of a data folder; the hub may run. */
async function proveFolder(folder: string): Promise<Told> {
  const files = journalFiles(folder);
  if (!existsSync(files.database)) return { code: 2, text: `There is no journal in ${folder}.\n` };
  // What stands beside the database comes first: it is never newer than the rows.
  const outside = { publicKey: readPublicKey(files.key), witness: readWitness(files.witness), lastSeq: 0 };
  return toldOf(await proveFile(files.database, outside));
}

/** Of an export, wherever it is: nothing else is needed, and nothing of the house. */
async function proveExport(file: string): Promise<Told> {
  if (!existsSync(file)) return { code: 2, text: `There is no file ${file}.\n` };
  const { hubId, exportedAt, publicKey, filed } = readExport(readFileSync(file, 'utf8'));
  const ports = { sha256, isSignedBy: createSignatureCheck(), pause: async () => {} };
  const verdict = await proveJournal(filed, { publicKey, witness: null, lastSeq: 0 }, ports);
  const { code, text } = toldOf(verdict);
  const head = `Saved by the hub ${hubId} on ${timeOf(exportedAt)}.\n`;
  const key = `It is signed with the key ${Buffer.from(publicKey).toString('base64')}.\nWhoever made it all up has another key than the hub: compare it.\n`;
  return { code, text: head + text + key };
}

/** Exit code (0 whole, 1 not, 2 it cannot be told) and what is said. */
type Told = { readonly code: 0 | 1 | 2; readonly text: string };

const toldOf = (verdict: Verdict): Told => ({
  code: verdict.findings.length === 0 ? 0 : 1,
  text: tell(verdict),
});

/** Looks through the journal of a data folder, or through an export. Answers the exit code. */
export async function verifyJournal(
  args: readonly string[],
  print: (text: string) => void,
): Promise<0 | 1 | 2> {
  const asked = askedFrom(args);
  if (asked === null) {
    print(`${USAGE}\n`);
    return 2;
  }
  try {
    const { code, text } = await ('folder' in asked ? proveFolder(asked.folder) : proveExport(asked.file));
    print(text);
    return code;
  } catch (error) {
    print(`The journal cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  process.exitCode = await verifyJournal(argv.slice(2), (text) => void process.stdout.write(text));
}
