import type { Component, DeviceView, EntityView, Quantity } from '@homeward/hub/api';
import { isolate } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';

/** What it does, what it measures, and how it is itself. */
export type GroupName = 'does' | 'tells' | 'itself';

/** An entity with the key under which a correction names it. */
export type KeyedEntity = { readonly key: string; readonly entity: EntityView };
export type EntityGroup = { readonly name: GroupName; readonly entities: readonly KeyedEntity[] };

const DOES: ReadonlySet<Component> = new Set([
  'siren',
  'switch',
  'light',
  'lock',
  'cover',
  'valve',
  'button',
  'number',
  'select',
  'text',
]);
const ITSELF: ReadonlySet<Quantity> = new Set([
  'battery',
  'connectivity',
  'signal_strength',
  'problem',
  'tamper',
  'version',
]);
/** What these last said is a word of the past, not a state that lasts. */
const MOMENTS: ReadonlySet<Component> = new Set(['event', 'tag', 'device_automation']);
const PICTURES: ReadonlySet<Component> = new Set(['camera', 'image']);

const groupOf = ({ component, quantity }: EntityView): GroupName => {
  if (component === 'update' || ITSELF.has(quantity)) return 'itself';
  return DOES.has(component) ? 'does' : 'tells';
};

/** The entities of a device as a household looks for them; what life depends on first, then by name. */
export const entityGroups = (
  device: DeviceView,
  nameOf: (entity: EntityView) => string,
): readonly EntityGroup[] => {
  const all = Object.entries(device.entities)
    .map(([key, entity]) => ({ key, entity }))
    .toSorted(
      (a, b) =>
        Number(b.entity.safety) - Number(a.entity.safety) || nameOf(a.entity).localeCompare(nameOf(b.entity)),
    );
  return (['tells', 'does', 'itself'] as const)
    .map((name) => ({ name, entities: all.filter(({ entity }) => groupOf(entity) === name) }))
    .filter(({ entities }) => entities.length > 0);
};

export const isMoment = (entity: Pick<EntityView, 'component'>): boolean => MOMENTS.has(entity.component);
export const isPicture = (entity: Pick<EntityView, 'component'>): boolean => PICTURES.has(entity.component);

/** Whether there is a past of it that can be drawn: numbers, and what is on or off. */
export const hasHistory = ({ component, value, unit }: EntityView): boolean =>
  !isMoment({ component }) &&
  !isPicture({ component }) &&
  component !== 'button' &&
  (unit !== null || typeof value === 'number' || typeof value === 'boolean');

/**
 * What stands there in place of a value that was never told. `blind`: it should have told one. `none`: there is nothing
 * to tell before something happens or is asked for.
 */
export const silence = ({ component, available }: EntityView): 'blind' | 'none' =>
  available && (isMoment({ component }) || isPicture({ component }) || DOES.has(component))
    ? 'none'
    : 'blind';

/** Attributes that have words of their own on the page. */
const WORDED = new Set([
  'brightness',
  'position',
  'tilt',
  'moving',
  'inProgress',
  'percentage',
  'jammed',
  'installedVersion',
  'latestVersion',
]);

/** Attributes that are shown as they were told. */
export const otherAttributes = (
  entity: Pick<EntityView, 'attributes'>,
): readonly (readonly [string, string])[] =>
  Object.entries(entity.attributes)
    .filter(([name]) => !WORDED.has(name))
    .map(([name, value]) => [name, String(value)]);

/** From which version to which, or the one that it has. */
const versionsIn = ({
  installedVersion: from,
  latestVersion: to,
}: EntityView['attributes']): readonly Phrase[] => {
  if (typeof from !== 'string' && typeof to !== 'string') return [];
  if (typeof from !== 'string' || typeof to !== 'string' || from === to)
    return [{ key: 'devices.beside.version', with: { version: isolate(String(from ?? to)) } }];
  return [{ key: 'devices.beside.versions', with: { from: isolate(from), to: isolate(to) } }];
};

/** What is said beside the value: where it is and where it goes. */
export const besideValue = (
  { attributes }: Pick<EntityView, 'attributes'>,
  measure: (value: number) => string,
): readonly Phrase[] => {
  const at = (name: string): number | null => {
    const value = attributes[name];
    return typeof value === 'number' ? value : null;
  };
  const share = (name: string) => {
    const value = at(name);
    return value === null ? [] : [{ key: `devices.beside.${name}`, with: { value: measure(value) } }];
  };
  return [
    ...(attributes.jammed === true ? [{ key: 'devices.beside.jammed' }] : []),
    ...(attributes.moving === 'opening' || attributes.moving === 'closing'
      ? [{ key: `devices.beside.${attributes.moving}` }]
      : []),
    ...versionsIn(attributes),
    ...(attributes.inProgress === true ? [{ key: 'devices.beside.inProgress' }] : []),
    ...share('percentage'),
    ...share('brightness'),
    ...share('position'),
    ...share('tilt'),
  ];
};
