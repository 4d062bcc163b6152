import { readFileSync } from 'node:fs';
import { alarmRoutes } from './alarms/routes.ts';
import { ROUTES } from './api.ts';
import { composeAir } from './composeAir.ts';
import type { BrokerSide } from './composeBroker.ts';
import { composeFlashing } from './composeFlashing.ts';
import type { composeHistory } from './composeHistory.ts';
import type { composeHouse } from './composeHouse.ts';
import { composeIncident } from './composeIncident.ts';
import type { composeJournal } from './composeJournal.ts';
import { PATHS } from './composePaths.ts';
import type { composePeople } from './composePeople.ts';
import type { composeReadiness } from './composeReadiness.ts';
import type { Config } from './config.ts';
import { upkeepRoutes } from './devices/health/routes.ts';
import { deviceRoutes } from './devices/routes.ts';
import type { IdentityStore } from './devices/store.ts';
import { isGasUnseen, isInterlocked } from './house/interlock.ts';
import { isAlarming, isDangerous, isDeviceNeeded } from './house/needed.ts';
import { responseContext } from './house/responses.ts';
import { houseRoutes } from './house/routes.ts';
import { getRow } from './house/table.ts';
import { roomOf } from './house/view.ts';
import { roomIdOf } from './house/viewAlarm.ts';
import { devicesFor } from './house/visible.ts';
import { createHttp, type Http, type HttpOptions } from './io/http.ts';
import type { Live } from './io/live.ts';
import { type Endpoint, onRoute } from './io/route.ts';
import { responseRoutes } from './responses/routes.ts';
import { viewResponses } from './responses/view.ts';

export type Served = Pick<HttpOptions, 'log'> & {
  readonly tls: Pick<HttpOptions, 'tls' | 'trust' | 'isNamed' | 'contextFor'>;
  readonly house: ReturnType<typeof composeHouse>;
  readonly people: ReturnType<typeof composePeople>;
  readonly broker: BrokerSide;
  readonly live: Live;
  readonly identities: IdentityStore;
  readonly history: ReturnType<typeof composeHistory>;
  readonly journal: Pick<ReturnType<typeof composeJournal>, 'endpoints' | 'stretch'>;
  readonly readiness: Pick<ReturnType<typeof composeReadiness>, 'endpoints'>;
  readonly trustEndpoints: readonly Endpoint[];
  readonly utc: () => number;
};

/** The web server with every route of the contract. */
export function composeHttp(config: Config, served: Served): Http {
  const { house, people, broker, live, identities, history, journal, utc, tls, log } = served;
  const { read, dispatch } = house.shell;
  const { snapshot } = house.broadcast;
  const { nameOf, authenticate, permit } = people;
  const pairing = { read: () => read().devices, dispatch, identities, utc, broker: broker.pairing };
  const flashing = composeFlashing({ config, log, pairing, nameOf });
  const http = createHttp({
    ...(config.bind === null ? {} : { bind: config.bind }),
    httpPort: config.httpPort,
    httpsPort: config.httpsPort,
    ...tls,
    webRoot: PATHS.webRoot,
    authenticate,
    permit,
    attach: (server) => live.attach(server),
    log,
    endpoints: [
      onRoute(ROUTES.openapi, () => JSON.parse(readFileSync(PATHS.openapi, 'utf8')) as unknown),
      ...people.endpoints,
      ...houseRoutes(snapshot),
      ...alarmRoutes({
        read: () => read().alarms,
        dispatch,
        nameOf,
        views: () => snapshot().alarms,
        flood: () => snapshot().flood,
        roomOf: (entityId) => roomIdOf(read(), entityId),
        history: (query) => house.alarmHistory(query, (id) => roomOf(read(), id)),
      }),
      ...composeAir(house, history, nameOf),
      ...deviceRoutes({
        ...pairing,
        nameOf,
        isDanger: () => read().alarms.voice !== null,
        isDangerAt: (entityId) => isDangerous(read(), entityId),
        isDeviceNeeded: (deviceId) => isDeviceNeeded(read(), deviceId),
        isGas: () => isInterlocked(read().alarms),
        isGasUnseen: () => isGasUnseen(read().alarms),
        views: (role) => devicesFor(role, snapshot().devices),
        pictureOf: house.wire.pictureOf,
      }),
      ...flashing.endpoints,
      ...upkeepRoutes({
        dispatch,
        nameOf,
        viewOf(role, entityId) {
          const deviceId = getRow(read().devices.entities, entityId)?.deviceId ?? '';
          return devicesFor(role, snapshot().devices)[deviceId]?.entities[entityId];
        },
        isAlarming: (entityId) => isAlarming(read(), entityId),
      }),
      ...responseRoutes({
        dispatch,
        nameOf,
        views: () => viewResponses(read().responses, responseContext(read().devices, read().alarms)),
      }),
      ...history.endpoints,
      ...journal.endpoints,
      ...served.readiness.endpoints,
      ...served.trustEndpoints,
      ...composeIncident({ house, history, journal, people }),
    ],
  });
  return endingToo(http, flashing.stop);
}

/** Where the web server ends, so does what was begun over it. */
const endingToo = (http: Http, end: () => void): Http => ({
  ...http,
  stop() {
    end();
    return http.stop();
  },
});
