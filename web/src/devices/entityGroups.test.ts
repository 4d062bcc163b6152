import { describe, expect, it } from 'vitest';
import { aDevice, anEntity } from '../../test/unit/houses.ts';
import { besideValue, entityGroups, hasHistory, otherAttributes, silence } from './entityGroups.ts';

const nameOf = ({ id }: { readonly id: string }): string => id;

describe('the groups of a device', () => {
  it('are what it tells, what it does, and how it is itself; life first', () => {
    const plain = { safety: false } as const;
    const device = aDevice({}, [
      anEntity({ ...plain, id: 'z', quantity: 'temperature' }),
      anEntity({ ...plain, id: 'b', quantity: 'battery' }),
      anEntity({ ...plain, id: 's', component: 'switch', quantity: 'switch' }),
      anEntity({ ...plain, id: 'u', component: 'update', quantity: 'version' }),
      anEntity({ id: 'co' }),
      anEntity({ ...plain, id: 'e', component: 'event', quantity: 'other' }),
    ]);
    const groups = entityGroups(device, nameOf).map(({ name, entities }) => [
      name,
      ...entities.map(({ key }) => key),
    ]);
    expect(groups).toEqual([
      ['tells', 'co', 'e', 'z'],
      ['does', 's'],
      ['itself', 'b', 'u'],
    ]);
  });

  it('are none when there is nothing', () => {
    expect(entityGroups(aDevice({}, []), nameOf)).toEqual([]);
  });
});

describe('what was never told', () => {
  it.each([
    ['sensor', true, 'blind'],
    ['binary_sensor', true, 'blind'],
    ['button', true, 'none'],
    ['event', true, 'none'],
    ['camera', true, 'none'],
    ['light', true, 'none'],
    ['light', false, 'blind'],
    ['event', false, 'blind'],
  ] as const)('of a %s that is there: %s, it is %s', (component, available, said) => {
    expect(silence(anEntity({ component, available, value: null }))).toBe(said);
  });
});

it.each([
  [{}, true],
  [{ component: 'binary_sensor', value: true, unit: null }, true],
  [{ component: 'event', value: 'single', unit: null }, false],
  [{ component: 'camera', value: null, unit: null }, false],
  [{ component: 'button', value: null, unit: null }, false],
  [{ component: 'select', value: 'a', unit: null }, false],
] as const)('%o has a past that can be drawn: %s', (given, has) => {
  expect(hasHistory(anEntity(given))).toBe(has);
});

describe('attributes', () => {
  const measure = (value: number): string => `${value} %`;
  it.each([
    [{ position: 45, moving: 'opening' }, ['devices.beside.opening', 'devices.beside.position']],
    [{ jammed: true }, ['devices.beside.jammed']],
    [{ jammed: false, moving: 'sideways' }, []],
    [{ installedVersion: '1', latestVersion: '2' }, ['devices.beside.versions']],
    [{ installedVersion: '2', latestVersion: '2' }, ['devices.beside.version']],
    [{ inProgress: true, percentage: 30 }, ['devices.beside.inProgress', 'devices.beside.percentage']],
  ])('%o are said beside the value as %o', (attributes, keys) => {
    expect(besideValue({ attributes }, measure).map(({ key }) => key)).toEqual(keys);
  });

  it('that have no words are shown as they were told', () => {
    expect(otherAttributes({ attributes: { position: 4, linkquality: 9, note: 'x' } })).toEqual([
      ['linkquality', '9'],
      ['note', 'x'],
    ]);
  });
});
