import type { EventEmitter } from 'node:events';
import { Bonjour } from 'bonjour-service';

export type MdnsOptions = {
  /** Name in lists of services; the first four letters of `id` are added, so that two hubs do not quarrel. */
  readonly name: string;
  /** HTTPS port of the app. */
  readonly port: number;
  readonly id: string;
  readonly version: string;
  /** Host name to answer for; default `homeward.local`. The machine's own name is left to the system's responder. */
  readonly host?: string;
  /** UDP port; default 5353, and only in tests another. */
  readonly udpPort?: number;
  readonly onReport: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
};

/** Tells the home's network where the hub is. A hint for finding it, never a proof that it is the hub. */
export type Mdns = {
  /** Begins to announce. Never throws: without a network the hub works all the same. */
  start(): void;
  /** Says goodbye. Calling `start` afterwards announces the addresses of then. */
  stop(): Promise<void>;
};

const GOODBYE_TIMEOUT_MS = 1_000;

/** Announces `_homeward._tcp` by multicast DNS. */
export function createMdns(options: MdnsOptions): Mdns {
  let bonjour: Bonjour | null = null;
  const report = (error: unknown) => options.onReport('mdns.fault', { error });

  return {
    start() {
      if (bonjour) return;
      try {
        bonjour = new Bonjour({ port: options.udpPort ?? 5353 }, report);
        // The socket inside throws what nobody listens for: a taken port, a network that goes away.
        const { mdns } = (bonjour as unknown as { server: { mdns: EventEmitter } }).server;
        mdns.on('error', report);
        mdns.on('warning', () => {});
        bonjour.publish({
          name: `${options.name} ${options.id.slice(0, 4)}`,
          type: 'homeward',
          port: options.port,
          host: options.host ?? 'homeward.local',
          txt: { id: options.id, version: options.version, path: '/' },
          // Asking first whether the name is free would give up for ever when it is not.
          probe: false,
        });
      } catch (error) {
        report(error);
      }
    },
    async stop() {
      const leaving = bonjour;
      if (!leaving) return;
      bonjour = null;
      await inTime((done) => leaving.unpublishAll(done));
      await inTime((done) => leaving.destroy(done));
    },
  };
}

/** Waits for the callback, but not for a network that does not answer. */
function inTime(work: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GOODBYE_TIMEOUT_MS);
    work(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
