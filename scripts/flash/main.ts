import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPorts, readVersion } from '../../hub/src/flashing/arduinoCli.ts';
import { createArduinoTool } from '../../hub/src/flashing/arduinoTool.ts';
import { createBuildFolder } from '../../hub/src/flashing/buildFolder.ts';
import { FlashRun } from '../../hub/src/flashing/flashRun.ts';
import {
  BoardWifi,
  type FlashFailure,
  type FlashJob,
  type FlashRequest,
} from '../../hub/src/flashing/schema.ts';
import { openSerial } from '../../hub/src/flashing/serialPort.ts';
import { toolEnvironment } from '../../hub/src/flashing/toolEnvironment.ts';
import { Hub, HubRefused } from './hub.ts';
import { type FlashOptions, readOptions, USAGE, WrongOptions } from './options.ts';
import { createQuestions, NobodyThere, type Questions } from './questions.ts';
import {
  createTelling,
  endWords,
  failureWords,
  NOTHING_PLUGGED_IN,
  PASSWORD_WRONG,
  QUESTIONS,
  refusedWords,
} from './telling.ts';

/** Root of the repository, seen from build/scripts/flash. */
const ROOT = join(import.meta.dirname, '../../..');
const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};
const NOWHERE = { sketch: '', output: '', port: '', jobs: null };

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** It cannot go on, for a reason that a person may read. */
class Stop extends Error {}

const stopFor = (failure: FlashFailure, detail: string | null): Stop =>
  new Stop(failureWords(failure, detail));

const tool = createArduinoTool({ env: toolEnvironment(process.env), isHumble: false });
const folder = createBuildFolder(
  process.env.HOMEWARD_FIRMWARE ?? join(ROOT, 'firmware'),
  join(ROOT, 'build/flash'),
  VERSION,
);

/** The port that was named, or the only one. @throws Stop */
async function findPort({ port, isList }: FlashOptions): Promise<string> {
  const version = readVersion(await tool.call('version', NOWHERE));
  if ('failure' in version) throw stopFor(version.failure, version.detail);
  if (port !== null && !isList) return port;
  const found = readPorts(await tool.call('ports', NOWHERE));
  if ('failure' in found) throw stopFor(found.failure, found.detail);
  const [only] = found.ports;
  if (only === undefined) throw new Stop(NOTHING_PLUGGED_IN);
  if (found.ports.length === 1 && !isList) return only.address;
  const lines = found.ports.map(({ address, label }) => `  ${address}  ${label}`);
  if (isList) return lines.join('\n');
  throw new Stop(['Several things are plugged in. Name one with --port:', ...lines].join('\n'));
}

async function logIn(hub: Hub, questions: Questions): Promise<void> {
  const name = await questions.ask(QUESTIONS.login);
  const password = await questions.askSecret(QUESTIONS.password);
  try {
    await hub.logIn(name, password);
  } catch (error) {
    if (!(error instanceof HubRefused) || error.code !== 'second-factor-needed') throw error;
    await hub.logIn(name, password, await questions.askSecret(QUESTIONS.code));
  }
}

async function askWifi(questions: Questions, ssid: string | null, usual?: string): Promise<BoardWifi> {
  const name = ssid ?? (await questions.ask(QUESTIONS.ssid, usual));
  for (;;) {
    const wifi = { ssid: name, password: await questions.askSecret(QUESTIONS.wifiPassword) };
    const read = BoardWifi.safeParse(wifi);
    if (read.success) return read.data;
    if (read.error.issues.some(({ path }) => path[0] === 'ssid')) {
      throw new Stop(`“${name}” can be no name of a Wi-Fi: it must have 1 to 32 bytes.`);
    }
    say(PASSWORD_WRONG);
  }
}

/** Does it all, and answers how it ended. */
function flash(order: FlashRequest, hub: Hub, questions: Questions): Promise<FlashJob> {
  const tell = createTelling(say);
  const settle = { end: (_job: FlashJob) => {}, fail: (_error: unknown) => {} };
  const ended = new Promise<FlashJob>((resolve, reject) => {
    settle.end = resolve;
    settle.fail = reject;
  });
  const asker = askerFor(hub);
  let isAsking = false;
  const askAgain = async (job: FlashJob): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    say(refusedWords(job));
    const wifi = await askWifi(questions, null, order.wifi.ssid);
    isAsking = false;
    run.happen({ is: 'wifiGiven', wifi });
  };
  const run = new FlashRun(order, {
    tool,
    placeOf: ({ node, port }) => ({
      sketch: folder.sketchOf(node),
      output: folder.outputOf(node),
      port,
      jobs: null,
    }),
    openPort: openSerial,
    noteBuild: folder.note,
    ...asker,
    now: () => performance.now(),
    changed(job) {
      tell(job);
      if (job.state === 'wifi-asked') askAgain(job).catch(settle.fail);
      else if (job.state !== 'running') void asker.settled().then(() => settle.end(job));
    },
    report: settle.fail,
  });
  process.once('SIGINT', () => run.happen({ is: 'stopAsked' }));
  process.once('SIGTERM', () => run.happen({ is: 'stopAsked' }));
  return ended;
}

/** What a flash asks of the hub. `settled`: an identity that nobody has is taken back before anybody leaves. */
function askerFor(hub: Hub) {
  let owed: Promise<unknown> = Promise.resolve();
  const owe = <T>(asked: Promise<T>): Promise<T> => {
    owed = asked;
    return asked;
  };
  return {
    async pair(name: string) {
      const { deviceId, mqtt } = await owe(hub.pair(name));
      return { deviceId, identity: mqtt };
    },
    // A hub that is busy for a moment is asked again in a second.
    hasSpoken: (deviceId: string) => hub.hasSpoken(deviceId).catch(() => false),
    remove: (deviceId: string) => owe(hub.remove(deviceId)),
    async settled(): Promise<void> {
      // A pairing that comes too late is followed by its removal.
      for (let turn = 0; turn < 2; turn++) {
        await owed.catch(() => undefined);
        await new Promise(setImmediate);
      }
    },
  };
}

async function bring(options: FlashOptions): Promise<number> {
  const port = await findPort(options);
  if (options.isList || options.node === null) {
    say(port);
    return 0;
  }
  const { node } = options;
  if (!folder.nodes().includes(node)) throw stopFor('node-missing', folder.sketchOf(node));
  const questions = createQuestions({ input: process.stdin, output: process.stderr });
  const hub = new Hub(options.hub, options.caFile);
  try {
    await logIn(hub, questions);
    const name = options.name ?? (await questions.ask(QUESTIONS.name));
    const wifi = await askWifi(questions, options.ssid);
    const job = await flash({ node, port, name, wifi }, hub, questions);
    say(endWords(job));
    return job.state === 'done' ? 0 : 1;
  } finally {
    questions.close();
    await hub.logOut().catch(() => undefined);
  }
}

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options !== null) return await bring(options);
    say(USAGE);
    return 0;
  } catch (error) {
    const isPlain = [Stop, WrongOptions, HubRefused, NobodyThere].some((kind) => error instanceof kind);
    if (!isPlain) throw error;
    process.stderr.write(`\n${(error as Error).message}\n`);
    return error instanceof WrongOptions ? 2 : 1;
  }
}

process.exitCode = await main();
