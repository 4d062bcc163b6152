import { parseArgs } from 'node:util';
import { rounded, tableOf } from './figures.ts';
import { type LatencyReport, measureLatency } from './latency.ts';

const USAGE = `npm run bench -- latency [--rounds N] [--count N] [--peer node-red] [--json]

  latency   from a smoke contact to the siren's command, against a C relay over the same Mosquitto
  --rounds  interleaved rounds; medians are taken over them. Default 3
  --count   contacts that are raised in each round, each once. Default 100
  --peer    node-red: also against Node-RED, installed in a temporary folder
  --json    prints only JSON
`;

function printLatency({ options, samples, medians, idleRssMb, firstAlarmMs, ratios }: LatencyReport): void {
  const { rounds, count } = options;
  const head = ['system', 'readings/s', 'p50 ms', 'p90 ms', 'p50 by round', 'lost'];
  const rows = medians.map(({ system, condition, p50Ms, p90Ms, lost }) => {
    const mine = samples.filter((each) => each.system === system && each.condition === condition);
    const byRound = mine.map((each) => rounded(each.p50Ms).toFixed(2)).join(' ');
    const rate = Math.min(...mine.map(({ readingsPerS }) => readingsPerS));
    return [system, rate, p50Ms.toFixed(2), p90Ms.toFixed(2), byRound, lost];
  });
  const lines = [
    `Alarm latency: ${rounds} rounds, ${count} contacts each, 10 alarms a second`,
    tableOf([head, ...rows]),
    '',
    tableOf([
      ['system', 'memory at rest MB', 'start to first alarm ms'],
      ...Object.keys(firstAlarmMs).map((name) => {
        const system = name as keyof typeof firstAlarmMs;
        return [name, idleRssMb[system] ?? '-', firstAlarmMs[system] ?? '-'];
      }),
    ]),
    '',
    ...Object.entries(ratios).map(([name, ratio]) => `homeward ${name}: ${ratio.toFixed(2)}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function wholeNumber(text: string | undefined, fallback: number): number {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 10_000) throw new Error(`"${text}" is no number.`);
  return number;
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      count: { type: 'string' },
      peer: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const isKnownPeer = values.peer === undefined || values.peer === 'node-red';
  if (positionals[0] !== 'latency' || !isKnownPeer) throw new Error(USAGE);
  const report = await measureLatency({
    rounds: wholeNumber(values.rounds, 3),
    count: wholeNumber(values.count, 100),
    withNodeRed: values.peer === 'node-red',
    say: (line) => {
      if (!values.json) process.stderr.write(`${line}\n`);
    },
  });
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printLatency(report);
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
