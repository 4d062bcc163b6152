import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { createMqtt, type Mqtt, type MqttMessage, type MqttOptions } from '../../src/io/mqtt.ts';

/** A client that remembers what it heard and what befell it. */
export type TestClient = {
  readonly mqtt: Mqtt;
  readonly heard: readonly MqttMessage[];
  readonly events: readonly string[];
  /** `topic=payload` of all that it heard. */
  lines(): string[];
};

export function createTestClient(
  options: Omit<MqttOptions, 'onMessage' | 'onFound' | 'onLost' | 'onReport'>,
): TestClient {
  const heard: MqttMessage[] = [];
  const events: string[] = [];
  const mqtt = createMqtt({
    ...options,
    onMessage: (message) => void heard.push(message),
    onFound: () => void events.push('found'),
    onLost: () => void events.push('lost'),
    onReport: (event, detail) => void events.push(`${event} ${JSON.stringify(detail)}`),
  });
  mqtt.start();
  return {
    mqtt,
    heard,
    events,
    lines: () => heard.map(({ topic, payload }) => `${topic}=${Buffer.from(payload).toString()}`),
  };
}

/** Our client in a process of its own, which can be killed. */
export type KillableClient = {
  /** Lines that it printed: `found`, `handling <topic>`. */
  readonly said: readonly string[];
  /** SIGKILL: no goodbye, no acknowledgement. */
  kill(): Promise<void>;
};

/**
 * Starts it. Subscribes to `filter`.
 * @param dies true: it kills itself while it handles its first message
 */
export function spawnClient(
  options: Pick<MqttOptions, 'url' | 'clientId' | 'username' | 'password' | 'ca' | 'will'>,
  filter: string,
  dies: boolean,
): KillableClient {
  const folder = compiled();
  const child = spawn(
    process.execPath,
    [join(folder, 'run.mjs'), JSON.stringify({ options, filter, dies })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const said: string[] = [];
  child.stdout.on('data', (some: Buffer) => said.push(...some.toString().trim().split('\n')));
  const gone = goneOf(child).finally(() => rmSync(folder, { recursive: true, force: true }));
  return {
    said,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const goneOf = (child: ChildProcess) => new Promise<void>((resolve) => child.once('exit', () => resolve()));

const RUN = `
import { createMqtt } from './mqtt.js';
const { options, filter, dies } = JSON.parse(process.argv[2]);
const say = (line) => process.stdout.write(line + '\\n');
const mqtt = createMqtt({
  ...options,
  onMessage: ({ topic }) => {
    say('handling ' + topic);
    if (dies) process.kill(process.pid, 'SIGKILL');
  },
  onFound: () => say('found'),
  onLost: () => {},
  onReport: () => {},
});
mqtt.subscribe([filter]);
mqtt.start();
`;

/** The client as JavaScript, in a folder from which its packages are found. */
function compiled(): string {
  const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'homeward-client-'));
  for (const name of ['inFlight', 'mqtt', 'mqttAddress', 'mqttClient', 'mqttSend', 'mqttSplit', 'unsent']) {
    const source = readFileSync(new URL(`../../src/io/${name}.ts`, import.meta.url), 'utf8');
    const { outputText } = transpileModule(source, {
      compilerOptions: {
        module: ModuleKind.ESNext,
        target: ScriptTarget.ES2023,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    });
    writeFileSync(join(folder, `${name}.js`), outputText);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'run.mjs'), RUN);
  return folder;
}
