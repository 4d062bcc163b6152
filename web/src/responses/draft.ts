import type { AlarmKind, AlarmLevel, HouseSnapshot, ResponsePatch, ResponseView } from '@homeward/hub/api';
import { findEntity } from '../hub/house.ts';

/** A response as it stands in the form. */
export type Draft = {
  enabled: boolean;
  kinds: readonly AlarmKind[];
  fromLevel: AlarmLevel;
  entityIds: readonly string[];
};

export const draftOf = ({ enabled, kinds, fromLevel, entityIds }: ResponseView): Draft => ({
  enabled,
  kinds,
  fromLevel,
  entityIds,
});

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** Only what was changed is sent: somebody else may change the rest meanwhile. What is gone cannot be chosen again. */
export const patchOf = (response: ResponseView, draft: Draft): ResponsePatch => ({
  ...(draft.enabled === response.enabled ? {} : { enabled: draft.enabled }),
  ...(isSameSet(draft.kinds, response.kinds) ? {} : { kinds: [...draft.kinds] }),
  ...(draft.fromLevel === response.fromLevel ? {} : { fromLevel: draft.fromLevel }),
  ...(isSameSet(draft.entityIds, response.entityIds)
    ? {}
    : { entityIds: draft.entityIds.filter((id) => response.mayEntityIds.includes(id)) }),
});

export const toggled = <T>(list: readonly T[], one: T): readonly T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

/** What may be chosen, by its names; what was chosen and is gone stays in the list, so that it can be taken out. */
export type Choice = { readonly id: string; readonly name: string | null; readonly place: string };

export const choicesOf = (response: ResponseView, house: HouseSnapshot | null): readonly Choice[] =>
  [...new Set([...response.mayEntityIds, ...response.entityIds])].map((id) => {
    const found = findEntity(house, id);
    if (found === null) return { id, name: null, place: '' };
    const { device, entity } = found;
    const name =
      entity.name === null || entity.name === device.name ? device.name : `${device.name}: ${entity.name}`;
    return { id, name, place: house?.rooms[device.roomId]?.name ?? '' };
  });
