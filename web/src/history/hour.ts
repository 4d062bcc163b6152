import type { EntityView } from '@homeward/hub/api';
import { useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { callHub } from '../hub/client.ts';
import type { Sample } from '../hub/traces.ts';
import { digitsOf } from '../text/numbers.ts';
import type { SparkPoint } from '../ui/Sparkline.vue';
import { curveOf, joinedMs } from './curve.ts';
import { withLive } from './live.ts';

/** What a tile shows of the past. Source: UI.md, Tile: "last hour". ms */
const HOUR_MS = 3_600_000;
const BUCKETS = 40;
/** What comes in between joins by itself. ms */
const ANEW_MS = 15 * 60_000;
/** A trembling sensor is no mountain range: so many of its smallest steps, and such a share of it, at least. */
const LEAST_STEPS = 10;
const LEAST_SHARE = 0.1;

/** Small lines wait for one another: a hub on a small computer has an alarm to think of first. */
let turn: Promise<unknown> = Promise.resolve();
const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
  const mine = turn.then(ask, ask);
  turn = mine.catch(() => undefined);
  return mine;
};

/** The last hour of one entity as a small line; `wanted`: it is on the screen. */
export const useHour = (
  entity: Ref<EntityView>,
  heard: Ref<readonly Sample[]>,
  now: Ref<number>,
  wanted: Ref<boolean>,
) => {
  const fetched = useQuery({
    queryKey: computed(() => ['hour', entity.value.id]),
    queryFn: () =>
      inTurn(async () => {
        const to = Math.round(now.value);
        const query = { from: to - HOUR_MS, to, buckets: BUCKETS };
        return { to, range: await callHub('series', { id: entity.value.id, query }) };
      }),
    enabled: wanted,
    networkMode: 'always',
    retry: false,
    refetchInterval: ANEW_MS,
    staleTime: ANEW_MS,
  });
  const points = computed((): readonly SparkPoint[] => {
    const data = fetched.data.value;
    if (data === undefined || data.range.states) return [];
    const range = withLive(
      data.range,
      heard.value.filter(({ at }) => at > data.to),
    );
    const end = range.t0 + range.n.length * range.step;
    const { x, avg } = curveOf(range, end, joinedMs(range, entity.value.reportEveryMs));
    return x.map((at, place) => ({ at, value: avg[place] ?? null }));
  });
  const to = computed(() => points.value.at(-1)?.at ?? 0);
  const leastHeight = computed(() => {
    const most = points.value.reduce((high, { value }) => Math.max(high, Math.abs(value ?? 0)), 0);
    return Math.max(LEAST_STEPS * 10 ** -digitsOf(entity.value.quantity), LEAST_SHARE * most);
  });
  return { points, to, from: computed(() => to.value - HOUR_MS), leastHeight };
};
