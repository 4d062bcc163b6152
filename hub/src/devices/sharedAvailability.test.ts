import { expect, it } from 'vitest';
import { createWiredHub } from '../../test/wiredHub.ts';
import { storedPart } from '../house/house.ts';
import { getRow, rowsOf, tableOf } from '../house/table.ts';
import type { Entity } from './entity.ts';
import { upgradeStored } from './stored.ts';

const said = (id: string, key: string, status = 'z2m/bridge') => ({
  dev: { ids: [id] },
  uniq_id: `${id}${key}`,
  stat_t: `z2m/${id}/${key}`,
  avty_t: status,
});
const topicOf = (id: string, key: string) => `homeassistant/sensor/${id}/${key}/config`;

it('what tells whether a device is online is kept once for all that it has, and for a house after a restart', () => {
  const hub = createWiredHub();
  for (const id of ['a', 'b']) for (const key of ['x', 'y']) hub.hear(topicOf(id, key), said(id, key));
  hub.hear(topicOf('a', 'own'), said('a', 'own', 'z2m/own'));
  const { devices } = hub.house();
  const of = (id: string) => getRow(devices.entities, id)?.config.availability;
  expect(of('a.x')).toBe(of('a.y'));
  expect(of('a.own')).toMatchObject([{ topic: 'z2m/own' }]);

  const stored = storedPart(hub.house());
  const read = [...rowsOf(stored.entities)].map(
    ([id, row]) => [id, JSON.parse(JSON.stringify(row)) as Entity] as const,
  );
  const { entities } = upgradeStored({ ...stored, entities: tableOf(read) });
  const later = (id: string) => getRow(entities, id)?.config.availability;
  expect(later('a.x')).toBe(later('b.y'));
  for (const [id] of read) expect(getRow(entities, id)).toEqual(getRow(devices.entities, id));
});
