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
        const failure = error instanceof NotReceived ? error.failure : null;
        desk.lost(id, failure);
        if (failure === 'too-large') throw new Refusal('too-large');
        if (failure === 'disk-full') throw new Refusal('not-saved');
        throw new Refusal('bad-request');
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
