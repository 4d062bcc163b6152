import { expect, it } from 'vitest';
import { readContractText } from '../../../test/contractFile.ts';
import { readDiscovery } from '../discovery.ts';

const ID = 'hw-air-7f3a';
const STATE = `homeward/${ID}/state`;

it('what a board announces is understood to the last word', () => {
  const found = readDiscovery(
    `homeassistant/device/${ID}/config`,
    readContractText('air-node.discovery.json'),
  );
  if (found.kind !== 'announced') throw new Error(JSON.stringify(found));
  const { device, entities, warnings } = found;
  expect(warnings).toEqual([]);
  expect(device).toMatchObject({ name: 'Kitchen air', manufacturer: 'Homeward', model: 'air_node' });
  expect(
    entities.map(({ name, quantity, config }) => [name, quantity, config.component, config.stateTopic]),
  ).toEqual([
    ['Oxygen', 'oxygen', 'sensor', STATE],
    ['Carbon monoxide', 'carbon_monoxide', 'sensor', STATE],
    ['Temperature', 'temperature', 'sensor', STATE],
    ['Case', 'tamper', 'binary_sensor', STATE],
    ['Siren', 'siren', 'siren', STATE],
    ['Fan', 'switch', 'switch', STATE],
  ]);
  const commands = entities.flatMap(({ config }) => config.commandTopic ?? []);
  expect(commands).toEqual([`homeward/${ID}/siren/set`, `homeward/${ID}/fan/set`]);
  for (const { config } of entities)
    expect(config.availability[0]?.topic).toBe(`homeward/${ID}/availability`);
});
