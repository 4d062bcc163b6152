import type { BoardWifi, FlashFailure, FlashJob, FlashRequest } from '@homeward/hub/api';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { callHub } from '../hub/client.ts';

const FLASHING = ['flashing'] as const;

/** How often it is asked how far the hub is, ms. */
const AGAIN_MS = 1_000;
/** arduino-cli asks the internet whether it is the newest, and waits for boards. */
const LOOK_MS = 90_000;

export const isUnderWay = ({ state }: FlashJob): boolean => state === 'running' || state === 'wifi-asked';

/** The board that is on its way, asked for as long as somebody looks and something moves. */
export const useFlashing = () => {
  const query = useQuery({
    queryKey: FLASHING,
    queryFn: async () => (await callHub('flashing')).job,
    networkMode: 'always',
    retry: false,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? AGAIN_MS : false),
  });
  const job = computed(() => query.data.value ?? null);
  return { job, isPending: query.isPending, failure: query.error, again: () => query.refetch() };
};

/** What is plugged into the hub, when somebody asks. */
export const useFlashPorts = () =>
  useQuery({
    queryKey: [...FLASHING, 'ports'],
    queryFn: () => callHub('flashPorts', { patienceMs: LOOK_MS }),
    networkMode: 'always',
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

export type MissingWifi = Partial<Record<keyof BoardWifi, string>>;

/** What a Wi-Fi lacks, as keys of texts. */
export const missingInWifi = ({ ssid, password }: BoardWifi): MissingWifi => ({
  ...(bytesOf(ssid) < 1 || bytesOf(ssid) > 32 ? { ssid: 'flash.ssidMissing' } : {}),
  ...(password !== '' && (bytesOf(password) < 8 || bytesOf(password) > 64)
    ? { password: 'flash.passwordWrong' }
    : {}),
});

export type MissingFlash = MissingWifi & { readonly name?: string };

export const missingInFlash = ({ name, wifi }: Pick<FlashRequest, 'name' | 'wifi'>): MissingFlash => ({
  ...(name.trim() === '' ? { name: 'flash.nameMissing' } : {}),
  ...missingInWifi(wifi),
});

/** Failures that the newest arduino-cli ends. */
export const isEndedByTool = (failure: FlashFailure): boolean =>
  failure === 'tool-missing' || failure === 'tool-old' || failure === 'tool-broken';
