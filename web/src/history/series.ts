import type { EntityView, HistoryRange } from '@homeward/hub/api';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type Ref, shallowRef, watch } from 'vue';
import { callHub } from '../hub/client.ts';
import { useHouse } from '../hub/house.ts';
import type { Sample } from '../hub/traces.ts';
import { isFollowing, stretchOf, type View } from './view.ts';

/** Columns that are asked for: about one for every two pixels of a wide chart. */
const BUCKETS = 400;
/** What was heard since the page was opened, at most. */
const KEPT = 5_000;
/** A chart that follows is fetched anew so seldom: what comes in between joins by itself. */
const ANEW_MS = 10 * 60_000;
/** The hub writes in small batches: what it heard last may not be in its answer yet. */
const BATCH_MS = 1_500;

type Fetched = { readonly range: HistoryRange; readonly askedAt: number; readonly held: number | null };

const numberOf = (value: EntityView['value']): number | null =>
  typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : null;

/** What the hub kept of one entity in the view, and what was heard of it since. */
export const useSeries = (entity: Ref<EntityView>, view: Ref<View>, now: Ref<number>) => {
  const house = useHouse();
  const heard = shallowRef<readonly Sample[]>([]);

  const load = async (): Promise<Fetched> => {
    const askedAt = now.value;
    const { from, to } = stretchOf(view.value, askedAt);
    const held = entity.value.available ? numberOf(entity.value.value) : null;
    const query = { from: Math.round(from), to: Math.round(to), buckets: BUCKETS };
    return { range: await callHub('series', { id: entity.value.id, query }), askedAt, held };
  };
  const fetched = useQuery({
    queryKey: computed(() => ['series', entity.value.id, view.value]),
    queryFn: load,
    placeholderData: keepPreviousData,
    networkMode: 'always',
    retry: false,
    staleTime: 0,
    gcTime: ANEW_MS,
    refetchInterval: () => (isFollowing(view.value) ? ANEW_MS : false),
  });

  watch(
    () => [entity.value.id, entity.value.at, entity.value.value] as const,
    ([id, at, value], [before]) => {
      const number = numberOf(value);
      const kept = id === before ? heard.value : [];
      heard.value = at === null || number === null ? kept : [...kept, { at, value: number }].slice(-KEPT);
    },
  );
  // what was said while the line was down is only known to the hub
  watch(
    () => house.live,
    (live) => {
      if (live) void fetched.refetch();
    },
  );

  const data = computed(() => fetched.data.value ?? null);
  const live = computed((): readonly Sample[] => {
    if (data.value === null) return [];
    const { askedAt, held, range } = data.value;
    const since = heard.value.filter(({ at }) => at > askedAt - (range.states ? 0 : BATCH_MS));
    return range.states && held !== null ? [{ at: askedAt, value: held }, ...since] : since;
  });
  return { data, live, isPending: fetched.isPending, isFetching: fetched.isFetching, failure: fetched.error };
};
