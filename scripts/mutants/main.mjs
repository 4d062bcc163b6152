// npm run campaign -- mutants [scope …] [--every N]: changes the sources in many small ways; the tests have to notice.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRoot } from '../setup/folder.mjs';
import { PlainStop, say } from '../setup/program.mjs';
import { EQUIVALENT } from './equivalent.mjs';
import { createHost } from './hosts.mjs';
import { mutantsOf } from './operators.mjs';
import { SCOPES } from './scope.mjs';

/** So many of a hundred have to be noticed. */
const WANTED_PERCENT = 90;
const HOSTS = 2;

export async function runMutants(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { every: { type: 'string', default: '1' } },
  });
  const every = Number(values.every);
  if (!(Number.isInteger(every) && every >= 1)) throw new PlainStop(`"${values.every}" is no whole number.`);
  const scopes = scopesOf(positionals);
  const tried = await tryAll(scopes.flatMap(mutantsOfScope).filter((_, index) => index % every === 0));
  return report(scopes, tried) ? 0 : 1;
}

function scopesOf(names) {
  const unknown = names.find((name) => !Object.hasOwn(SCOPES, name));
  if (unknown !== undefined)
    throw new PlainStop(`"${unknown}" is none of ${Object.keys(SCOPES).join(', ')}.`);
  return names.length === 0 ? Object.keys(SCOPES) : names;
}

function mutantsOfScope(scope) {
  return SCOPES[scope].flatMap(({ file, near, all }) =>
    mutantsOf(readFileSync(inRoot(file), 'utf8')).map((mutant) => ({ ...mutant, scope, file, near, all })),
  );
}

const nameOf = ({ file, line, from, to }) => `${file}:${line} ${oneLine(from)} => ${oneLine(to)}`;
const oneLine = (code) => code.replaceAll(/\s+/g, ' ');

/** Equivalent mutants are found by what they change, not by the line, which moves. */
const isEquivalent = ({ file, from, to, text }) =>
  EQUIVALENT.some(
    (each) =>
      each.file === file &&
      each.from === oneLine(from) &&
      each.to === oneLine(to) &&
      text.includes(each.within),
  );

async function tryAll(mutants) {
  const waiting = mutants.filter((mutant) => !isEquivalent(withLine(mutant)));
  say(`${waiting.length} mutants, and ${mutants.length - waiting.length} that change nothing`);
  const tried = [];
  const hosts = Array.from({ length: HOSTS }, createHost);
  const clean = { file: null, tests: [...new Set(waiting.flatMap(({ all }) => all))] };
  const since = performance.now();
  await mustBeGreen(hosts[0], clean, 'already');
  const hangsAfterMs = 5 * (performance.now() - since);
  const work = async (host) => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const verdict = await verdictOf(host, mutant, hangsAfterMs);
      tried.push({ ...mutant, verdict });
      if (verdict !== 'killed') say(`${verdict}: ${nameOf(mutant)}`);
      if (tried.length % 50 === 0) say(`${tried.length} tried, ${waiting.length} to go`);
    }
  };
  try {
    await Promise.all(hosts.map(work));
    // A host that was left broken by one mutant would call every later one noticed.
    await Promise.all(hosts.map((host) => mustBeGreen(host, clean, 'at the end')));
  } finally {
    for (const host of hosts) host.end();
  }
  return tried;
}

/** Where the tests fail without a mutant, each mutant would count as noticed. */
async function mustBeGreen(host, clean, when) {
  if ((await host.judge(clean)) === 'survived') return;
  host.end();
  throw new PlainStop(`The tests fail ${when} without a mutant:\n${host.failures().join('\n')}`);
}

function withLine(mutant) {
  const lines = readFileSync(inRoot(mutant.file), 'utf8').split('\n');
  return { ...mutant, text: lines[mutant.line - 1] ?? '' };
}

async function verdictOf(host, { file, start, end, to, near, all }, hangsAfterMs) {
  const verdict = await host.judge({ file, start, end, to, tests: near }, hangsAfterMs);
  return verdict === 'survived' ? host.judge({ file, start, end, to, tests: all }, hangsAfterMs) : verdict;
}

const percentOf = (part, whole) => (whole === 0 ? 100 : (100 * part) / whole);

function report(scopes, tried) {
  const rows = scopes.map((scope) => [scope, tried.filter((each) => each.scope === scope)]);
  process.stdout.write(
    `${'scope'.padEnd(10)}${'mutants'.padStart(9)}${'killed'.padStart(9)}${'share'.padStart(9)}\n`,
  );
  for (const [name, mutants] of [...rows, ['all', tried]]) {
    const killed = mutants.filter(({ verdict }) => verdict === 'killed').length;
    const share = `${percentOf(killed, mutants.length).toFixed(1)} %`;
    process.stdout.write(
      `${name.padEnd(10)}${String(mutants.length).padStart(9)}${String(killed).padStart(9)}${share.padStart(9)}\n`,
    );
  }
  const left = tried.filter(({ verdict }) => verdict !== 'killed');
  for (const mutant of left) process.stdout.write(`${mutant.verdict}: ${nameOf(mutant)}\n`);
  return rows.every(
    ([, mutants]) =>
      percentOf(mutants.filter(({ verdict }) => verdict === 'killed').length, mutants.length) >=
      WANTED_PERCENT,
  );
}
