import { describe, expect, test } from 'vitest';
import { entityKeyOf } from '../../src/devices/entityKey.ts';
import { encodeCommand } from '../../src/devices/platform.ts';
import type { DeviceView, EntityView } from '../../src/devices/schema.ts';
import { getRow, rowsOf } from '../../src/house/table.ts';
import { viewDevice } from '../../src/house/view.ts';
import { at } from '../builders.ts';
import { createWiredHub, type WiredHub } from '../wiredHub.ts';
import type { GoldenCommand, GoldenDevice, GoldenEntity, Message, Shown } from './golden.ts';
import { devicesOf, HOUSE } from './houses.ts';
import { closeTo, likeMessages } from './likeness.ts';
import { BRIDGE } from './zigbeeBridge.ts';
import { BUTTON_REMOTE } from './zigbeeContacts.ts';

const ALL = devicesOf(HOUSE);

/** A hub that has heard all that the device says when it is connected. */
function hubWith(device: GoldenDevice): WiredHub {
  const hub = createWiredHub();
  hub.dispatch({ type: 'brokerFound' });
  for (const message of [...device.announces, ...(device.passedOver ?? [])]) hear(hub, message);
  const above = device.system === 'zigbee2mqtt' ? BRIDGE.availability : [];
  for (const message of [...above, ...device.availability, ...device.states]) {
    hear(hub, { ...message, retain: false });
  }
  return hub;
}

const hear = (hub: WiredHub, { topic, payload, retain = false }: Message) => hub.hear(topic, payload, retain);

const rows = (hub: WiredHub) => [...rowsOf(hub.house().devices.devices)].map(([, row]) => row);

function viewOf(hub: WiredHub, device: GoldenDevice): DeviceView {
  const house = hub.house();
  const row = rows(hub).find(({ identifier }) => identifier === device.identifier);
  if (row === undefined) throw new Error(`${device.name} is not known`);
  return viewDevice(house, row, at(hub.now()), hub.dropped(row.id));
}

function entityOf(hub: WiredHub, device: GoldenDevice, { key, component }: GoldenEntity): EntityView {
  const view = viewOf(hub, device);
  const id = `${view.id}.${entityKeyOf(key)}`;
  // Where two platforms announce the same object id, the second is given a number.
  const found = Object.values(view.entities).find(
    (entity) =>
      entity.component === component && (entity.id === id || /^-\d$/.test(entity.id.slice(id.length))),
  );
  if (found === undefined) throw new Error(`${device.name} has no ${component} ${key}`);
  return found;
}

function expectShown(entity: EntityView, { value, attributes = {} }: Shown): void {
  expect(entity.value).toEqual(closeTo(value));
  expect(entity.attributes).toMatchObject(closeTo(attributes) as object);
}

describe.each(ALL)('$system: $name', (device) => {
  test('is one device, described as it describes itself, and healthy', () => {
    const hub = hubWith(device);
    const { name, manufacturer, model, health, droppedMessages, entities } = viewOf(hub, device);
    expect({ name, manufacturer, model, health, droppedMessages }).toEqual({
      name: device.name,
      manufacturer: device.manufacturer,
      model: device.model,
      health: 'ok',
      droppedMessages: 0,
    });
    expect(rows(hub)).toHaveLength(1);
    expect(Object.keys(entities)).toHaveLength(device.entities.length);
    expect(hub.drops).toEqual([]);
  });

  test.each(device.entities)('$component $key is what it was announced as', (golden) => {
    const hub = hubWith(device);
    const entity = entityOf(hub, device, golden);
    const { component, name, quantity, unit, control, fault } = entity;
    expect({ component, name, quantity, unit, fault }).toEqual({
      component: golden.component,
      name: golden.name,
      quantity: golden.quantity,
      unit: golden.unit,
      fault: golden.fault ?? null,
    });
    expect(control).toEqual(closeTo(golden.control));
    expect(entity.available).toBe(true);
    expectShown(entity, golden.shows);
  });

  const telling = device.entities.filter(({ tells = [] }) => tells.length > 0);
  if (telling.length > 0) {
    test.each(telling)('$component $key follows what it tells', (golden) => {
      const hub = hubWith(device);
      for (const told of golden.tells ?? []) {
        hear(hub, told);
        expectShown(entityOf(hub, device, golden), told);
      }
    });
  }

  const commands = device.entities.flatMap((entity) =>
    (entity.commands ?? []).map((command): [string, GoldenEntity, GoldenCommand] => [
      `${entity.key} ${JSON.stringify(command.asks)}`,
      entity,
      command,
    ]),
  );
  if (commands.length > 0) {
    test.each(commands)('%s goes out as it must, and is confirmed', (_, golden, command) => {
      const hub = hubWith(device);
      const { id } = entityOf(hub, device, golden);
      const row = getRow(hub.house().devices.entities, id);
      if (row === undefined) throw new Error('gone');
      const sent = encodeCommand(row.config, command.asks);
      expect(sent.ok ? sent.value : sent).toEqual(likeMessages(command.sends));
      hub.dispatch({ type: 'commandAsked', entityId: id, command: command.asks, by: 'Ana' });
      for (const answer of command.answers) hear(hub, { ...answer, retain: false });
      const after = entityOf(hub, device, golden);
      expectShown(after, command.after);
      expect(after.command).toBe(command.answers.length > 0 ? 'confirmed' : 'assumed');
    });
  }
});

test('what has no availability and does not speak again is still announced only once', () => {
  const hub = hubWith(BUTTON_REMOTE);
  for (const message of BUTTON_REMOTE.announces) hear(hub, { ...message, retain: true });
  expect(Object.keys(viewOf(hub, BUTTON_REMOTE).entities)).toHaveLength(BUTTON_REMOTE.entities.length);
});
