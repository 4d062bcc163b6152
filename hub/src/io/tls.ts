import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Authority } from './tlsCertificates.ts';
import { type Names, permittedDomains, wantedNames } from './tlsNames.ts';

export { machineAddresses } from './tlsNames.ts';

export type TlsOptions = {
  /** Folder of the keys and certificates; made when it is missing. */
  readonly folder: string;
  /** Name of this machine. */
  readonly hostName: string;
  /** Addresses of this machine now; `machineAddresses`. */
  readonly addresses: () => readonly string[];
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Something went wrong while nobody waited for an answer. */
  readonly onReport?: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
};

/** What a server needs, and what its clients need to trust it. All PEM. */
export type TlsMaterial = {
  readonly key: string;
  /** The server's certificate alone: clients have the authority, and boards could not read it in its limited form. */
  readonly cert: string;
  /** For browsers and phones: limited to the names and addresses of a home. */
  readonly ca: string;
  /** For boards: the same authority without the limits, which their TLS library cannot read. */
  readonly boardCa: string;
};

export type Tls = {
  /** Reads, and makes what is missing, outdated or for other addresses. @throws when the authority's files are damaged */
  ensure(): Promise<TlsMaterial>;
  /** What of it serves still though the authority's key is lost: nothing new can be made of it. Null: nothing. */
  standing(): TlsMaterial | null;
  /**
   * Looks every minute whether the machine has a new address or the certificate is old, and tells what replaced it.
   * @returns how to stop looking
   */
  watch(onChange: (material: TlsMaterial) => void, everyMs?: number): () => void;
};

/** The files. The authority's key is written last of the three: where it is, the authority was complete. */
const AUTHORITY = { cert: 'ca.crt', boardCert: 'ca-boards.crt', key: 'ca.key' } as const;
const LEAF = { key: 'hub.key', cert: 'hub.crt' } as const;

const DAY_MS = 86_400_000;
/** Before this day no wall clock is believed: a small computer without a battery starts years in the past. */
const EARLIEST = Date.UTC(2026, 0, 1);
const AUTHORITY_MS = 3_652 * DAY_MS;
/** Longest that browsers take from anybody is 398 days. */
const LEAF_MS = 397 * DAY_MS;
const RENEW_MS = 30 * DAY_MS;
const WATCH_MS = 60_000;

/** The hub's certificate authority and its server certificate, kept in a folder. */
export function createTls(options: TlsOptions): Tls {
  let last: TlsMaterial | null = null;
  let running: Promise<unknown> = Promise.resolve();

  async function look(): Promise<TlsMaterial> {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    const authority = await ensureAuthority(options);
    const leaf = await ensureLeaf(options, authority);
    last = { ...leaf, ca: authority.cert, boardCa: authority.boardCert };
    return last;
  }

  /** One after the other: two that look at once would each make a certificate. */
  function ensure(): Promise<TlsMaterial> {
    const next = running.then(look, look);
    running = next.catch(() => {});
    return next;
  }

  return {
    ensure,
    standing: () => readStanding(options.folder),
    watch(onChange, everyMs = WATCH_MS) {
      let told = last?.cert;
      const tell = async () => {
        const material = await ensure();
        if (material.cert === told) return;
        told = material.cert;
        onChange(material);
      };
      const timer = setInterval(() => {
        tell().catch((error: unknown) => options.onReport?.('tls.fault', { error }));
      }, everyMs);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

async function ensureAuthority({ folder, hostName, now }: TlsOptions): Promise<Authority> {
  const found = read(folder, AUTHORITY);
  if (found || existsSync(join(folder, AUTHORITY.key)) || wasTrusted(folder)) {
    if (!found || !belongTogether(found.key, found.cert) || !belongTogether(found.key, found.boardCert)) {
      throw new Error(
        `The certificate authority of this home in ${folder} is damaged. Restore ca.key, ca.crt and ca-boards.crt ` +
          'from a backup; or delete the three, and let every phone, browser and board trust the hub anew.',
      );
    }
    return found;
  }
  const from = EARLIEST - DAY_MS;
  const { makeAuthority } = await maker();
  const made = await makeAuthority(`Homeward ${hostName}`, permittedDomains(hostName), {
    from,
    to: Math.max(now(), EARLIEST) + AUTHORITY_MS,
  });
  write(folder, AUTHORITY, made);
  return made;
}

/** The server's certificate is made after the authority is complete: where it is, somebody may trust the authority. */
const wasTrusted = (folder: string): boolean =>
  [AUTHORITY.cert, AUTHORITY.boardCert].some((file) => existsSync(join(folder, file))) &&
  existsSync(join(folder, LEAF.cert));

async function ensureLeaf({ folder, hostName, addresses, now }: TlsOptions, authority: Authority) {
  const found = read(folder, LEAF);
  const isWhole = found !== null && belongTogether(found.key, found.cert);
  const authorityEnds = endOf(authority.cert);
  const from = moment(now(), authorityEnds, isWhole ? found.cert : null) - DAY_MS;
  const to = Math.min(from + LEAF_MS, authorityEnds);
  const isGoodFor = (names: Names) => isWhole && serves(found.cert, authority, names, { from, to });
  // A machine that kept its name wants just what its authority permits: that is known without reading the limits.
  if (found && isGoodFor(wantedNames(hostName, addresses(), permittedDomains(hostName)))) return found;
  const { domainsOf, makeLeaf } = await maker();
  const names = wantedNames(hostName, addresses(), domainsOf(authority.cert));
  if (found && isGoodFor(names)) return found;
  const made = await makeLeaf(authority, names, { from, to });
  write(folder, LEAF, made);
  return made;
}

/** Is the certificate still good? One that names more than is wanted is: an address may come back with the cable. */
function serves(
  pem: string,
  authority: Authority,
  names: Names,
  fresh: { from: number; to: number },
): boolean {
  const cert = new X509Certificate(pem);
  const begins = Date.parse(cert.validFrom);
  const ends = Date.parse(cert.validTo);
  const isOld = ends - (fresh.from + DAY_MS) < RENEW_MS && fresh.to - ends > DAY_MS;
  return (
    cert.verify(new X509Certificate(authority.cert).publicKey) &&
    begins <= fresh.from + DAY_MS &&
    !isOld &&
    names.dns.every((name) => cert.checkHost(name, { subject: 'never' }) !== undefined) &&
    names.ip.every((address) => cert.checkIP(address) !== undefined)
  );
}

/** What makes certificates costs 17 MB of memory, and is needed once a year. */
const maker = () => import('./tlsCertificates.ts');

const endOf = (pem: string): number => Date.parse(new X509Certificate(pem).validTo);

/**
 * When it is: as the wall clock says, or else the latest that is certain, for a small computer without a battery starts
 * years in the past: after the authority was made, and after the certificate that there is.
 */
function moment(wallClock: number, authorityEnds: number, leaf: string | null): number {
  if (wallClock >= EARLIEST) return wallClock;
  const leafMade = leaf === null ? 0 : Date.parse(new X509Certificate(leaf).validFrom) + DAY_MS;
  return Math.max(EARLIEST, authorityEnds - AUTHORITY_MS, leafMade);
}

function readStanding(folder: string): TlsMaterial | null {
  try {
    const authority = read(folder, { cert: AUTHORITY.cert, boardCert: AUTHORITY.boardCert });
    const leaf = read(folder, LEAF);
    if (authority === null || leaf === null || !belongTogether(leaf.key, leaf.cert)) return null;
    const issuers = [authority.cert, authority.boardCert].map((pem) => new X509Certificate(pem));
    const isSigned = issuers.every(({ publicKey }) => new X509Certificate(leaf.cert).verify(publicKey));
    return isSigned ? { ...leaf, ca: authority.cert, boardCa: authority.boardCert } : null;
  } catch {
    return null;
  }
}

function belongTogether(key: string, cert: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/** All of the files, or null when one is missing. */
function read<K extends string>(folder: string, files: Record<K, string>): Record<K, string> | null {
  const entries = Object.entries<string>(files);
  if (!entries.every(([, file]) => existsSync(join(folder, file)))) return null;
  return Object.fromEntries(
    entries.map(([name, file]) => [name, readFileSync(join(folder, file), 'utf8')]),
  ) as Record<K, string>;
}

/** Each file is whole or not there at all, whenever the power goes. */
function write<K extends string>(folder: string, files: Record<K, string>, texts: Record<K, string>): void {
  for (const [name, file] of Object.entries<string>(files)) {
    const path = join(folder, file);
    const fd = openSync(`${path}.new`, 'w', file.endsWith('.key') ? 0o600 : 0o644);
    writeSync(fd, texts[name as K]);
    fsyncSync(fd);
    closeSync(fd);
    renameSync(`${path}.new`, path);
  }
}
