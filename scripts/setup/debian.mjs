// Debian packages: which are missing, and installing them if this account may.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './folder.mjs';
import { isOnPath, PlainStop, runProgram, say } from './program.mjs';

const lists = JSON.parse(readFileSync(inRoot('scripts/debian-packages.json'), 'utf8'));

/** What compiling a package needs. */
export const compilerPackages = () => Object.keys(lists.compiler);

/** What the tests need. */
export const testPackages = () => [...compilerPackages(), ...Object.keys(lists.tests)];

/** Those of `names` that are not installed. Empty on a system without dpkg: there it cannot be told. */
export function missingPackages(names) {
  const { stdout, error } = spawnSync(
    'dpkg-query',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
    ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names],
    {
      encoding: 'utf8',
    },
  );
  if (error) return [];
  const installed = new Set(stdout.split('\n').filter((line) => line.endsWith(' installed')));
  return names.filter((name) => !installed.has(`${name} installed`));
}

/** Installs what is missing, or stops with the exact command to run. */
export function ensureDebianPackages(names) {
  if (!isOnPath('dpkg-query')) throw new PlainStop(describeOtherSystem(names));
  const missing = missingPackages(names);
  if (missing.length === 0) return;
  say(`Tests need Debian packages that are not installed: ${missing.join(', ')}.`);
  const before = rightToInstall();
  if (before === null) {
    const words = `This account may not install them. Run this${isOnPath('sudo') ? '' : ' as root'}, then try again:`;
    throw new PlainStop(`${words}\n\n  ${installLine(missing)}`);
  }
  for (const [command, ...args] of installSteps(missing)) {
    const [program, ...rest] = [...before, command, ...args];
    if (runProgram(program, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } }) !== 0) {
      throw new PlainStop(`This did not work; the reason stands above:\n\n  ${[program, ...rest].join(' ')}`);
    }
  }
}

/** One line that a person can copy into a shell. */
export function installLine(names, hasSudo = isOnPath('sudo') && process.getuid() !== 0) {
  return installSteps(names)
    .map((step) => (hasSudo ? ['sudo', ...step] : step).join(' '))
    .join(' && ');
}

function installSteps(names) {
  const steps = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', ...names],
  ];
  // Debian starts the broker as soon as it is installed. The tests start their own, and the hub wants that port.
  if (names.includes('mosquitto') && existsSync('/run/systemd/system')) {
    steps.push(['systemctl', 'disable', '--now', 'mosquitto']);
  }
  return steps;
}

/** What to put before a command to run it as root: nothing, sudo, or null: this account may not. */
function rightToInstall() {
  if (process.getuid() === 0) return [];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n'] : null;
}

function describeOtherSystem(names) {
  return (
    'The tests are made for Debian and Raspberry Pi OS: this system has no dpkg, so what they need can be neither ' +
    `checked nor installed. They need what these Debian packages hold: ${names.join(', ')}.`
  );
}
