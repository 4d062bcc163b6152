import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { HistoryFact } from './facts.ts';
import type { ImportDesk } from './importDesk.ts';
import { type ImportFiles, NotReceived } from './importFiles.ts';

/** What is called of imports. A file is written as it comes; who goes away in the middle leaves nothing. */
export function importRoutes(
  desk: ImportDesk,
  files: ImportFiles,
  dispatch: (fact: HistoryFact) => void,
): Endpoint[] {
  return [
    onRoute(ROUTES.imports, () => ({ imports: desk.list() })),
    onRoute(ROUTES.addImport, async ({ query, file }) => {
      const id = files.newId();
      desk.announce(id, query.name);
      try {
        await files.receive(id, query.name, file);
      } catch (error) {
        desk.lost(id, error instanceof NotReceived ? error.failure : null);
        throw refusalOf(error);
      }
      return desk.received(id);
    }),
    onRoute(ROUTES.import, ({ params }) => desk.get(params.id)),
    onRoute(ROUTES.startImport, ({ params, body, me }) => {
      const started = desk.start(params.id, body.map);
      const { id: importId, fileName } = started;
      const series = Object.keys(body.map).length;
      dispatch({ type: 'importStarted', by: me.personId, importId, fileName, series });
      return started;
    }),
    onRoute(ROUTES.cancelImport, ({ params }) => desk.cancel(params.id)),
  ];
}

/** What is told of a file that did not come whole; most who broke off do not hear it any more. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const failure = error instanceof NotReceived ? error.failure : null;
  if (failure === 'too-large') return new Refusal('too-large');
  return new Refusal(failure === 'disk-full' ? 'not-saved' : 'bad-request');
}
