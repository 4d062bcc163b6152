import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerSide } from './composeBroker.ts';
import type { composeHistory } from './composeHistory.ts';
import type { composeHouse } from './composeHouse.ts';
import type { composeJournal } from './composeJournal.ts';
import type { composePeople } from './composePeople.ts';
import type { Config } from './config.ts';
import { countDevices, detectorParts, sirenParts } from './house/readiness.ts';
import { whyNoSirenTest } from './house/sirenTest.ts';
import { rowsOf } from './house/table.ts';
import { isAnonymousBroker, isUnencryptedBroker } from './io/brokerProbe.ts';
import { readCertificate } from './io/certificate.ts';
import { freeBytesAt, isClockSynchronised, isOpenToOthers, nodeMajor } from './io/machine.ts';
import type { Sqlite } from './io/sqlite.ts';
import type { TlsMaterial } from './io/tls.ts';
import { createSecondFactorStore } from './people/secondFactorStore.ts';
import { createPeopleStore } from './people/store.ts';
import type { Circumstances } from './readiness/circumstances.ts';
import { judge } from './readiness/judge.ts';
import { createRegistry } from './readiness/registry.ts';
import { readinessRoutes } from './readiness/routes.ts';
import type { Readiness } from './readiness/schema.ts';
import { earliest } from './shared/time.ts';

/** The broker is asked whether it lets anybody in when somebody looks, but not more often than this, real ms. */
const PROBE_AGAIN_MS = 3_600_000;

export type ReadinessParts = {
  readonly config: Config;
  readonly db: Sqlite;
  readonly house: Pick<ReturnType<typeof composeHouse>, 'shell' | 'clock'>;
  readonly broker: Pick<BrokerSide, 'pairing' | 'plainSessions'>;
  readonly people: Pick<ReturnType<typeof composePeople>, 'nameOf' | 'fault'>;
  readonly journal: Pick<ReturnType<typeof composeJournal>, 'proof'>;
  readonly history: Pick<ReturnType<typeof composeHistory>, 'isPaused'>;
  /** Null: the certificates cannot be read. */
  readonly tls: {
    readonly now: () => Pick<TlsMaterial, 'cert'> | null;
    readonly ownEndsAt: () => number | null;
    readonly fault: () => string | null;
  };
};

/** What is proven and what is weak: asked of the house and of the machine whenever somebody looks. */
export function composeReadiness(parts: ReadinessParts) {
  const { config, house, broker, people, journal, history, tls } = parts;
  const { read, dispatch } = house.shell;
  const registry = createRegistry();
  registry.register('sirens', () => ({ parts: sirenParts(read()) }));
  registry.register('detectors', () => ({ parts: detectorParts(read(), house.clock.now()) }));
  registry.register('journal', journal.proof);
  const isAnonymous = createProbe(config);
  const store = createPeopleStore(parts.db);

  const factors = createSecondFactorStore(parts.db);

  function owners(): Circumstances['people'] {
    const all = store.people().filter(({ role, untilUtc }) => role === 'owner' && untilUtc === null);
    const having = factors.withFactor();
    return { owners: all.length, ownersWithoutSecondFactor: all.filter(({ id }) => !having.has(id)).length };
  }

  const machine = (): Circumstances['machine'] => ({
    hasClaimCode: existsSync(join(config.dataFolder, 'claim-code')),
    isDataOpen: isOpenToOthers(config.dataFolder),
    isLocked: people.fault !== null,
    areCertificatesDamaged: tls.fault() !== null,
    isClockSynchronised: isClockSynchronised(),
    certificateEndsUtc: earliest(readCertificate(tls.now()?.cert ?? null)?.untilUtc ?? null, tls.ownEndsAt()),
    isHistoryPaused: history.isPaused(),
    freeBytes: freeBytesAt(config.dataFolder),
    nodeMajor: nodeMajor(),
  });

  async function view(): Promise<Readiness> {
    const anonymous = await isAnonymous();
    const now = house.clock.now();
    const circumstances: Circumstances = {
      proofs: registry.proofs(),
      answers: Object.fromEntries(rowsOf(read().readiness.houseAnswers)),
      devices: countDevices(read()),
      broker: {
        isAnonymous: anonymous,
        isUnencrypted: config.mqttUrl !== null && isUnencryptedBroker(config.mqttUrl),
        isManaged: broker.pairing !== null,
        plainSessions: broker.plainSessions(),
      },
      people: owners(),
      machine: machine(),
    };
    const mayTestSirens = whyNoSirenTest(read()) === null;
    return { ...judge(circumstances, read().readiness, now), mayTestSirens };
  }

  return {
    /** For what comes later: push, walk test, backup, restore. */
    register: registry.register,
    endpoints: readinessRoutes({
      dispatch,
      view,
      whyNoTest: () => whyNoSirenTest(read()),
      nameOf: people.nameOf,
    }),
  };
}

/** Our own broker never lets anybody in without a login: only another one is asked. */
function createProbe({ mqttUrl, mqttCaFile }: Config): () => Promise<boolean | null> {
  if (mqttUrl === null) return async () => false;
  let asked: { readonly at: number; readonly answer: Promise<boolean | null> } | null = null;
  return async () => {
    const now = performance.now();
    const isFresh = asked !== null && now - asked.at < PROBE_AGAIN_MS;
    if (asked === null || !isFresh) {
      const ca = mqttCaFile === null ? null : readFileSync(mqttCaFile, 'utf8');
      asked = { at: now, answer: isAnonymousBroker({ url: mqttUrl, ca }) };
    }
    const answer = await asked.answer;
    // One that could not be reached is asked anew the next time.
    if (answer === null) asked = null;
    return answer;
  };
}
