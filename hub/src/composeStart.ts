import { env } from 'node:process';
import { buildParts, type Parts } from './composeHub.ts';
import { giveBackMemory } from './composeMemory.ts';
import { warmUp } from './composeWarmUp.ts';
import { type Config, readConfig } from './config.ts';
import { openDataFolder, whyNotStarted } from './io/dataFolder.ts';

/** Boards that hear nothing for 60 s know that the hub is gone: four beats in that time, ms. */
const BEAT_MS = 15_000;

/** How much house time a power cut may cost a machine that does not know the date afterwards, ms. */
const SAVE_CLOCK_MS = 600_000;

type RunningHub = {
  readonly ports: {
    readonly http: number;
    readonly https: number | null;
    readonly mqtt: number | null;
    readonly mqtts: number | null;
  };
  /** The code to claim the hub with; null once it has an owner. */
  readonly claimCode: string | null;
  /** The authority's SHA-256, as the trust page shows it; null: it is damaged. */
  readonly fingerprint: string | null;
  /** What keeps the hub from being whole, and how to mend it. */
  readonly warnings: readonly string[];
  readonly stop: () => Promise<void>;
};

/**
 * Starts the hub's parts in order and answers how to stop them in reverse.
 * @throws Error in plain words when a port is taken, the data folder cannot be written or is in use, or the data is newer
 */
async function startHub(config: Config): Promise<RunningHub> {
  const stops: (() => unknown)[] = [openDataFolder(config.dataFolder)];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const parts = await buildParts(config);
    stops.push(
      () => parts.db.close(),
      () => parts.history.stop(),
    );
    const ports = await startParts(parts, stops);
    return {
      ports,
      claimCode: parts.people.openClaimCode(),
      fingerprint: parts.tls.fingerprint(),
      warnings: warningsOf(parts),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(parts: Parts, stops: (() => unknown)[]): Promise<RunningHub['ports']> {
  const { house, broker, http, live, tls } = parts;
  await tls.load();
  const { httpPort, httpsPort } = await http.start();
  stops.push(
    () => http.stop(),
    () => live.stop(),
  );
  stops.push(() => parts.journal.stop());
  // Deadlines that passed while the program was away are settled before anything new is heard.
  house.shell.resume();
  parts.history.tellCutOff();
  stops.push(() => house.shell.stop());
  parts.journal.start();
  // While nothing is heard yet that it could hold up, and before code is compiled, which goes with what it was compiled for.
  giveBackMemory();
  await broker.start();
  stops.push(
    () => broker.stop(),
    () => broker.mqtt.publish('homeward/hub/status', 'offline', { qos: 1, retain: true }),
  );
  parts.keys.forgetOrphans();
  house.wire.start();
  const beat = setInterval(
    () => broker.mqtt.publish('homeward/hub/beat', String(parts.utc()), { qos: 0, retain: false }),
    BEAT_MS,
  );
  // A house in which nothing happens commits nothing: without this its time would stand still over a power cut.
  const clock = setInterval(() => {
    house.saveClock();
    parts.people.forgetOver();
  }, SAVE_CLOCK_MS);
  const mdns = await parts.mdns(httpsPort ?? httpPort);
  mdns.start();
  // A new address: a new certificate, and a new announcement.
  const stopWatching = tls.watch(() => {
    http.renewTls();
    broker.reloadTls();
    void mdns.stop().then(() => mdns.start());
  });
  stops.push(
    () => clearInterval(beat),
    () => clearInterval(clock),
    () => mdns.stop(),
    stopWatching,
  );
  warmUp({
    later: (task) => void setImmediate(task),
    failed: (error) => parts.log.error({ err: error }, 'The imaginary house failed.'),
  });
  const { plain, tls: secure } = broker.ports();
  return { http: httpPort, https: httpsPort, mqtt: plain, mqtts: secure };
}

/** What a person who started the hub has to know; everything else stands in the log. */
function greet({ ports, claimCode, fingerprint, warnings }: RunningHub): void {
  const lines = [`Homeward is up: http://localhost:${ports.http}`];
  if (ports.https !== null) lines.push(`From other machines in the house: https on port ${ports.https}`);
  if (fingerprint !== null) lines.push(`The SHA-256 fingerprint of its certificate: ${fingerprint}`);
  if (claimCode !== null) lines.push(`It has no owner yet. Claim it there with this code: ${claimCode}`);
  process.stdout.write(`${[...lines, ...warnings].join('\n')}\n`);
}

/** What is lost or was open to others. The house is watched all the same: it is better heard than safe from everything. */
function warningsOf({ tls, people, readable }: Parts): string[] {
  const locked = people.fault;
  const damaged = tls.fault();
  return [
    ...(locked === null ? [] : [`The house is watched, but locked: nobody can log in. ${locked} ${AGAIN}`]),
    ...(damaged === null
      ? []
      : [`The house is watched, but its certificates are not whole. ${damaged} ${AGAIN}`]),
    ...readable.map((file) => `Other users of this machine could read ${file}. Now they cannot any more.`),
  ];
}

const AGAIN = 'Then start Homeward again.';

/** Starts the hub for good. One that cannot start says why in plain words and ends the program. */
export async function run(): Promise<void> {
  let folder = '';
  try {
    const config = readConfig(env);
    folder = config.dataFolder;
    const hub = await startHub(config);
    greet(hub);
    endWith(hub);
  } catch (error) {
    process.stderr.write(`Homeward could not start. ${whyNotStarted(error, folder)}\n`);
    process.exit(1);
  }
}

function endWith(hub: RunningHub): void {
  const leave = () => {
    void hub.stop().then(() => process.exit(0));
    // Whatever hangs must not keep the hub from going: state is on disk already.
    setTimeout(() => process.exit(0), 5_000).unref();
  };
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
}
