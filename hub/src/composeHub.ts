import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ROUTES } from './api.ts';
import { type BrokerSide, composeBroker } from './composeBroker.ts';
import { composeHistory } from './composeHistory.ts';
import { composeHouse } from './composeHouse.ts';
import { composeHttp } from './composeHttp.ts';
import { composeIdentities } from './composeIdentities.ts';
import { composeJournal } from './composeJournal.ts';
import { PATHS, VERSION } from './composePaths.ts';
import { composePeople } from './composePeople.ts';
import { composeReadiness } from './composeReadiness.ts';
import { composeTls } from './composeTls.ts';
import { composeTrust } from './composeTrust.ts';
import type { Config } from './config.ts';
import { createIdentityStore } from './devices/store.ts';
import { getRow } from './house/table.ts';
import { seenByRole } from './house/visible.ts';
import { createLive, type Live } from './io/live.ts';
import { createLog, type Log } from './io/log.ts';
import type { Mdns } from './io/mdns.ts';
import type { Mqtt } from './io/mqtt.ts';
import { isLoopback } from './io/origin.ts';
import type { Permit, Session } from './io/route.ts';
import { tightenSecrets } from './io/secretModes.ts';
import { createSettings } from './io/settings.ts';
import { openDatabase } from './io/sqlite.ts';
import { createConfirmations } from './people/confirmations.ts';
import { createPasswords } from './people/passwords.ts';
import { Refusal } from './shared/errors.ts';

/**
 * Builds all parts of the hub and starts none. The data folder is there, and ours alone.
 * @throws Error in plain words when its data is newer than this program
 */
export async function buildParts(config: Config) {
  const log = createLog(config.logLevel);
  const readable = tightenSecrets(config.dataFolder);
  const db = openDatabase(join(config.dataFolder, 'safety.db'), PATHS.migrations);
  const hubId = createSettings(db).getOrMake('hub-id', () => randomUUID());
  const tls = composeTls(config, log);
  const identities = createIdentityStore(db);
  const keys = composeIdentities({
    identities,
    log,
    broker: () => broker,
    house: () => house.shell.read(),
  });
  const house = composeHouse({
    db,
    log,
    speed: config.speed,
    topicRate: config.topicRate,
    mqtt: () => broker.mqtt,
    removeIdentity: (username) => void keys.forget(username),
    endSessions: (username) => void keys.cutOff(username),
    publish: (patch) => live.publish(patch),
    record: (reading, at) => history.record(reading, at),
    heard: (fact, at) => history.heard(fact, at),
    isWatched: () => live.size() > 0,
    seal: (fact, at) => journal.seal(fact, at),
    committed: () => journal.noticed(),
  });
  const { dispatch } = house.shell;
  const utc = () => house.clock.now().utc;
  const history = composeHistory({ db, config, log, utc, dispatch, house: house.shell.read });
  const broker: BrokerSide = await composeBroker({
    config,
    hubId,
    hostName: hostname(),
    log,
    tls: tls.now,
    identities: keys.list,
    isKnown: keys.isPaired,
    on: {
      onMessage: house.wire.onMessage,
      whenKept: house.shell.afterSiren,
      onFound: () => {
        dispatch({ type: 'brokerFound' });
        greet(broker.mqtt);
      },
      onLost: () => void dispatch({ type: 'brokerLost' }),
    },
  });
  const kept = { db, dataFolder: config.dataFolder, hubId, log };
  const people = composePeople({
    ...kept,
    ...aroundPeople(house),
    dispatch,
    keys: () => journal.keys,
    onSessionEnded: (tokenHash) => live.endSession(tokenHash),
  });
  const journal = composeJournal({ ...kept, house, people });
  const live = liveOf({ house, people, tls, utc, log });
  const readiness = composeReadiness({ config, db, house, broker, people, journal, history, tls });
  const built = { log, db, house, broker, people, live, history, journal, readiness, utc, keys };
  const trustEndpoints = composeTrust(config, tls.now);
  const http = composeHttp(config, { ...built, identities, trustEndpoints, tls: tls.doors(hubId) });
  const mdns = (port: number) => announcementOf(config, hubId, port, log);
  return { ...built, tls, http, mdns, readable };
}

/** What people live by: the time, the rooms and this machine. */
const aroundPeople = ({ clock, start, shell }: ReturnType<typeof composeHouse>) => ({
  version: VERSION,
  hostName: hostname(),
  time: { house: () => clock.now().utc, mono: () => clock.now().mono, start, wall: () => Date.now() },
  confirmations: createConfirmations(() => performance.now()),
  passwordsWith: createPasswords,
  // Doors join the rooms when there are any.
  isPlace: (id: string) => getRow(shell.read().devices.rooms, id) !== undefined,
});

type Watched = {
  readonly house: ReturnType<typeof composeHouse>;
  readonly people: ReturnType<typeof composePeople>;
  readonly tls: ReturnType<typeof composeTls>;
  readonly utc: () => number;
  readonly log: Log;
};

const liveOf = ({ house, people, tls, utc, log }: Watched): Live =>
  createLive({
    authenticate: people.authenticate,
    ...seenByRole(house.broadcast.snapshot, house.broadcast.drawn),
    mayWatch: (session) => mayWatch(session, people.permit),
    now: utc,
    log,
    isNamed: tls.isNamed,
  });

/** Whether there is anything for that person to look at; who may not stands in the journal, as with any call. */
function mayWatch(session: Session, permit: Permit): boolean {
  try {
    permit(session, ROUTES.house);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** How the hub is found in the home's network; silent when it listens to this machine only. */
async function announcementOf(config: Config, hubId: string, port: number, log: Log): Promise<Mdns> {
  if (config.bind !== null && isLoopback(config.bind)) return { start() {}, async stop() {} };
  const { createMdns } = await import('./io/mdns.ts');
  return createMdns({
    name: 'Homeward',
    id: hubId,
    version: VERSION,
    port,
    onReport: (event, detail) => log.warn({ event, ...detail }, event),
  });
}

/** The broker is there: say so, and have every board announce itself and tell its states again. */
function greet(mqtt: Mqtt): void {
  mqtt.publish('homeward/hub/status', 'online', { qos: 1, retain: true });
  mqtt.publish('homeassistant/status', 'online', { qos: 1, retain: false });
}

export type Parts = Awaited<ReturnType<typeof buildParts>>;
