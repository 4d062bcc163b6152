import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { hostOf, type IsNamed, isLoopback, isOwnHost } from './origin.ts';
import { TRUST_PATHS, trustPage } from './trustPage.ts';
import { trustProfile } from './trustProfile.ts';
import type { System, TrustLanguage } from './trustText.ts';

export type TrustOptions = {
  readonly hubId: string;
  /** The authority's certificate of now, PEM; null: there is none that can be read. */
  readonly ca: () => string | null;
  /** Folder of the page's style and script. */
  readonly folder: string;
  readonly isNamed?: IsNamed;
};

/** What somebody asks for, and the way on which it came. */
type Visit = { readonly request: IncomingMessage; readonly response: ServerResponse };

export type Trust = {
  /**
   * Answers what belongs to the trust page, to anybody and on any way; false: it is something else.
   * @param httpsPort null: the hub cannot encrypt now
   */
  answer(request: IncomingMessage, response: ServerResponse, httpsPort: number | null): boolean;
  /** Answers any other page for one who came without encryption: the trust page, or the way to where it is encrypted. */
  turnAway(request: IncomingMessage, response: ServerResponse, httpsPort: number | null): void;
};

/** Set by the page's script once the encrypted address opened: it holds no secret, and shows nothing but that. */
const HAS_PROVEN = /(?:^|;\s*)homeward-trusts=1(?:;|$)/;

const SYSTEMS: readonly (readonly [System['id'], RegExp])[] = [
  ['android', /Android/],
  ['apple', /iPhone|iPad|iPod/],
  ['firefox', /Firefox/],
  ['windows', /Windows/],
  ['mac', /Macintosh/],
  ['linux', /Linux|X11/],
];

/** The door for those who have no encryption yet: status, what to trust and how. Never the app, never a login. */
export function createTrust({ hubId, ca, folder, isNamed }: TrustOptions): Trust {
  const style = readFileSync(join(folder, 'trust.css'));
  const script = readFileSync(join(folder, 'trust.js'));

  function sendPage({ request, response }: Visit, httpsPort: number | null, status: number): void {
    const certificate = readCertificate(ca());
    const isOpen = httpsPort !== null && certificate !== null;
    const host = hostFor(request, isNamed);
    const address = isOpen ? `https://${host}${httpsPort === 443 ? '' : `:${httpsPort}`}/` : null;
    const { fingerprint256, fingerprint } = certificate ?? {};
    response.setHeader('Content-Security-Policy', policyFor(address));
    response.setHeader('Vary', 'Accept-Language, User-Agent, Cookie');
    send({ request, response }, status, 'text/html; charset=utf-8', {
      content: trustPage({
        language: languageOf(request),
        isServedHere: 'encrypted' in request.socket || isLoopback(request.socket.remoteAddress),
        address,
        fingerprint: fingerprint256 && fingerprint ? { sha256: fingerprint256, sha1: fingerprint } : null,
        system: systemOf(request),
      }),
    });
  }

  function sendAuthority(visit: Visit, isProfile: boolean): void {
    const certificate = readCertificate(ca());
    if (certificate === null) return send(visit, 503, 'text/plain; charset=utf-8', { content: '' });
    if (isProfile) {
      const content = trustProfile(hubId, nameOf(certificate), certificate.raw);
      return send(visit, 200, 'application/x-apple-aspen-config', { content, name: 'homeward.mobileconfig' });
    }
    // In the form of which the fingerprint is taken: the file's own SHA-256 is the fingerprint.
    send(visit, 200, 'application/x-x509-ca-cert', { content: certificate.raw, name: 'homeward-ca.crt' });
  }

  return {
    answer(request, response, httpsPort) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      const visit = { request, response };
      switch (pathOf(request)) {
        case TRUST_PATHS.page:
          sendPage(visit, httpsPort, 200);
          return true;
        case TRUST_PATHS.style:
          send(visit, 200, 'text/css; charset=utf-8', { content: style });
          return true;
        case TRUST_PATHS.script:
          send(visit, 200, 'text/javascript; charset=utf-8', { content: script });
          return true;
        case TRUST_PATHS.certificate:
        case TRUST_PATHS.profile:
          sendAuthority(visit, pathOf(request) === TRUST_PATHS.profile);
          return true;
        case TRUST_PATHS.seen:
          // The page without encryption asks for this under the encrypted address, which is another origin.
          response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
          send(visit, 204, null, { content: '' });
          return true;
        default:
          return false;
      }
    },
    turnAway(request, response, httpsPort) {
      const isOwn = isOwnHost(hostOf(request.headers.host), isNamed);
      if (isOwn && httpsPort !== null && HAS_PROVEN.test(request.headers.cookie ?? '')) {
        const port = httpsPort === 443 ? '' : `:${httpsPort}`;
        response.setHeader('Location', `https://${hostFor(request, isNamed)}${port}${safePath(request)}`);
        return send({ request, response }, 302, null, { content: '' });
      }
      sendPage({ request, response }, httpsPort, isOwn && pathOf(request) === '/' ? 200 : 403);
    },
  };
}

type Part = { readonly content: string | Uint8Array; readonly name?: string };

function send(
  { request, response }: Visit,
  status: number,
  type: string | null,
  { content, name }: Part,
): void {
  const bytes = Buffer.from(content);
  response.setHeader('Cache-Control', 'no-store');
  if (name !== undefined) response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  if (type !== null) {
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Length', bytes.length);
  }
  response.writeHead(status).end(request.method === 'HEAD' ? undefined : bytes);
}

/** Own files only; nothing is written into the page by script, so no sink of it has to be open. */
function policyFor(address: string | null): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    `connect-src 'self'${address === null ? '' : ` ${sourceOf(address)}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join(';');
}

/** The address as a source of a policy, which knows no IPv6 addresses: for these any encrypted one. */
const sourceOf = (address: string): string => (address.includes('[') ? 'https:' : address.slice(0, -1));

function readCertificate(pem: string | null): X509Certificate | null {
  try {
    return pem === null ? null : new X509Certificate(pem);
  } catch {
    return null;
  }
}

const nameOf = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? 'Homeward';

/** Under which name the caller reaches this hub: the one that they said when it is the hub's, or else the address. */
function hostFor({ headers, socket }: IncomingMessage, isNamed: IsNamed | undefined): string {
  const named = hostOf(headers.host);
  if (named !== null && isOwnHost(named, isNamed)) return named;
  const plain = (socket.localAddress ?? 'homeward.local').replace(/^::ffff:/, '').replace(/%.*$/, '');
  return plain.includes(':') ? `[${plain}]` : plain;
}

const pathOf = ({ url }: IncomingMessage): string => (url ?? '/').split('?', 1)[0] ?? '/';

/** The path as it came when it can only be one: a browser would take two slashes for another host. */
function safePath({ url }: IncomingMessage): string {
  return url !== undefined && /^\/(?![/\\])[\w\-./~%?&=:]*$/.test(url) ? url : '/';
}

/** What the address asks for, or else the first language of the browser that there is. */
function languageOf({ url, headers }: IncomingMessage): TrustLanguage {
  const asked = /[?&]lang=(en|ar)\b/.exec(url ?? '')?.[1];
  if (asked !== undefined) return asked as TrustLanguage;
  const first = /\b(en|ar)\b/i.exec(headers['accept-language'] ?? '')?.[1]?.toLowerCase();
  return first === 'ar' ? 'ar' : 'en';
}

function systemOf({ headers }: IncomingMessage): System['id'] | null {
  const agent = headers['user-agent'] ?? '';
  return SYSTEMS.find(([, pattern]) => pattern.test(agent))?.[0] ?? null;
}
