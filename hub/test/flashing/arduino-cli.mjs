#!/usr/bin/env node
// Behaves as arduino-cli does where nobody has a board: JSON, streams and exit codes as in its sources, 1.5.1. What is wrong
// with it stands in `plan.json` beside the name that it was called by; what it was called with is added to `calls.jsonl` there.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const folder = dirname(process.argv[1]);
const planFile = join(folder, 'plan.json');
const plan = existsSync(planFile) ? JSON.parse(readFileSync(planFile, 'utf8')) : {};
const args = process.argv.slice(2);
appendFileSync(
  join(folder, 'calls.jsonl'),
  `${JSON.stringify({ args, env: process.env, pid: process.pid })}\n`,
);

const after = (flag) => args[args.indexOf(flag) + 1];
const print = (value) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
/** A fatal error goes to the error stream, as JSON when JSON was asked for. */
function fatal(error, code) {
  process.stderr.write(args.includes('--json') ? `${JSON.stringify({ error }, null, 2)}\n` : `${error}\n`);
  process.exitCode = code;
}

function version() {
  const VersionString = plan.version ?? '1.5.1';
  print({ Application: 'arduino-cli', VersionString, Commit: '0000000', Status: '', Date: '2026-06-05' });
}

function list() {
  const ports = (plan.ports ?? []).map((address) => ({
    matching_boards: [],
    port: {
      address,
      label: address,
      protocol: 'serial',
      protocol_label: 'Serial Port (USB)',
      properties: { pid: '0xEA60', vid: '0x10C4' },
      hardware_id: '0001',
    },
  }));
  print({ detected_ports: ports });
}

async function compile() {
  if (plan.compileMs) await sleep(plan.compileMs);
  const failed = { compiler_out: '', builder_result: null, upload_result: {}, success: false };
  if (plan.compile === 'no-core') {
    print({
      ...failed,
      compiler_err: '',
      error: "Error during build: Platform 'esp32:esp32@3.3.7' not found",
    });
    process.exitCode = 1;
    return;
  }
  if (plan.compile === 'error') {
    const compiler_err = "air_node.ino:12:3: error: 'sensr' was not declared in this scope\n";
    print({ ...failed, compiler_err, error: 'Error during build: exit status 1' });
    process.exitCode = 1;
    return;
  }
  if (plan.compile === 'network') return fatal('Download failed: server returned 502 Bad Gateway', 5);
  const output = after('--output-dir');
  const name = `${basename(args.at(-1))}.ino`;
  mkdirSync(output, { recursive: true });
  for (const part of ['bin', 'bootloader.bin', 'partitions.bin', 'merged.bin']) {
    writeFileSync(join(output, `${name}.${part}`), `${part} of ${name}`);
  }
  const builder_result = { build_path: output, build_properties: ['build.arch=ESP32', 'build.mcu=esp32'] };
  print({ compiler_out: '', compiler_err: '', builder_result, upload_result: {}, success: true });
}

async function upload() {
  const port = after('--port');
  process.stdout.write(`esptool v5.1.0\nSerial port ${port}\n`);
  const open = `A fatal error occurred: Could not open ${port}, the port is busy or doesn't exist.\n`;
  if (plan.upload === 'busy') {
    process.stdout.write(
      `${open}([Errno 11] Could not exclusively lock port ${port}: [Errno 11] Resource tempor`,
    );
    return fatal('Failed uploading: uploading error: exit status 2', 1);
  }
  for (const percent of [0, 25, 50, 75, 100]) {
    process.stdout.write(
      `Writing at 0x000${percent === 100 ? 'f' : percent < 50 ? 1 : 7}0000 [==> ] ${percent}.0% \r`,
    );
    await sleep(plan.uploadStepMs ?? 20);
  }
  process.stdout.write('\nHash of data verified.\nHard resetting via RTS pin...\n');
}

const commands = { version, board: list, compile, upload };
await (commands[args[0]] ?? (() => fatal(`unknown command "${args[0]}"`, 1)))();
