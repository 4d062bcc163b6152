import { parseArgs } from 'node:util';
import { BROKER } from './broker.ts';
import { CLOCK } from './clock.ts';
import { FUZZ } from './fuzz.ts';
import { KILL } from './kill.ts';
import { OXYGEN } from './oxygen.ts';
import { QUIET } from './quiet.ts';
import type { Campaign, Verdict } from './report.ts';

const CAMPAIGNS: Readonly<Record<string, Campaign>> = {
  kill: KILL,
  broker: BROKER,
  fuzz: FUZZ,
  clock: CLOCK,
  oxygen: OXYGEN,
  quiet: QUIET,
};

const usage = (): string => {
  const lines = Object.entries(CAMPAIGNS).map(
    ([name, { summary, rounds }]) => `  ${name.padEnd(8)}${summary} (${rounds.usual} ${rounds.of})`,
  );
  const ofSources = [
    '  mutants [scope …] [--every N]: sources changed in many small ways, which the tests have to notice',
    '  coverage: branches of the air and of the alarms that no test goes through',
  ];
  return `npm run campaign -- <name> [--rounds N] [--json]\n\n${[...lines, ...ofSources].join('\n')}\n`;
};

function print({ name, figures, violations }: Verdict): void {
  const lines = Object.entries(figures).map(([figure, value]) => `  ${figure.padEnd(20)}${value}`);
  const found = violations.map((violation) => `  VIOLATION ${violation}`);
  process.stdout.write(`${[name, ...lines, ...found, `  violations: ${violations.length}`].join('\n')}\n`);
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [name = ''] = positionals;
  const campaign = Object.hasOwn(CAMPAIGNS, name) ? CAMPAIGNS[name] : undefined;
  if (campaign === undefined) throw new Error(usage());
  const rounds = values.rounds === undefined ? campaign.rounds.usual : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`"${values.rounds}" is no number of rounds.`);
  const verdict = await campaign.run(rounds, (line) => process.stderr.write(`${line}\n`));
  if (values.json) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  else print(verdict);
  return verdict.violations.length === 0 ? 0 : 1;
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
