import type { Pairing } from '@homeward/hub/api';

/** How to reach the broker, and as whom. */
export type Access = Pairing['mqtt'];

/** What the owner has to know of a configuration: a key of the texts below `devices.pair.caution`. */
export type Caution = 'plain' | 'noPlainPort' | 'localName' | 'byHand';

export type GatewayConfig = {
  /** Name under which it can be saved. */
  readonly file: string;
  /** Empty when it cannot be written so that nothing in it changes its meaning. */
  readonly text: string;
  /** The certificate authority has to be saved beside it, under this path; null: it needs none. */
  readonly caPath: string | null;
  readonly cautions: readonly Caution[];
};

/** Name of the authority's file, wherever it is saved. */
export const CA_FILE = 'homeward-ca.crt';

/** `esp32`: its framework (esp-idf) can check our certificate; `other`: it cannot, so it speaks without encryption. */
export type EspChip = 'esp32' | 'other';

/** A host as a URL writes it: IPv6 in brackets. */
export const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Small chips and containers often cannot look such a name up. */
export const localName = (host: string): readonly Caution[] => (host.endsWith('.local') ? ['localName'] : []);

/** The port without TLS, with what there is to say of it. */
export const plainPort = (
  access: Access,
): { readonly port: number; readonly cautions: readonly Caution[] } => {
  if (access.plainPort !== null) return { port: access.plainPort, cautions: ['plain'] };
  return { port: access.port, cautions: [access.tls ? 'noPlainPort' : 'plain'] };
};
