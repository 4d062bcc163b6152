import { useQuery } from '@tanstack/vue-query';
import { callHub } from '../hub/client.ts';

/** Who belongs to the house. */
export const usePeople = () =>
  useQuery({
    queryKey: ['people'],
    queryFn: async () => (await callHub('people')).people,
    networkMode: 'always',
  });

/** What every role may do. */
export const useRoles = () =>
  useQuery({
    queryKey: ['roles'],
    queryFn: async () => (await callHub('roles')).rights,
    networkMode: 'always',
  });
