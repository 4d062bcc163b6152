import type { EntityView } from '@homeward/hub/api';
import { computed, type Ref } from 'vue';
import { curveOf, joinedMs, unheardMs } from './curve.ts';
import { withLive } from './live.ts';
import { onCurve, onStretches, onTime } from './onTime.ts';
import { useSeries } from './series.ts';
import { stretchOf, type View } from './view.ts';

/** The chart moves on in so many jumps: about a pixel each. */
const JUMPS = 600;

/** All that is known of one entity in the view: fetched, joined with what was heard since, worked out. */
export const useKnown = (entity: Ref<EntityView>, now: Ref<number>, view: Ref<View>) => {
  const series = useSeries(entity, view, now);
  // as numbers, so that what depends on them rests while they stay the same
  const from = computed(() => stretchOf(view.value, now.value).from);
  const to = computed(() => stretchOf(view.value, now.value).to);
  const until = computed(() => {
    const jump = Math.max(1_000, (to.value - from.value) / JUMPS);
    return Math.min(Math.floor(now.value / jump) * jump, to.value);
  });
  const known = computed(() => (entity.value.available ? until.value : (entity.value.at ?? until.value)));

  const range = computed(() => {
    const data = series.data.value;
    if (data === null) return null;
    return data.range.states ? data.range : withLive(data.range, series.live.value);
  });
  const on = computed(() =>
    range.value?.states === true ? onStretches(range.value, series.live.value, known.value) : null,
  );
  const curve = computed(() => {
    if (range.value === null) return null;
    if (on.value !== null) return onCurve(on.value, range.value.step);
    return curveOf(range.value, until.value, joinedMs(range.value, entity.value.reportEveryMs));
  });
  /** How long nobody knows anything of what is shown. ms */
  const unknownMs = computed(() => {
    if (range.value === null || curve.value === null) return 0;
    if (on.value !== null)
      return until.value - from.value - onTime(on.value, from.value, until.value).knownMs;
    const joined = joinedMs(range.value, entity.value.reportEveryMs);
    return unheardMs(curve.value, from.value, until.value, joined);
  });

  return { ...series, from, to, until, range, on, curve, unknownMs };
};
