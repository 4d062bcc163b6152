import { DETAIL_LENGTH } from './limits.ts';
import type { FlashFailure, SerialPort } from './schema.ts';

/** The oldest arduino-cli whose profiles take libraries from a folder (`dir:`), as our sketches do. */
export const OLDEST_TOOL = [1, 3, 0] as const;

/** The profile of every sketch of ours. */
const PROFILE = 'esp32';
/** The platform that it names. */
const PLATFORM = 'esp32:esp32';

/** What a program answered. `exit` null: there is no such program. */
export type ToolAnswer = { readonly exit: number | null; readonly out: string; readonly err: string };

export type ToolCall = 'version' | 'ports' | 'compile' | 'upload';

export type Place = {
  /** Folder of the sketch. */
  readonly sketch: string;
  /** Folder for what is built. */
  readonly output: string;
  readonly port: string;
  /** Compilers at a time; null: as many as there are processors. */
  readonly jobs: number | null;
};

export type ToolFailure = { readonly failure: FlashFailure; readonly detail: string | null };

/** What it is called with. The upload is called for people to read: with `--json` it says nothing until its end. */
export function toolArgs(call: ToolCall, { sketch, output, port, jobs }: Place): string[] {
  const parallel = jobs === null ? [] : ['--jobs', String(jobs)];
  const args = {
    version: ['version', '--json'],
    ports: ['board', 'list', '--json'],
    compile: ['compile', '--profile', PROFILE, '--json', '--output-dir', output, ...parallel, sketch],
    upload: ['upload', '--profile', PROFILE, '--input-dir', output, '--port', port, sketch],
  };
  return args[call];
}

/** Exit codes of arduino-cli that mean the same whatever was asked. Source: its internal/cli/feedback/errorcodes.go, 1.5.1. */
const EXITS: Readonly<Record<number, FlashFailure>> = {
  3: 'tool-config',
  5: 'tool-network',
  6: 'tool-config',
  7: 'tool-broken',
  10: 'tool-config',
  126: 'tool-broken',
  127: 'tool-missing',
};

const failed = (failure: FlashFailure, detail: string | null = null): ToolFailure => ({
  failure,
  detail: detail === null || detail.trim() === '' ? null : detail.trim().slice(0, DETAIL_LENGTH),
});

/** What the exit code alone tells; null: nothing. */
function failureByExit({ exit, out, err }: ToolAnswer): ToolFailure | null {
  if (exit === null) return failed('tool-missing');
  const known = EXITS[exit];
  return known === undefined ? null : failed(known, errorIn(err) ?? errorIn(out) ?? lastLines(err));
}

/** The version of the tool, or why it cannot be used. */
export function readVersion(answer: ToolAnswer): { readonly version: string } | ToolFailure {
  const byExit = failureByExit(answer);
  if (byExit !== null) return byExit;
  const version = textIn(parsed(answer.out), 'VersionString');
  if (answer.exit !== 0 || version === null) return failed('tool-broken', answer.err || answer.out);
  return isOldVersion(version) ? failed('tool-old', version) : { version };
}

/** A version without three numbers is one that somebody built: they know what they do. */
function isOldVersion(version: string): boolean {
  const found = /^v?(\d+)\.(\d+)\.(\d+)(?!.*git)/.exec(version)?.slice(1).map(Number);
  if (found === undefined) return false;
  for (const [n, least] of OLDEST_TOOL.entries()) {
    if (found[n] !== least) return (found[n] ?? 0) < least;
  }
  return false;
}

/** Serial ports. ESP32 boards are rarely known by name: their USB chip says only who made the chip. */
export function readPorts(answer: ToolAnswer): { readonly ports: SerialPort[] } | ToolFailure {
  const byExit = failureByExit(answer);
  if (byExit !== null) return byExit;
  const all = (parsed(answer.out) as { detected_ports?: unknown } | null)?.detected_ports ?? [];
  if (answer.exit !== 0 || !Array.isArray(all)) return failed('tool-broken', answer.err || answer.out);
  const ports = all.flatMap((found: unknown) => {
    const { port, matching_boards: boards } = (found ?? {}) as { port?: unknown; matching_boards?: unknown };
    const address = textIn(port, 'address');
    if (address === null || textIn(port, 'protocol') !== 'serial') return [];
    const name = Array.isArray(boards) ? textIn(boards[0], 'name') : null;
    return [{ address, label: name ?? textIn(port, 'protocol_label') ?? '' }];
  });
  return { ports };
}

/** What was compiled, and for which chip; or what is wrong. */
export function readCompiled(answer: ToolAnswer): { readonly chip: string | null } | ToolFailure {
  const byExit = failureByExit(answer);
  if (byExit !== null) return byExit;
  const said = parsed(answer.out) as { success?: unknown; builder_result?: unknown } | null;
  if (answer.exit === 0 && said?.success === true) return { chip: chipIn(said.builder_result) };
  if (answer.exit === 0) return failed('tool-broken', answer.err || answer.out);
  const compiler = textIn(said, 'compiler_err') ?? '';
  const error = errorIn(answer.out) ?? errorIn(answer.err) ?? '';
  if (compiler.trim() === '' && error.includes(PLATFORM)) return failed('core-missing', error);
  return failed('compile-failed', firstErrors(compiler) || error || lastLines(answer.err));
}

function chipIn(result: unknown): string | null {
  const all = (result as { build_properties?: unknown } | null)?.build_properties;
  const found = Array.isArray(all) ? all.find((one) => String(one).startsWith('build.mcu=')) : undefined;
  return found === undefined ? null : String(found).slice('build.mcu='.length);
}

/** From the first line that names an error on. */
function firstErrors(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => /\berror\b/i.test(line));
  return lines.slice(Math.max(0, at)).join('\n');
}

/**
 * What esptool, which uploads, says when it fails; its first words that fit count. The last are for a cable that was pulled out.
 * Source: esptool 4 and 5, pyserial 3.5.
 */
const UPLOAD_WORDS: readonly (readonly [RegExp, FlashFailure])[] = [
  [/Errno 13|Permission denied/, 'port-forbidden'],
  [/Errno 2\b|No such file or directory: '?\/dev/, 'port-gone'],
  [/Errno 1[16]\b|Could not exclusively lock|[Rr]esource busy/, 'port-busy'],
  [
    /Failed to connect|No serial data received|Wrong boot mode|Timed out waiting for packet/,
    'board-not-ready',
  ],
  [/Errno (5|6|19)\b|device disconnected|Input\/output error|returned no data|Lost connection/, 'unplugged'],
  [/port is busy or doesn't exist/, 'port-busy'],
];

/** Null: it is uploaded. */
export function readUploaded(answer: ToolAnswer): ToolFailure | null {
  if (answer.exit === 0) return null;
  const byExit = failureByExit(answer);
  if (byExit !== null) return byExit;
  const said = `${answer.out}\n${answer.err}`;
  const [, failure = 'upload-failed'] = UPLOAD_WORDS.find(([words]) => words.test(said)) ?? [];
  return failed(failure as FlashFailure, lastLines(said));
}

/** The program itself lies from here on; what comes before it is small, and its shares would make the bar run twice. */
const PROGRAM_FROM = 0x1_0000;

/** How much of the program is written, 0..1, of the last line that tells; null: none does. */
export function uploadShare(text: string): number | null {
  const lines = [...text.matchAll(/Writing at 0x([0-9a-f]+)[^%\n\r]*?(\d+(?:\.\d+)?)\s?%/gi)];
  const last = lines.findLast(([, address = '']) => Number.parseInt(address, 16) >= PROGRAM_FROM);
  return last === undefined ? null : Math.min(1, Number(last[2]) / 100);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function textIn(value: unknown, key: string): string | null {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
  return typeof found === 'string' ? found : null;
}

const errorIn = (text: string): string | null => textIn(parsed(text), 'error');

const lastLines = (text: string): string => text.trim().split('\n').slice(-6).join('\n');
