import type { Alarm, HouseSnapshot } from '@homeward/hub/api';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { useHouse } from '../hub/house.ts';
import { byUrgency, takesOver } from './life.ts';

/** An alarm as it stands in the takeover. `gone`: it is back to normal and only still shown. */
export type Shown = { readonly alarm: Alarm; readonly gone: boolean };

/**
 * What the takeover shows: every loud alarm that nobody has answered, what was on it before and has not been left, and
 * what a person opened again.
 * @param held alarms that were shown and not left, as they were last seen
 */
export const shownAlarms = (
  house: HouseSnapshot | null,
  held: ReadonlyMap<string, Alarm>,
): readonly Shown[] => {
  const current = house?.alarms ?? {};
  const now = Object.values(current)
    .filter((alarm) => takesOver(alarm) || held.has(alarm.id))
    .toSorted(byUrgency)
    .map((alarm) => ({ alarm, gone: false }));
  const over = [...held.values()]
    .filter((alarm) => house !== null && !Object.hasOwn(current, alarm.id))
    .map((alarm) => ({ alarm: { ...alarm, active: false }, gone: true }));
  return [...now, ...over];
};

/** The alarm that takes the whole screen, over every page. */
export const useTakeover = defineStore('takeover', () => {
  const house = useHouse();
  const held = shallowRef<ReadonlyMap<string, Alarm>>(new Map());
  /** What the person chose to look at, when there are several. */
  const chosen = ref<string | null>(null);

  const shown = computed(() => shownAlarms(house.house, held.value));
  /** Nobody has answered yet: it cannot be left. */
  const mustStay = computed(() => shown.value.some(({ alarm, gone }) => !gone && takesOver(alarm)));
  const first = computed(() => {
    const unanswered = shown.value.find(({ alarm, gone }) => !gone && takesOver(alarm));
    const wanted = shown.value.find(({ alarm }) => alarm.id === chosen.value);
    return unanswered ?? wanted ?? shown.value[0] ?? null;
  });
  const others = computed(() => shown.value.filter((one) => one !== first.value));

  watch(
    () => house.house,
    (next) => {
      const seen = new Map(next === null ? [] : held.value);
      for (const alarm of Object.values(next?.alarms ?? {}))
        if (takesOver(alarm) || seen.has(alarm.id)) seen.set(alarm.id, alarm);
      held.value = seen;
    },
    { immediate: true, flush: 'sync' },
  );

  const open = (alarm: Alarm): void => {
    held.value = new Map(held.value).set(alarm.id, alarm);
    chosen.value = alarm.id;
  };

  const leave = (): void => {
    if (mustStay.value) return;
    held.value = new Map();
    chosen.value = null;
  };

  return { shown, first, others, mustStay, open, leave };
});
