import type { DeviceView, EntityView, HouseSnapshot } from '@homeward/hub/api';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { type ClockMark, hubTime, markClock, sinceMark } from './clock.ts';
import { keepTraces, type Traces } from './traces.ts';

/** Longer silence than this is not live. The hub beats every 4 s. Source: product principle 6, "banner in 5 s". */
export const LIVE_FOR_MS = 5_000;
/**
 * A beat may be this far from our reckoning of the hub's clock before it is believed. Milliseconds. A beat tells that
 * the hub is there; patches tell when. What was measured since the last patch is not here yet, and must not make the
 * rest look old.
 */
const BEAT_APART_MS = 30_000;

/** The house as the hub last told it, and how sure we may be that it still is so. */
export const useHouse = defineStore('house', () => {
  const house = shallowRef<HouseSnapshot | null>(null);
  const traces = shallowRef<Traces>(new Map());
  const mark = shallowRef<ClockMark | null>(null);
  const linkUp = ref(false);
  /** The hub's clock, epoch ms UTC; moves every second. */
  const hubNow = ref(Date.now());
  /** How long nothing was heard from the hub, ms. */
  const silentMs = ref(0);

  const live = computed(() => linkUp.value && house.value !== null && silentMs.value <= LIVE_FOR_MS);

  const tick = (): void => {
    const running = performance.now();
    const wall = Date.now();
    if (mark.value === null) return;
    hubNow.value = hubTime(mark.value, running, wall);
    silentMs.value = sinceMark(mark.value, running, wall);
  };

  const hear = (now: number): void => {
    mark.value = markClock(now);
    tick();
  };

  /** The hub is there, and nothing changed. */
  const hearBeat = (now: number): void => {
    tick();
    hear(Math.abs(now - hubNow.value) > BEAT_APART_MS ? now : hubNow.value);
  };

  const take = (next: HouseSnapshot): void => {
    house.value = next;
    traces.value = keepTraces(traces.value, next);
    hear(next.now);
  };

  const forget = (): void => {
    house.value = null;
    traces.value = new Map();
    mark.value = null;
    linkUp.value = false;
    silentMs.value = 0;
  };

  return { house, traces, linkUp, hubNow, silentMs, live, tick, hearBeat, take, forget };
});

/** The entity of this id and the device it belongs to, wherever it stands. */
export const findEntity = (
  house: HouseSnapshot | null,
  entityId: string,
): { readonly device: DeviceView; readonly entity: EntityView } | null => {
  for (const device of Object.values(house?.devices ?? {})) {
    const entity = Object.values(device.entities).find((one) => one.id === entityId);
    if (entity !== undefined) return { device, entity };
  }
  return null;
};
