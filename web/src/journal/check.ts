import type { JournalCheck } from '@homeward/hub/api';
import { useQuery } from '@tanstack/vue-query';
import { callHub } from '../hub/client.ts';

/** The whole journal is gone through: 100 000 rows on a small computer. ms */
const PATIENCE_MS = 180_000;
/** How long an answer is worth showing when the page is opened again. ms */
const KEPT_MS = 10 * 60_000;

/** Whether anybody changed the journal; asked when a person wants to know. */
export const useCheck = () =>
  useQuery({
    queryKey: ['journal proof'],
    queryFn: (): Promise<JournalCheck> => callHub('verifyJournal', { patienceMs: PATIENCE_MS }),
    enabled: false,
    networkMode: 'always',
    retry: false,
    gcTime: KEPT_MS,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The key as people compare it: 32 bytes in hex, by fours. Null: it is no such key. */
export const keyText = (base64: string): string | null => {
  try {
    const hex = [...atob(base64)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
    return hex.length === 64 ? (hex.match(/.{4}/g)?.join(' ') ?? null) : null;
  } catch {
    return null;
  }
};
