import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BoardAccess } from './board-link.ts';
import { readScenarioName, SCENARIO_NAMES } from './scenarios.ts';
import { createSimulation } from './simulation.ts';

const USAGE = `Simulates a house over MQTT.

  --broker URL        mqtt://host:port or mqtts://host:port (default mqtt://127.0.0.1:1883)
  --identities FILE   JSON: board id → {"username", "password", "deviceId"?}; without it boards connect anonymously
  --ca FILE           certificate authority to trust with mqtts, PEM
  --speed N           house seconds per real second, 1..1000 (default 1)
  --scenario NAME     ${SCENARIO_NAMES.join(', ')} (default: a quiet day)
  --seed N            the same seed makes the same house (default 1)
  --start HH:MM       time of day in the house at the start (default: now)
`;

type Identity = { readonly username: string; readonly password: string; readonly deviceId?: string };

function readIdentities(file: string): Readonly<Record<string, Identity>> {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${file} holds no identities`);
  const identities: Record<string, Identity> = {};
  for (const [boardId, value] of Object.entries(parsed)) {
    if (!isIdentity(value)) throw new Error(`${file}: "${boardId}" has no user name and password`);
    identities[boardId] = value;
  }
  return identities;
}

function isIdentity(value: unknown): value is Identity {
  if (typeof value !== 'object' || value === null) return false;
  const { username, password, deviceId = '' } = { ...value } as Record<string, unknown>;
  return [username, password, deviceId].every((part) => typeof part === 'string');
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      broker: text,
      identities: text,
      ca: text,
      speed: text,
      scenario: text,
      seed: text,
      start: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return;
  }
  const url = values.broker ?? 'mqtt://127.0.0.1:1883';
  const identities = values.identities === undefined ? null : readIdentities(values.identities);
  const ca = values.ca === undefined ? null : readFileSync(values.ca, 'utf8');
  const connect = (boardId: string): BoardAccess => {
    if (identities === null) return { url, ca, username: null, password: null };
    const identity = identities[boardId];
    if (identity === undefined) throw new Error(`the identities file has none for the board "${boardId}"`);
    return { url, ca, ...identity };
  };
  const simulation = createSimulation({
    speed: Number(values.speed ?? 1),
    seed: Number(values.seed ?? 1),
    scenario: readScenarioName(values.scenario),
    ...(values.start === undefined ? {} : { start: values.start }),
    connect,
    onLog: (line) => process.stdout.write(`${line}\n`),
  });
  const stop = (): void => {
    void simulation.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await simulation.start();
  process.stdout.write(`${simulation.boards.length} boards at ${url}. Stop with Ctrl-C.\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
});
