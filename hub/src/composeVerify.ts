import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { CHANGED, journalFiles, proveFile } from './composeJournal.ts';
import { readConfig } from './config.ts';
import { readWitness } from './journal/checkpoints.ts';
import { readPublicKey } from './journal/signingKey.ts';
import type { Verdict } from './journal/verify.ts';

const USAGE = 'npm run journal:verify [-- --data <folder>]';

/** The data folder that was asked for; null: what was typed is not understood. */
function folderFrom(args: readonly string[]): string | null {
  if (args.length === 0) return readConfig(env).dataFolder;
  const [flag, folder] = args;
  return args.length === 2 && flag === '--data' && folder ? resolve(folder) : null;
}

/** What the person at the keyboard reads. */
function tell({ rows, first, last, signedTo, signedAt, findings, moreFindings }: Verdict): string {
  const lines = [
    rows === 0 ? 'The journal is empty.' : `${rows} rows were checked, ${first} to ${last}.`,
    signedAt === null
      ? 'Nothing of it is signed yet.'
      : `Signed up to row ${signedTo}, on ${new Date(signedAt).toISOString()}. Rows after it hold together, but could be cut off or written anew unseen.`,
    ...findings.map(({ words }) => `  ${words}`),
    ...(moreFindings > 0 ? [`  … and ${moreFindings} more.`] : []),
    findings.length === 0 ? 'The journal is whole.' : CHANGED,
  ];
  return `${lines.join('\n')}\n`;
}

/** Looks through the journal of a data folder; the hub may run. Answers the exit code: 0 whole, 1 not, 2 it cannot be told. */
export async function verifyJournal(
  args: readonly string[],
  print: (text: string) => void,
): Promise<0 | 1 | 2> {
  const folder = folderFrom(args);
  if (folder === null) {
    print(`${USAGE}\n`);
    return 2;
  }
  const files = journalFiles(folder);
  if (!existsSync(files.database)) {
    print(`There is no journal in ${folder}.\n`);
    return 2;
  }
  try {
    // What stands beside the database comes first: it is never newer than the rows.
    const outside = { publicKey: readPublicKey(files.key), witness: readWitness(files.witness), lastSeq: 0 };
    const verdict = await proveFile(files.database, outside);
    print(tell(verdict));
    return verdict.findings.length === 0 ? 0 : 1;
  } catch (error) {
    print(`The journal cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  process.exitCode = await verifyJournal(argv.slice(2), (text) => void process.stdout.write(text));
}
