import { describe, expect, it } from 'vitest';
import { readContractText } from '../../../test/contractFile.ts';
import { readDiscovery } from '../discovery.ts';
import { readBoardAlarm, readStamp } from './boardMessage.ts';

const BOARDS = [
  {
    kind: 'air',
    id: 'hw-air-7f3a',
    name: 'Kitchen air',
    parts: [
      ['Oxygen', 'oxygen', 'sensor'],
      ['Oxygen alarm', 'safety', 'binary_sensor'],
      ['Carbon monoxide', 'carbon_monoxide', 'sensor'],
      ['Carbon monoxide alarm', 'carbon_monoxide', 'binary_sensor'],
      ['Temperature', 'temperature', 'sensor'],
      ['Heat alarm', 'heat', 'binary_sensor'],
      ['Fan', 'switch', 'switch'],
      ['Case', 'tamper', 'binary_sensor'],
      ['Siren', 'siren', 'siren'],
      ['Status', 'other', 'sensor'],
    ],
    commands: ['fan/set', 'siren/set'],
    alarm: 'co_alarm',
  },
  {
    kind: 'motion',
    id: 'hw-motion-11c0',
    name: 'Hall motion',
    parts: [
      ['Motion', 'motion', 'binary_sensor'],
      ['Case', 'tamper', 'binary_sensor'],
      ['Siren', 'siren', 'siren'],
      ['Status', 'other', 'sensor'],
    ],
    commands: ['siren/set'],
    alarm: 'motion',
  },
  {
    kind: 'door',
    id: 'hw-door-02be',
    name: 'Front door',
    parts: [
      ['Lock', 'lock', 'lock'],
      ['Door', 'door', 'binary_sensor'],
      ['Forced open', 'safety', 'binary_sensor'],
      ['Held open', 'problem', 'binary_sensor'],
      ['Jammed', 'problem', 'binary_sensor'],
      ['Case', 'tamper', 'binary_sensor'],
      ['Status', 'other', 'sensor'],
    ],
    commands: ['lock/set'],
    alarm: 'jammed',
  },
];

describe.each(BOARDS)('the $kind node', ({ kind, id, name, parts, commands, alarm }) => {
  const found = readDiscovery(
    `homeassistant/device/${id}/config`,
    readContractText(`${kind}-node.discovery.json`),
  );
  if (found.kind !== 'announced') throw new Error(JSON.stringify(found));
  const { device, entities, warnings } = found;

  it('announces what is understood to the last word', () => {
    expect(warnings).toEqual([]);
    expect(device).toMatchObject({ name, manufacturer: 'Homeward', model: `${kind}_node` });
    expect(entities.map(({ name, quantity, config }) => [name, quantity, config.component])).toEqual(parts);
    expect(entities.flatMap(({ config }) => config.commandTopic ?? [])).toEqual(
      commands.map((leaf) => `homeward/${id}/${leaf}`),
    );
    for (const { config } of entities) {
      expect(config.stateTopic).toBe(`homeward/${id}/state`);
      expect(config.availability[0]?.topic).toBe(`homeward/${id}/availability`);
    }
  });

  it('tells every one of its parts in its state, stamped', () => {
    const state = JSON.parse(readContractText(`${kind}-node.state.json`)) as Record<string, unknown>;
    expect(readStamp(state)).toMatchObject({ boot: '00010203' });
    for (const { key } of entities) expect(state).toHaveProperty(key);
  });

  it('says its alarms as the hub reads them', () => {
    const read = readBoardAlarm(JSON.parse(readContractText(`${kind}-node.alarm.json`)));
    expect(read).toMatchObject({ ok: true, value: { boot: '00010203', entity: alarm, value: true } });
    expect(entities.map(({ key }) => key)).toContain(alarm);
  });
});
