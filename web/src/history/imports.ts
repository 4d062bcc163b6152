import type { HistoryImport } from '@homeward/hub/api';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { callHub } from '../hub/client.ts';

export const IMPORTS = ['history', 'imports'] as const;

/** How often it is asked how far the hub is. ms */
const AGAIN_MS = 1_000;
const AGAIN_QUIET_MS = 15_000;

export const isMoving = ({ state }: HistoryImport): boolean => state === 'reading' || state === 'importing';
export const isOver = ({ state }: HistoryImport): boolean => state === 'done' || state === 'failed';

/** The import that a person is in the middle of: the oldest that is not over, else the one that ended last. */
export const currentOf = (imports: readonly HistoryImport[]): HistoryImport | null =>
  imports.find((one) => !isOver(one)) ?? imports.at(-1) ?? null;

/** The imports of the hub, asked for as long as somebody looks, and often while something moves. */
export const useImports = () => {
  const query = useQuery({
    queryKey: IMPORTS,
    queryFn: async () => (await callHub('imports')).imports,
    networkMode: 'always',
    retry: false,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) === true ? AGAIN_MS : AGAIN_QUIET_MS),
  });
  const current = computed(() => currentOf(query.data.value ?? []));
  return { current, isPending: query.isPending, failure: query.error, again: () => void query.refetch() };
};
