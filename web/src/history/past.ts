import type { EntityView } from '@homeward/hub/api';
import { computed, type Ref, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { entityName } from '../devices/entityWords.ts';
import { isFresh } from '../devices/freshness.ts';
import { digitsOf, measureText } from '../text/numbers.ts';
import { useSay } from '../text/say.ts';
import type { Curve } from './curve.ts';
import { useKnown } from './known.ts';
import { type HistoryLimit, limitsInSight } from './limits.ts';
import type { Moment } from './moment.ts';
import type { Picture } from './picture.ts';
import { type Measured, shareText, stateKey } from './summary.ts';
import { momentText } from './ticks.ts';
import { FIRST_VIEW, type View } from './view.ts';

/** The words that a chart draws. */
export const wordsOf = (t: (key: string) => string, entity: Measured): Picture['words'] => ({
  on: t(stateKey(true, entity)),
  off: t(stateKey(false, entity)),
  check: t('state.check'),
  warning: t('state.warning'),
  alarm: t('state.alarm'),
});

/** The moment at a place of the curve; null: nobody points at one, or nothing was heard there. */
export const momentAt = (
  curve: Curve | null,
  place: number | null,
  now: number,
  language: string,
): Moment | null => {
  if (curve === null || place === null) return null;
  const at = curve.x[place];
  const avg = curve.avg[place] ?? null;
  if (at === undefined || avg === null) return null;
  return {
    at,
    time: momentText(at, now, language),
    min: curve.min[place] ?? avg,
    max: curve.max[place] ?? avg,
    avg,
  };
};

/** What a person sees of the past of one entity: where they look, the picture, and the moment they point at. */
export const usePast = (entity: Ref<EntityView>, now: Ref<number>, limits: Ref<readonly HistoryLimit[]>) => {
  const { t, locale } = useI18n();
  const say = useSay();
  const view = ref<View>(FIRST_VIEW);
  const place = ref<number | null>(null);
  watch(view, () => {
    place.value = null;
  });
  const known = useKnown(entity, now, view);
  const { on, curve, from, to } = known;
  const name = computed(() => entityName(entity.value, t));
  const fresh = computed(() => isFresh(entity.value));
  const last = computed(() => {
    const { at, value } = entity.value;
    return fresh.value && at !== null && typeof value === 'number' ? { at, value } : null;
  });
  const picture = computed((): Picture | null =>
    curve.value === null
      ? null
      : {
          shown: { from: from.value, to: to.value },
          curve: curve.value,
          on: on.value,
          limits: limitsInSight(limits.value, curve.value),
          last: last.value,
          digits: digitsOf(entity.value.quantity),
          lamp: entity.value.quantity === 'light',
          language: locale.value,
          words: wordsOf(t, entity.value),
        },
  );
  const moment = computed(() => momentAt(curve.value, place.value, now.value, locale.value));
  /** The same for ears. */
  const reading = computed(() => {
    const { unit, quantity } = entity.value;
    if (moment.value === null) return say({ key: 'history.now' });
    const { time, avg } = moment.value;
    if (on.value === null) return `${time}: ${measureText(avg, unit, quantity)}`;
    return `${time}: ${t(stateKey(true, entity.value))} ${shareText(avg)}`;
  });

  return { ...known, view, place, name, picture, moment, reading };
};
