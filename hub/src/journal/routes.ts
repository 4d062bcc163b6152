import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { JournalFact } from './facts.ts';
import type { PagePorts } from './pages.ts';
import type { JournalCheck, JournalPage, JournalQuery } from './schema.ts';
import type { Verdict } from './verify.ts';

export type JournalRoutePorts = {
  readonly utc: () => Millis;
  readonly page: (query: JournalQuery, isGone: PagePorts['isGone']) => Promise<JournalPage>;
  /** Goes through the whole journal. @throws when the file cannot be read */
  readonly prove: () => Promise<Verdict>;
  /** Of the hub, base64. */
  readonly publicKey: string;
  /** The journal with its proof, piece by piece. */
  readonly exported: (format: 'csv' | 'json') => AsyncGenerator<string>;
  readonly dispatch: (fact: JournalFact) => void;
};

const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' } as const;

/** What happened, whether it stands as it was written, and all of it to take away. */
export function journalRoutes({
  utc,
  page,
  prove,
  publicKey,
  exported,
  dispatch,
}: JournalRoutePorts): Endpoint[] {
  async function check(): Promise<JournalCheck> {
    const { findings, ...verdict } = await prove();
    const isWhole = findings.length === 0;
    return { isWhole, checkedAt: utc(), ...verdict, findings: [...findings], publicKey };
  }

  return [
    onRoute(ROUTES.journal, ({ query, gone }) => {
      const { from, to } = query;
      if (from !== undefined && to !== undefined && from >= to)
        throw new Refusal('bad-request', { detail: 'from, to' });
      return page(query, () => gone.aborted);
    }),
    onRoute(ROUTES.verifyJournal, check),
    onRoute(ROUTES.exportJournal, ({ query: { format }, me }) => {
      // Before it is read: it tells of itself.
      dispatch({ type: 'journalExported', by: me.personId, format });
      return { type: TYPES[format], name: `homeward-journal.${format}`, content: exported(format) };
    }),
  ];
}
