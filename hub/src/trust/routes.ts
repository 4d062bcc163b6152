import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { entrancesOf, welcomeOf } from './entrances.ts';
import type { AuthorityView, CertificateView } from './schema.ts';

export type TrustRoutePorts = {
  readonly authority: () => AuthorityView | null;
  readonly certificate: () => CertificateView | null;
  /** Addresses of this machine in the home's network, now. */
  readonly addresses: () => readonly string[];
  /** Where others reach the app; null: nowhere. */
  readonly httpsPort: number | null;
  readonly httpPort: number | null;
  /** Epoch ms. */
  readonly utc: () => number;
};

export const trustRoutes = (ports: TrustRoutePorts): Endpoint[] => [
  onRoute(ROUTES.trust, ({ secure }) => {
    const certificate = ports.certificate();
    const { httpsPort, httpPort } = ports;
    const doors = { certificate, addresses: ports.addresses(), httpsPort, httpPort };
    return {
      now: ports.utc(),
      authority: ports.authority(),
      certificate,
      entrances: entrancesOf(doors),
      welcome: welcomeOf(doors),
      secure,
    };
  }),
];
