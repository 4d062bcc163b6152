import type { IncidentSeries } from '@homeward/hub/api';
import { useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { curveOf, joinedMs } from '../history/curve.ts';
import { type HistoryLimit, limitsInSight } from '../history/limits.ts';
import { onCurve, onStretches } from '../history/onTime.ts';
import { wordsOf } from '../history/past.ts';
import type { Mark, Picture } from '../history/picture.ts';
import type { Stretch } from '../history/view.ts';
import { callHub } from '../hub/client.ts';
import { findEntity, useHouse } from '../hub/house.ts';
import { digitsOf } from '../text/numbers.ts';

/** Columns that are asked for: an incident is short, its chart small. */
const BUCKETS = 240;

type Given = {
  readonly series: IncidentSeries;
  readonly limits: readonly HistoryLimit[];
  readonly marks: readonly Mark[];
  readonly shown: Stretch;
};

/** The curve of one series around an alarm. */
export const useIncidentCurve = (given: Ref<Given>) => {
  const { t, locale } = useI18n();
  const house = useHouse();
  const fetched = useQuery({
    queryKey: computed(() => ['incident series', given.value.series.entityId, given.value.shown]),
    queryFn: () => {
      const { series, shown } = given.value;
      const query = { from: Math.round(shown.from), to: Math.round(shown.to), buckets: BUCKETS };
      return callHub('series', { id: series.entityId, query });
    },
    placeholderData: (before) => before,
    networkMode: 'always',
    retry: 1,
  });
  const range = computed(() => fetched.data.value ?? null);
  const on = computed(() =>
    range.value?.states === true ? onStretches(range.value, [], given.value.shown.to) : null,
  );
  const curve = computed(() => {
    if (range.value === null) return null;
    if (on.value !== null) return onCurve(on.value, range.value.step);
    const { series, shown } = given.value;
    const every = findEntity(house.house, series.entityId)?.entity.reportEveryMs ?? null;
    return curveOf(range.value, shown.to, joinedMs(range.value, every));
  });
  const picture = computed((): Picture | null =>
    curve.value === null
      ? null
      : {
          shown: given.value.shown,
          curve: curve.value,
          on: on.value,
          limits: limitsInSight(given.value.limits, curve.value),
          marks: given.value.marks,
          last: null,
          digits: digitsOf(given.value.series.quantity),
          lamp: given.value.series.quantity === 'light',
          language: locale.value,
          words: wordsOf(t, given.value.series),
        },
  );
  return { fetched, range, on, curve, picture };
};
