import { type DestinationStream, pino } from 'pino';

/** Says one thing: fields that a machine can search, and a sentence. */
type Say = {
  (fields: object, message: string): void;
  (message: string): void;
};

/** Where a shell writes what happened to the program itself. What happened in the house is the journal's. */
export type Log = { readonly debug: Say; readonly info: Say; readonly warn: Say; readonly error: Say };

/** Names of things that never reach the log, at any depth: secrets, and what shows a person. */
const SECRET_NAME =
  /passw|^pin$|pin_?hash|token|authorization|cookie|claim-?code|secret|pepper|credential|private_?key|embedding|^image$|^frame$/i;

/** The same for pino's own redaction: a second lock on the two levels where a request usually stands. */
const REDACTED = ['password', 'pin', 'token', 'authorization', 'cookie', 'claimCode', 'secret'];

const HIDDEN = '[hidden]';

/** A log line is for reading: deeper or longer than this is noise. Levels, members, characters. */
const MAX_DEPTH = 6;
const MAX_MEMBERS = 100;
const MAX_TEXT = 4_000;

/**
 * The program's log: JSON lines on standard output.
 * @param level trace, debug, info, warn, error or silent
 * @param to where the lines go; default standard output
 * @throws on an unknown level
 */
export function createLog(level: string, to?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: HIDDEN },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: object) => scrub(fields, 0) as Record<string, unknown>,
    },
    // What `formatters.log` made of an Error is final.
    serializers: { err: (value: unknown) => value },
    hooks: { logMethod: scrubArguments },
  };
  return to === undefined ? pino(options) : pino(options, to);
}

function scrubArguments(this: unknown, args: unknown[], method: (...args: never[]) => void): void {
  const [first, ...rest] = args;
  const safe =
    first instanceof Error
      ? [{ err: first }, typeof rest[0] === 'string' ? rest[0] : first.message]
      : [first, ...rest];
  const texts = safe.map((part) => (typeof part === 'string' ? scrubText(part) : part));
  Reflect.apply(method, this, texts);
}

/** Passwords inside of addresses (mqtt://user:password@host) and bearer tokens inside of sentences. */
function scrubText(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return short
    .replace(/\/\/[^\s/@]{1,512}@/g, `//${HIDDEN}@`)
    .replace(/\b(bearer|basic)\s+[\w\-.~+/=]+/gi, `$1 ${HIDDEN}`)
    .replace(/\b((?:__Host-)?homeward)=[\w-]+/g, `$1=${HIDDEN}`);
}

function scrub(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return scrubError(value, depth);
  if (Array.isArray(value)) return value.slice(0, MAX_MEMBERS).map((part) => scrub(part, depth + 1));
  return scrubMembers(value, depth);
}

function scrubMembers(value: object, depth: number): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value).slice(0, MAX_MEMBERS)) {
    members[name] = SECRET_NAME.test(name) ? HIDDEN : scrub(part, depth + 1);
  }
  return members;
}

function scrubError(error: Error, depth: number): object {
  const { cause, ...members } = scrubMembers(error, depth);
  return {
    type: error.name,
    message: scrubText(error.message),
    stack: scrubText(error.stack ?? ''),
    ...members,
    ...(error.cause === undefined ? {} : { cause: cause ?? scrub(error.cause, depth + 1) }),
  };
}

/** A log for what may happen thousands of times a second: a flood of junk must not fill the disk. */
export type RareLog = {
  /** Writes at most one line per `key` and span; the next line tells how many were held back. */
  warn(key: string, fields: object, message: string): void;
  error(key: string, fields: object, message: string): void;
};

/** Keys that are told apart at a time; beyond it the rest shares one line per span. A device is one key: 2 × 1,000. */
const MAX_KEYS = 2_000;

/**
 * @param now milliseconds of a clock that never runs backwards
 * @param everyMs span in which a key gets one line. Default 10 s: safety.md F-11
 */
export function createRareLog(log: Log, now: () => number, everyMs = 10_000): RareLog {
  const lines = new Map<string, { until: number; held: number }>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  /** Under which key a line counts. Old keys are swept once per span only: a flood of new ones stays cheap. */
  const keyFor = (wanted: string, at: number): string => {
    if (lines.size < MAX_KEYS || lines.has(wanted)) return wanted;
    if (at - sweptAt >= everyMs) {
      forgetQuiet(lines, at);
      sweptAt = at;
    }
    return lines.size < MAX_KEYS ? wanted : '(others)';
  };
  const say = (level: 'warn' | 'error', wanted: string, fields: object, message: string): void => {
    const at = now();
    const key = keyFor(wanted, at);
    const line = lines.get(key);
    if (line !== undefined && at < line.until) {
      line.held += 1;
      return;
    }
    lines.set(key, { until: at + everyMs, held: 0 });
    log[level](line === undefined || line.held === 0 ? fields : { ...fields, heldBack: line.held }, message);
  };
  return {
    warn: (key, fields, message) => say('warn', key, fields, message),
    error: (key, fields, message) => say('error', key, fields, message),
  };
}

function forgetQuiet(lines: Map<string, { until: number; held: number }>, at: number): void {
  for (const [key, line] of lines) if (line.until <= at) lines.delete(key);
}
