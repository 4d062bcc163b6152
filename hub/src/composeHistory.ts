import { join } from 'node:path';
import { composeImports } from './composeImports.ts';
import { PATHS } from './composePaths.ts';
import { seriesOf } from './composeSeries.ts';
import type { Config } from './config.ts';
import type { DeviceFact } from './devices/facts.ts';
import { liveOf } from './devices/heard.ts';
import { createChartTurns } from './history/chartTurns.ts';
import type { HistoryFact } from './history/facts.ts';
import type { ChangesQuestion, SamplesQuestion } from './history/messages.ts';
import { DEFAULT_RETENTION, historyRoutes } from './history/routes.ts';
import { createHistory, spawnHistory } from './history/store.ts';
import type { House } from './house/house.ts';
import { getRow } from './house/table.ts';
import type { Log } from './io/log.ts';
import { createSettings } from './io/settings.ts';
import type { Sqlite } from './io/sqlite.ts';

type Reading = Extract<DeviceFact, { type: 'reading' }>;

type Heard = Extract<DeviceFact, { type: 'entityLost' | 'entityFound' }>;

export type HistoryParts = {
  /** safety.db: how long things are kept outlasts a history that was moved aside. */
  readonly db: Sqlite;
  readonly config: Config;
  readonly log: Log;
  readonly utc: () => number;
  readonly house: () => House;
  readonly dispatch: (fact: HistoryFact) => void;
};

const SETTING = 'history';

const NO_SERIES = { states: false, unit: null } as const;

/** The history with its thread and its routes. Nothing is started before something is to be written or read. */
export function composeHistory({ db, config, log, utc, house, dispatch }: HistoryParts) {
  const settings = createSettings(db);
  const say = (event: string, detail: object) => log.warn({ event, ...detail }, event);
  const history = createHistory({
    file: join(config.dataFolder, 'history.db'),
    migrations: PATHS.historyMigrations,
    retention: settings.getOrMake(SETTING, () => DEFAULT_RETENTION),
    utc,
    say,
    spawn: spawnHistory(PATHS.historyWorker),
  });
  const turns = createChartTurns({
    now: () => performance.now(),
    after: (delay, task) => void setTimeout(task, delay).unref(),
  });
  const imports = composeImports({ dataFolder: config.dataFolder, history, utc, say, dispatch, house });
  return {
    tellCutOff: imports.tellCutOff,
    async stop(): Promise<void> {
      imports.stop();
      await history.stop();
    },
    /** Texts are no history. */
    record({ entityId, value, unit }: Reading, at: number): void {
      if (typeof value === 'number' || typeof value === 'boolean') {
        history.record(entityId, value, unit, at);
      }
    },
    /** Of one that is lost nobody knows whether it is on or off. Once it is back, its last word stands where the house says so. */
    heard({ type, entityId }: Heard, at: number): void {
      if (type === 'entityLost') return history.end(entityId, at);
      const { value } = liveOf(house().devices, entityId);
      if (typeof value === 'boolean') history.resume(entityId, value, at);
    },
    /** Nothing can be written now. */
    isPaused: (): boolean => history.paused() !== null,
    /** What was measured, for whoever computes with it. */
    past: (question: SamplesQuestion) => history.ask('samples', question),
    /** When something went on and off. As a chart it waits for the turn of that session. */
    changes: (who: string, question: ChangesQuestion) =>
      turns.take(who, () => history.ask('changes', question)),
    // Their addresses come first: to the history, "imports" would be an entity.
    endpoints: [
      ...imports.endpoints,
      ...historyRoutes({
        history,
        turns,
        utc,
        dispatch,
        save: (retention) => settings.set(SETTING, retention),
        entity(id) {
          const entity = getRow(house().devices.entities, id);
          // The chart of one that has no history is an empty one.
          return entity === undefined ? null : (seriesOf(entity) ?? NO_SERIES);
        },
      }),
    ],
  };
}
