import type { JournalPage, JournalRow } from '@homeward/hub/api';
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { callHub } from '../hub/client.ts';
import type { Asked } from './choice.ts';

/** Rows that are fetched at once. */
export const PAGE_ROWS = 50;
/** Asked again this often whether there is something new. ms */
const AGAIN_MS = 10_000;

/**
 * What is read of the journal: page after page towards the past. What is new is counted and not put in between: whoever reads does
 * not lose the line.
 * @param from row with which the reading begins; null: the newest
 */
export const usePages = (asked: Ref<Asked>, from: Ref<number | null>) => {
  const client = useQueryClient();
  const key = computed(() => ['journal', asked.value, from.value] as const);
  const pages = useInfiniteQuery<
    JournalPage,
    Error,
    InfiniteData<JournalPage, number | null>,
    readonly unknown[],
    number | null
  >({
    queryKey: key,
    queryFn: ({ pageParam }) => {
      const before = pageParam ?? (from.value === null ? null : from.value + 1);
      const query = { ...asked.value, limit: PAGE_ROWS, ...(before === null ? {} : { before }) };
      return callHub('journal', { query });
    },
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    networkMode: 'always',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const rows = computed(
    (): readonly JournalRow[] => pages.data.value?.pages.flatMap((page) => page.rows) ?? [],
  );
  const newest = computed(() => rows.value[0]?.seq ?? 0);

  const head = useQuery({
    queryKey: computed(() => ['journal head', asked.value]),
    queryFn: () => callHub('journal', { query: { ...asked.value, limit: PAGE_ROWS } }),
    enabled: computed(() => from.value === null && pages.isSuccess.value),
    networkMode: 'always',
    retry: false,
    refetchInterval: AGAIN_MS,
  });
  /** Rows that came since; `PAGE_ROWS`: or more. */
  const fresh = computed(() =>
    from.value === null ? (head.data.value?.rows.filter(({ seq }) => seq > newest.value).length ?? 0) : 0,
  );

  const toNewest = (): Promise<void> => client.resetQueries({ queryKey: key.value });
  return { pages, rows, fresh, toNewest };
};
