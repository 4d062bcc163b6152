import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useHouse } from '../hub/house.ts';
import { usePeople } from '../people/asks.ts';
import type { Known } from './known.ts';

/** Names for all that rows hold only the id of. */
export const useKnown = () => {
  const { t } = useI18n();
  const house = useHouse();
  const household = usePeople();
  const people = computed(() => household.data.value ?? []);
  const known = computed(
    (): Known => ({
      house: house.house,
      people: new Map(people.value.map(({ id, name }) => [id, name])),
      t,
    }),
  );
  return { known, people };
};
