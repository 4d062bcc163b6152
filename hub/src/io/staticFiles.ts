import { createReadStream, readdirSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.txt': 'text/plain; charset=utf-8',
};

/** Content codings that the build writes beside a file, best first, and the ending that it gives them. */
const CODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

type Form = { readonly path: string; readonly size: number };
type StaticFile = { readonly type: string; readonly tag: string; readonly plain: Form } & {
  readonly [coding in 'br' | 'gzip']?: Form;
};

/** The files of the app, by address ("/assets/app-1a2b.js"). */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

/**
 * Lists a folder once. Only what was listed can be asked for, by exactly its address: no path is ever put together
 * from a request, so none can lead out of the folder.
 * @param root folder of the built app; when it does not exist there are no files
 */
export function listFiles(root: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  for (const entry of entriesOf(root)) {
    if (!entry.isFile() || CODINGS.some(([, ending]) => entry.name.endsWith(ending))) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = statSync(path);
    files.set(`/${relative(root, path).split(sep).join('/')}`, {
      type: TYPES[extname(path)] ?? 'application/octet-stream',
      tag: `W/"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`,
      plain: { path, size },
      ...codedForms(path),
    });
  }
  return files;
}

function entriesOf(root: string) {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

function codedForms(path: string): { br?: Form; gzip?: Form } {
  const forms: { br?: Form; gzip?: Form } = {};
  for (const [coding, ending] of CODINGS) {
    const size = statSync(path + ending, { throwIfNoEntry: false })?.size;
    if (size !== undefined) forms[coding] = { path: path + ending, size };
  }
  return forms;
}

/**
 * Answers with a file, or says false when there is none. A page of the app ("/air/kitchen") is index.html: the app
 * finds its own way from there. Ids in it may have dots.
 */
export function sendFile(files: StaticFiles, request: IncomingMessage, response: ServerResponse): boolean {
  const address = (request.url ?? '/').split('?', 1)[0] as string;
  const page = address === '/' || (!address.startsWith(HASHED) && wantsPage(request));
  const file = files.get(address) ?? (page ? files.get('/index.html') : undefined);
  if (file === undefined) return false;
  const [coding, form] = formFor(file, String(request.headers['accept-encoding'] ?? ''));
  response.setHeader('Cache-Control', cacheRule(address));
  response.setHeader('Vary', 'Accept-Encoding');
  response.setHeader('ETag', file.tag);
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end();
    return true;
  }
  if (coding !== null) response.setHeader('Content-Encoding', coding);
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': form.size });
  if (request.method === 'HEAD') response.end();
  // A file that vanished meanwhile or a caller that hung up: the connection ends, there is nobody to tell.
  else pipeline(createReadStream(form.path), response, () => {});
  return true;
}

/** Here are files and no pages. */
const HASHED = '/assets/';

function wantsPage(request: IncomingMessage): boolean {
  return String(request.headers.accept ?? '').includes('text/html');
}

/** Names in /assets carry a hash of the content: a changed file has another name. Everything else is asked for anew. */
function cacheRule(address: string): string {
  return address.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function formFor(file: StaticFile, accepted: string): [coding: string | null, form: Form] {
  const parts = accepted.toLowerCase().split(',', 20);
  for (const [coding] of CODINGS) {
    const form = file[coding];
    if (form !== undefined && parts.some((part) => isAccepted(part, coding))) return [coding, form];
  }
  return [null, file.plain];
}

function isAccepted(part: string, coding: string): boolean {
  const [name, weight] = part.split(';', 2);
  return name?.trim() === coding && !/q=0(?:\.0*)?\s*$/.test(weight ?? '');
}
