import { type ChildProcess, spawn } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A name and the secret that goes with it. */
export type Login = { readonly username: string; readonly password: string };

export type MosquittoOptions = {
  /** PEM texts. Given: the listener speaks TLS only. */
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string };
  /** Given: the dynamic-security plugin decides, with these two to begin with. The hub may do all but `$CONTROL`. */
  readonly dynsec?: { readonly admin: Login; readonly hub: Login };
  /** Default: true without `dynsec`. */
  readonly allowAnonymous?: boolean;
  /** Default: a free one. */
  readonly port?: number;
  /** True: sessions and retained messages are on disk after each change. Default false. */
  readonly persistence?: boolean;
  /** More lines for the configuration. */
  readonly lines?: readonly string[];
};

/** A real Mosquitto of this machine, with a folder of its own under the temporary folder. */
export type Mosquitto = {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** Ends it in good order (SIGTERM). The folder stays until `remove`. */
  stop(): Promise<void>;
  /** Ends it as a power cut would (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again with the same port, configuration and data, after `stop` or `kill`. */
  restart(): Promise<void>;
  /** Stops it and deletes its folder. */
  remove(): Promise<void>;
};

/** Brokers that run: none outlives the tests. One listener for all, however many there are. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const PROGRAM = '/usr/sbin/mosquitto';
const PLUGINS = [
  '/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so',
  '/usr/lib/aarch64-linux-gnu/mosquitto_dynamic_security.so',
  '/usr/lib/mosquitto_dynamic_security.so',
];

/** @throws when Mosquitto is not installed, or does not come up within 10 s */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  if (!existsSync(PROGRAM)) {
    throw new Error(`These tests need Mosquitto at ${PROGRAM}. On Debian: apt-get install mosquitto`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'homeward-mosquitto-'));
  const port = options.port ?? (await freePort());
  const file = writeConfiguration(folder, port, options);
  let child = await launch(file, port);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  };
  return {
    url: `${options.tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`,
    port,
    folder,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      child = await launch(file, port);
    },
    async remove() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port of this machine on which nothing listened a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function launch(configuration: string, port: number): Promise<ChildProcess> {
  const child = spawn(PROGRAM, ['-c', configuration], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (some: Buffer) => {
    said = (said + some.toString()).slice(-4_000);
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`Mosquitto ended with ${child.exitCode}: ${said}`);
    if (await answers(port)) return child;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`Mosquitto does not answer on port ${port}: ${said}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function writeConfiguration(folder: string, port: number, options: MosquittoOptions): string {
  const put = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const { tls, dynsec } = options;
  const lines = [`listener ${port} 127.0.0.1`, 'set_tcp_nodelay true', 'log_dest stderr', 'log_type error'];
  lines.push(`allow_anonymous ${options.allowAnonymous ?? dynsec === undefined}`);
  // Started by root it would become another user, who may not read our folder.
  if (userInfo().uid === 0) lines.push('user root');
  if (tls) {
    lines.push(`cafile ${put('ca.crt', tls.ca)}`);
    lines.push(`certfile ${put('leaf.crt', tls.cert)}`);
    lines.push(`keyfile ${put('leaf.key', tls.key)}`);
  }
  if (dynsec) {
    lines.push(`plugin ${PLUGINS.find(existsSync) ?? PLUGINS[0]}`);
    lines.push(`plugin_opt_config_file ${put('dynsec.json', dynsecState(dynsec.admin, dynsec.hub))}`);
    // Without it any board could connect under the hub's client id and so push it out.
    lines.push('use_username_as_clientid true');
  }
  if (options.persistence) {
    lines.push('persistence true', `persistence_location ${folder}/`);
    lines.push('autosave_interval 1', 'autosave_on_changes true');
  }
  return put('mosquitto.conf', `${[...lines, ...(options.lines ?? [])].join('\n')}\n`);
}

/** What `mosquitto_ctrl dynsec init` writes, and the hub's identity besides. */
function dynsecState(admin: Login, hub: Login): string {
  const allow = (acltype: string, topic: string) => ({ acltype, topic, priority: 0, allow: true });
  const client = ({ username, password }: Login, rolename: string) => {
    const salt = randomBytes(12);
    return {
      username,
      password: pbkdf2Sync(password, salt, 101, 64, 'sha512').toString('base64'),
      salt: salt.toString('base64'),
      iterations: 101,
      roles: [{ rolename }],
    };
  };
  return JSON.stringify({
    defaultACLAccess: {
      publishClientSend: false,
      publishClientReceive: true,
      subscribe: false,
      unsubscribe: true,
    },
    clients: [client(admin, 'admin'), client(hub, 'hub')],
    groups: [],
    roles: [
      {
        rolename: 'admin',
        acls: [
          allow('publishClientSend', '$CONTROL/dynamic-security/#'),
          allow('publishClientReceive', '$CONTROL/dynamic-security/#'),
          allow('subscribePattern', '$CONTROL/dynamic-security/#'),
        ],
      },
      {
        rolename: 'hub',
        acls: [
          allow('publishClientSend', '#'),
          allow('publishClientReceive', '#'),
          allow('subscribePattern', '#'),
        ],
      },
    ],
  });
}
