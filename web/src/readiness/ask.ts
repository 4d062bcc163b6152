import type { Readiness } from '@homeward/hub/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { callHub } from '../hub/client.ts';
import { useSession } from '../hub/session.ts';

/** What is proven or weak changes slowly: asked again this often while it is on the screen. ms */
const AGAIN_MS = 60_000;
/** While the sirens are tested their answers are awaited. ms */
const TEST_AGAIN_MS = 500;

const READINESS_KEY = ['readiness'] as const;

/** Whether this person may see it at all: then nothing is asked, and no card shown. */
export const useMaySeeReadiness = () => {
  const session = useSession();
  return computed(() => session.may('readiness.see'));
};

export const useReadiness = () => {
  const enabled = useMaySeeReadiness();
  return useQuery({
    queryKey: READINESS_KEY,
    queryFn: (): Promise<Readiness> => callHub('readiness'),
    enabled,
    networkMode: 'always',
    retry: false,
    refetchInterval: ({ state }) => (state.data?.sirenTest?.running === true ? TEST_AGAIN_MS : AGAIN_MS),
  });
};

/** Something is proven or answered; what the hub makes of it is shown at once. */
export const useProving = <A>(ask: (given: A) => Promise<Readiness>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ask,
    networkMode: 'always',
    onSuccess: (readiness) => client.setQueryData(READINESS_KEY, readiness),
  });
};
