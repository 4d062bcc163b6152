import { useQuery } from '@tanstack/vue-query';
import { callHub } from '../hub/client.ts';

/** Asked again this often while it is on the screen. ms */
const AGAIN_MS = 60_000;

export const KEEPING = ['history'] as const;

/** What the hub keeps of the past, and whether it does so now. */
export const useKeeping = () =>
  useQuery({
    queryKey: KEEPING,
    queryFn: () => callHub('history'),
    networkMode: 'always',
    retry: false,
    refetchInterval: AGAIN_MS,
  });
