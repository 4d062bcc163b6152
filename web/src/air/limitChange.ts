import type { AirLimitsPatch } from '@homeward/hub/api';
import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { callHub } from '../hub/client.ts';
import { AIR_LIMITS } from './asks.ts';

/** Changes the limits of the house; they hold at once. */
export const useLimitChange = (onDone: () => void = () => undefined) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AirLimitsPatch) => callHub('changeAirLimits', { body }),
    onSuccess: async (limits) => {
      client.setQueryData(AIR_LIMITS, limits);
      await client.invalidateQueries({ queryKey: ['air', 'sensor'] });
      onDone();
    },
  });
};
