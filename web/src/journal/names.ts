import type { HouseSnapshot } from '@homeward/hub/api';
import { computed, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useHouse } from '../hub/house.ts';
import { usePeople } from '../people/asks.ts';
import type { Known } from './known.ts';

/** All of a house that a sentence of the journal says. */
const namesOf = (house: HouseSnapshot | null): string =>
  JSON.stringify([
    Object.values(house?.rooms ?? {}).map(({ id, name }) => [id, name]),
    Object.values(house?.devices ?? {}).map(({ id, name, roomId, entities }) => [
      id,
      name,
      roomId,
      Object.values(entities).map((one) => [one.id, one.name, one.quantity, one.component, one.unit]),
    ]),
  ]);

/** Names for all that rows hold only the id of. They change seldom, the house every second: hundreds of rows are not said anew. */
export const useKnown = () => {
  const { t } = useI18n();
  const store = useHouse();
  const household = usePeople();
  const people = computed(() => household.data.value ?? []);
  const house = shallowRef(store.house);
  watch(
    () => namesOf(store.house),
    () => {
      house.value = store.house;
    },
  );
  const known = computed(
    (): Known => ({
      house: house.value,
      people: new Map(people.value.map(({ id, name }) => [id, name])),
      t,
    }),
  );
  return { known, people };
};
