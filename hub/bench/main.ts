import { parseArgs } from 'node:util';
import type { Bench, Given, Outcome } from './bench.ts';
import { DEVICES } from './devices.ts';
import { tableOf } from './figures.ts';
import { HISTORY } from './history.ts';
import { IMPORTS } from './imports.ts';
import { tableOfLimits } from './judged.ts';
import { LATENCY } from './latency.ts';
import { MEMORY } from './memory.ts';
import { STARTUP } from './startup.ts';
import { STEP } from './step.ts';
import { THROUGHPUT } from './throughput.ts';
import { TRUST } from './trust.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  latency: LATENCY,
  throughput: THROUGHPUT,
  memory: MEMORY,
  startup: STARTUP,
  devices: DEVICES,
  history: HISTORY,
  imports: IMPORTS,
  step: STEP,
  trust: TRUST,
};

const PEERS: Readonly<Record<Bench['peer'], string>> = {
  asked: '--peer node-red: also against Node-RED',
  usual: '--peer none: without Node-RED',
  none: '',
};

function usage(): string {
  const lines = Object.entries(BENCHES).flatMap(([name, { summary, knobs, peer }]) => [
    `  ${name.padEnd(12)}${summary}`,
    ...Object.entries(knobs).map(
      ([knob, { usual, of }]) => `    --${`${knob} N`.padEnd(12)}${of} (${usual})`,
    ),
    ...(PEERS[peer] === '' ? [] : [`    ${PEERS[peer]}`]),
  ]);
  const end = 'Node-RED is installed in a temporary folder. --json prints only JSON.';
  return `npm run bench -- <name> [options]\n\n${lines.join('\n')}\n\n${end}\n`;
}

const MAX_NUMBER = 100_000_000;

function wholeNumber(text: string | undefined, fallback: number): number {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(number) || number < 0 || number > MAX_NUMBER)
    throw new Error(`"${text}" is no number.`);
  return number;
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** @throws with the usage when the benchmark knows no such peer */
function hasNodeRed({ peer: habit }: Bench, peer: string | boolean | undefined): boolean {
  if (peer === undefined) return habit === 'usual';
  const isKnown = habit === 'none' ? peer === 'none' : peer === 'node-red' || peer === 'none';
  if (!isKnown) throw new Error(usage());
  return peer === 'node-red';
}

function givenTo(bench: Bench, values: Values): Given {
  const numbers = new Map(
    Object.entries(bench.knobs).map(([knob, { usual }]) => [
      knob,
      wholeNumber(values[knob] as string | undefined, usual),
    ]),
  );
  return {
    number: (knob) => numbers.get(knob) ?? Number.NaN,
    withNodeRed: hasNodeRed(bench, values.peer),
    say: (line) => void (values.json === true || process.stderr.write(`${line}\n`)),
  };
}

function print({ tables, limits }: Outcome): void {
  const parts = [...tables, tableOfLimits(limits)].map(({ title, rows }) => `${title}\n${tableOf(rows)}\n`);
  process.stdout.write(`${parts.join('\n')}`);
}

async function run(): Promise<void> {
  const [name = '', ...rest] = process.argv.slice(2);
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (bench === undefined) throw new Error(usage());
  const knobs = Object.keys(bench.knobs).map((knob) => [knob, { type: 'string' as const }]);
  const { values } = parseArgs({
    args: rest,
    options: {
      ...(Object.fromEntries(knobs) as Record<string, { type: 'string' }>),
      peer: { type: 'string' },
      json: { type: 'boolean' },
    },
  }) as { values: Values };
  const given = givenTo(bench, values);
  const outcome = await bench.run(given);
  if (values.json !== true) return print(outcome);
  const options = Object.fromEntries(Object.keys(bench.knobs).map((knob) => [knob, given.number(knob)]));
  const { data, limits } = outcome;
  process.stdout.write(`${JSON.stringify({ bench: name, options, ...data, limits }, null, 2)}\n`);
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
