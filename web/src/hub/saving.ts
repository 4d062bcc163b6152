import { addressOf, type Given, HubRefusal, readRefusal, withProof } from './client.ts';
import type { RouteName } from './contract.ts';

/** A line on which nothing moves for so long is dead. ms */
const STALLED_MS = 60_000;

/** A file of the hub on its way to this screen. */
export type Saving = {
  /** Rejects with a HubRefusal; `silent` also when it was stopped. */
  readonly arrived: Promise<File>;
  readonly stop: () => void;
};

const nameOf = (response: Response, otherwise: string): string =>
  /filename="?([\w.-]{1,100})"?/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? otherwise;

/**
 * Fetches a file. A plain link would save a refusal as if it were the file.
 * @param onCame bytes that have come
 */
export const fetchFile = <N extends RouteName>(
  name: N,
  given: Pick<Given<N>, 'id' | 'query'>,
  otherwise: string,
  onCame: (bytes: number) => void,
): Saving => {
  const wire = new AbortController();
  let stalled: ReturnType<typeof setTimeout> | undefined;
  const moved = (): void => {
    clearTimeout(stalled);
    stalled = setTimeout(() => wire.abort(), STALLED_MS);
  };
  const arrive = async (): Promise<File> => {
    moved();
    const response = await fetch(addressOf(name, given), { cache: 'no-store', signal: wire.signal });
    if (!response.ok) throw await readRefusal(response);
    const parts: BlobPart[] = [];
    let bytes = 0;
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      moved();
      parts.push(part.value);
      bytes += part.value.byteLength;
      onCame(bytes);
    }
    const type = response.headers.get('content-type') ?? 'application/octet-stream';
    return new File(parts, nameOf(response, otherwise), { type });
  };
  const tried = (): Promise<File> =>
    arrive()
      .catch((failure: unknown) => {
        throw failure instanceof HubRefusal ? failure : new HubRefusal('silent');
      })
      .finally(() => clearTimeout(stalled));
  return { arrived: withProof(tried), stop: () => wire.abort() };
};
