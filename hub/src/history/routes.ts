import { ROUTES } from '../api.ts';
import { type Endpoint, JsonText, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import { type ChartPlan, planChart, spanOf } from './chartPlan.ts';
import type { ChartTurns } from './chartTurns.ts';
import { CSV_HEADER, csvName } from './csvLines.ts';
import type { HistoryFact } from './facts.ts';
import { HOURLY_DAYS, RAW_DAYS } from './limits.ts';
import type { CsvAnswer, CsvPlace, FileStatus, Retention } from './messages.ts';
import type { HistoryQuery, HistoryRange, HistoryStatus } from './schema.ts';
import type { History } from './store.ts';
import { LATEST_MS } from './timeKey.ts';

export const DEFAULT_RETENTION: Retention = { rawDays: RAW_DAYS, hourlyDays: HOURLY_DAYS };

export type HistoryRoutePorts = {
  readonly history: History;
  readonly turns: ChartTurns;
  readonly utc: () => Millis;
  /** An entity of the house; null: there is none of that id (any more). */
  readonly entity: (id: string) => { readonly unit: string | null; readonly states: boolean } | null;
  readonly dispatch: (fact: HistoryFact) => void;
  /** Remembers how long things are kept. Throws when it cannot be saved. */
  readonly save: (retention: Retention) => void;
};

export function historyRoutes(ports: HistoryRoutePorts): Endpoint[] {
  const { history, turns, utc, entity, save, dispatch } = ports;
  async function status(): Promise<HistoryStatus> {
    const { file, isReadable } = await fileStatus(history);
    const why = history.paused() ?? (isReadable ? null : 'damaged');
    return {
      ...file,
      ...history.retention(),
      paused: why === 'newer' ? 'damaged' : why,
      droppedRows: history.droppedRows(),
    };
  }

  async function chart(id: string, query: HistoryQuery, who: string): Promise<HistoryRange | JsonText> {
    const now = utc();
    const span = spanOf(query, now);
    if (span === null) throw new Refusal('bad-request', { detail: 'from, to' });
    const drawn = await turns.take(who, () => history.ask('range', { entity: id, now, ...span }));
    if (drawn !== null) return new JsonText(drawn);
    const known = entity(id);
    if (known === null) throw new Refusal('not-found');
    return { ...emptyRange(planChart(span, 0, 0)), ...known, before: null };
  }

  /** The first piece is asked for before anything is answered: who asks for nothing that is there is told so. */
  async function csv(id: string, { from = 0, to = LATEST_MS }: HistoryQuery) {
    if (from >= to) throw new Refusal('bad-request', { detail: 'from, to' });
    const ask = (after: CsvPlace | null) => history.ask('csv', { entity: id, from, to, after });
    const first = await ask(null);
    if (first === null && entity(id) === null) throw new Refusal('not-found');
    return { type: 'text/csv; charset=utf-8', name: csvName(id), content: csvPieces(first, ask) };
  }

  return [
    onRoute(ROUTES.history, status),
    onRoute(ROUTES.setHistory, ({ body, me }) => {
      const old = history.retention();
      const rawDays = body.rawDays ?? old.rawDays;
      // The hourly values outlast the readings: a chart never ends before its file.
      const next = { rawDays, hourlyDays: Math.max(rawDays, body.hourlyDays ?? old.hourlyDays) };
      try {
        save(next);
      } catch {
        throw new Refusal('not-saved');
      }
      history.keep(next);
      dispatch({ type: 'retentionChanged', by: me.personId, ...next });
      return status();
    }),
    onRoute(ROUTES.series, ({ params, query, me }) => chart(params.id, query, me.tokenHash)),
    onRoute(ROUTES.seriesCsv, async ({ params, query, me }) => {
      const file = await csv(params.id, query);
      dispatch({ type: 'seriesExported', by: me.personId, entityId: params.id });
      return file;
    }),
  ];
}

const NOTHING: FileStatus = { rows: 0, bytes: 0, freeBytes: 0, oldest: null };

async function fileStatus(history: History): Promise<{ file: FileStatus; isReadable: boolean }> {
  try {
    return { file: await history.ask('status', {}), isReadable: true };
  } catch (error) {
    if (error instanceof Refusal) return { file: NOTHING, isReadable: false };
    throw error;
  }
}

async function* csvPieces(
  first: CsvAnswer | null,
  ask: (after: CsvPlace) => Promise<CsvAnswer | null>,
): AsyncGenerator<string> {
  for (let piece = first ?? EMPTY_CSV; ; ) {
    if (piece.text !== '') yield piece.text;
    if (piece.next === null) return;
    piece = (await ask(piece.next)) ?? EMPTY_CSV;
  }
}

const EMPTY_CSV: CsvAnswer = { text: CSV_HEADER, next: null };

function emptyRange({ t0, step, count }: ChartPlan) {
  const none = () => new Array<null>(count).fill(null);
  return { t0, step, min: none(), max: none(), avg: none(), n: new Array<number>(count).fill(0) };
}
