import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Hello } from '../../hub/src/api.ts';
import { readConfig } from '../../hub/src/config.ts';
import type { BoardAccess } from '../simulate-house/board-link.ts';
import { BOARDS } from '../simulate-house/boards.ts';
import { minuteOfDay } from '../simulate-house/routine.ts';
import { readScenarioName, SCENARIO_NAMES, type ScenarioName } from '../simulate-house/scenarios.ts';
import { createSimulation, type Simulation } from '../simulate-house/simulation.ts';
import { pairBoards } from './board-keys.ts';
import { createHubClient, DEMO_LOGIN, type HubClient, Refusal } from './hub-client.ts';
import { awaitHub, type HubProcess, spawnHub } from './hub-process.ts';
import { bringPast, type PastParts } from './past.ts';
import { setUpResponses } from './responses.ts';

/** Root of the repository, seen from build/scripts/demo. */
const ROOT = join(import.meta.dirname, '../../..');
const DATA = join(ROOT, 'data-demo');

const USAGE = `npm run demo -- [--speed N] [--scenario NAME] [--seed N] [--start HH:MM] [--fresh]

  --speed N         house seconds per real second, 1..1000 (default 1)
  --scenario NAME   ${SCENARIO_NAMES.join(', ')} (default: a quiet day)
  --seed N          the same seed makes the same house (default 1)
  --start HH:MM     time of day in the house (default: that of the hub)
  --fresh           forget the house of the last run
`;

type DemoOptions = {
  readonly speed: number;
  readonly scenario: ScenarioName | null;
  readonly seed: number;
  readonly start: string | null;
  readonly isFresh: boolean;
};

function readOptions(): DemoOptions | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    options: { speed: text, scenario: text, seed: text, start: text, fresh: flag, help: flag },
  });
  if (values.help === true) return null;
  if (values.start !== undefined) minuteOfDay(values.start);
  return {
    speed: readNumber('--speed', values.speed, 1, 1_000),
    scenario: readScenarioName(values.scenario),
    seed: readNumber('--seed', values.seed, 0, 1_000_000),
    start: values.start ?? null,
    isFresh: values.fresh === true,
  };
}

/** A number of the command line; 1 when it is not given. Refused here, before anything has been started. */
function readNumber(name: string, word: string | undefined, least: number, most: number): number {
  const number = word === undefined ? 1 : Number(word);
  if (number >= least && number <= most) return number;
  throw new RangeError(`${name} takes a number from ${least} to ${most}, not "${word}"`);
}

/**
 * The hub's environment: the usual ports, but loopback, the demo's own data and the embedded broker, whatever is set
 * for the real hub of this machine. Made-up boards must never reach a real house.
 */
function demoEnvironment(speed: number): NodeJS.ProcessEnv {
  const { HOMEWARD_MQTT_URL, HOMEWARD_MQTT_CA, HOMEWARD_DYNSEC_URL, ...rest } = process.env;
  return {
    ...rest,
    HOMEWARD_DATA: DATA,
    HOMEWARD_BIND: '127.0.0.1',
    HOMEWARD_DEMO_SPEED: String(speed),
  };
}

async function enter(client: HubClient, hello: Hello): Promise<void> {
  if (!hello.claimed) await client.claim(readFileSync(join(DATA, 'claim-code'), 'utf8').trim());
  try {
    await client.logIn();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Error(
      `The demo's login does not fit the house in data-demo (${error.message}). Run again with --fresh.`,
    );
  }
}

/** Time of day "HH:MM" here at a moment of the hub's clock. */
function timeOfDay(utc: number): string {
  return new Date(utc).toTimeString().slice(0, 5);
}

function greet({ speed, scenario }: DemoOptions, httpPort: number, start: string): void {
  const { name, password, pin } = DEMO_LOGIN;
  process.stdout.write(`
  A simulated house with ${BOARDS.length} boards. Nothing of it is real.

    Address    http://localhost:${httpPort}
    Login      ${name} / ${password}      PIN ${pin}
    Scenario   ${scenario ?? 'a quiet day'}
    Speed      ${speed === 1 ? 'real time' : `${speed} times real time`}; it is ${start} in the house

  Type the name of a scenario and Enter to begin it now: ${SCENARIO_NAMES.join(', ')}
  Stop with Ctrl-C. The house stays in data-demo; --fresh forgets it.

`);
}

function listenForScenarios(simulation: Simulation): void {
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line.trim() === '') return;
    try {
      const scenario = readScenarioName(line.trim());
      if (scenario !== null) simulation.say(scenario);
    } catch (error) {
      process.stdout.write(`${messageOf(error)}\n`);
    }
  });
}

async function runDemo(options: DemoOptions): Promise<void> {
  const env = demoEnvironment(options.speed);
  const config = readConfig(env);
  const client = createHubClient(`http://127.0.0.1:${config.httpPort}`);
  if ((await client.hello()) !== null)
    throw new Error(
      `A hub is running on port ${config.httpPort} already. Stop it, or set HOMEWARD_HTTP_PORT (and the other ports).`,
    );
  if (options.isFresh) rmSync(DATA, { recursive: true, force: true });
  mkdirSync(DATA, { recursive: true, mode: 0o700 });
  const hub = spawnHub(join(ROOT, 'build/hub/src/main.js'), env, join(DATA, 'hub.log'));
  let simulation: Simulation | null = null;
  const asked = new AbortController();
  const ending = endOfDemo(hub, () => simulation, asked);
  // Whoever waits for the hub's first answer tells of its death better.
  ending.catch(() => undefined);
  const hello = await awaitHub(hub, client);
  await enter(client, hello);
  const keys = await pairBoards(client, hello.hubId, BOARDS, join(DATA, 'boards.json'));
  const start = options.start ?? timeOfDay((await client.hello())?.now ?? hello.now);
  simulation = createSimulation({
    speed: options.speed,
    seed: options.seed,
    scenario: options.scenario,
    start,
    connect: (boardId): BoardAccess => {
      const key = keys.get(boardId);
      if (key === undefined) throw new Error(`The board "${boardId}" was not paired.`);
      return { url: `mqtt://127.0.0.1:${config.mqttPort}`, ca: null, ...key };
    },
    onLog: (line) => process.stdout.write(`${line}\n`),
  });
  greet(options, config.httpPort, start);
  await simulation.start();
  listenForScenarios(simulation);
  void setUpResponses({ hub: client, keys }).catch((error) => {
    if (!asked.signal.aborted) process.stdout.write(`  ${messageOf(error)}\n`);
  });
  const now = (await client.hello())?.now ?? hello.now;
  void tellPast({ hub: client, keys, seed: options.seed, now }, asked.signal);
  await ending;
}

/** Beside the living house: it can be looked at meanwhile. A house without a past is a house all the same. */
async function tellPast(parts: PastParts, asked: AbortSignal): Promise<void> {
  const begin = performance.now();
  try {
    const readings = await bringPast(parts);
    const seconds = Math.ceil((performance.now() - begin) / 1_000);
    if (readings > 0) process.stdout.write(`  Its past was written: ${readings} readings in ${seconds} s.\n`);
  } catch (error) {
    // Who stops the demo in the middle gets it at the next start.
    if (!asked.aborted) process.stdout.write(`  Its past could not be written. ${messageOf(error)}\n`);
  }
}

/** Resolves when the demo was asked to stop and everything has; rejects when the hub ends by itself. */
function endOfDemo(
  hub: HubProcess,
  simulation: () => Simulation | null,
  asked: AbortController,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = async () => {
      if (asked.signal.aborted) return;
      asked.abort();
      process.stdout.write('Stopping …\n');
      await simulation()?.stop();
      await hub.stop();
      resolve();
      process.exit(0);
    };
    process.on('SIGINT', () => void stop());
    process.on('SIGTERM', () => void stop());
    void hub.ended.then((lastWords) => {
      if (!asked.signal.aborted)
        reject(new Error(`The hub has ended, and the demo with it. Its last words:\n${lastWords}`));
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(error: unknown): never {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}

try {
  const options = readOptions();
  if (options === null) process.stdout.write(USAGE);
  else runDemo(options).catch(fail);
} catch (error) {
  fail(`${messageOf(error)}\n\n${USAGE}`);
}
