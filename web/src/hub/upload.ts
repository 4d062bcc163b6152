import type { HistoryImport } from '@homeward/hub/api';
import { addressOf, HubRefusal, readRefusal } from './client.ts';
import { ROUTES } from './contract.ts';

/** A line on which nothing moves for so long is dead. ms */
const STALLED_MS = 60_000;

/** A file on its way to the hub. */
export type Upload = {
  /** Rejects with a HubRefusal; `silent` also when it was stopped. */
  readonly arrived: Promise<HistoryImport>;
  readonly stop: () => void;
};

/**
 * Brings a file for the history to the hub. `fetch` does not tell how far an upload is, so this is the older way.
 * @param onSent bytes that have left this screen
 */
export const bringFile = (file: File, onSent: (bytes: number) => void): Upload => {
  const wire = new XMLHttpRequest();
  let stalled: ReturnType<typeof setTimeout> | undefined;
  const moved = (): void => {
    clearTimeout(stalled);
    stalled = setTimeout(() => wire.abort(), STALLED_MS);
  };
  const arrived = new Promise<HistoryImport>((resolve, reject) => {
    const { method, takes, status, answer } = ROUTES.addImport;
    const lost = (): void => reject(new HubRefusal('silent'));
    wire.open(method, addressOf('addImport', { query: { name: file.name.slice(0, 255) } }));
    wire.setRequestHeader('content-type', takes);
    wire.setRequestHeader('accept', 'application/json');
    wire.upload.addEventListener('progress', ({ loaded }) => {
      moved();
      onSent(loaded);
    });
    wire.addEventListener('error', lost);
    wire.addEventListener('abort', lost);
    wire.addEventListener('load', () => {
      const response = new Response(wire.responseText, { status: wire.status });
      if (wire.status !== status) return void readRefusal(response).then(reject);
      void response
        .json()
        .then((told) => resolve(answer.parse(told)))
        .catch(() => reject(new HubRefusal('bug')));
    });
    wire.send(file);
    moved();
  }).finally(() => clearTimeout(stalled));
  return { arrived, stop: () => wire.abort() };
};
