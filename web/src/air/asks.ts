import type { AirLimits } from '@homeward/hub/api';
import { useQuery } from '@tanstack/vue-query';
import { callHub } from '../hub/client.ts';

/** How each limit stands moves on by itself: asked again this often while it is on the screen. ms */
const AGAIN_MS = 10_000;

export const AIR_LIMITS = ['air', 'limits'] as const;
export const sensorKey = (entityId: string) => ['air', 'sensor', entityId] as const;

/** Every limit as it holds now. */
export const useAirLimits = () =>
  useQuery({
    queryKey: AIR_LIMITS,
    queryFn: (): Promise<AirLimits> => callHub('airLimits'),
    networkMode: 'always',
    retry: false,
  });

/** How each limit of a sensor stands: why it alarms, or why not. */
export const useSensorTrace = (entityId: string) =>
  useQuery({
    queryKey: sensorKey(entityId),
    queryFn: () => callHub('airSensor', { id: entityId }),
    networkMode: 'always',
    retry: false,
    refetchInterval: AGAIN_MS,
  });
