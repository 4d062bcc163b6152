import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { wireText } from '../../../test/homes/golden.ts';
import { DUAL_RELAY, ENERGY_PLUG, SENSOR_NODE } from '../../../test/homes/tasmotaDevices.ts';
import { createWiredHub } from '../../../test/wiredHub.ts';
import { rowsOf } from '../../house/table.ts';
import { commandTopicsOf, inputsOf } from '../platform.ts';
import { readTasmota, readTasmotaSensors, readTasmotaTopic } from './tasmota.ts';

const MAC = 'C8F09E112201';
const PLAIN = JSON.parse(wireText(ENERGY_PLUG.announces[0] ?? { payload: null })) as Record<string, unknown>;
const TOPIC = { mac: MAC, word: 'config' } as const;

const read = (more: Readonly<Record<string, unknown>>) => {
  const found = readTasmota(TOPIC, JSON.stringify({ ...PLAIN, ...more }));
  return found.ok ? found.value.announced.entities : [];
};
const keysOf = (more: Readonly<Record<string, unknown>>) => read(more).map(({ key }) => key);
const entityOf = (more: Readonly<Record<string, unknown>>, key: string) =>
  read(more).find((entity) => entity.key === key);

it.each([
  ['tasmota/discovery/C8F09E112201/config', { mac: MAC, word: 'config' }],
  ['tasmota/discovery/C8F09E112201/sensors', { mac: MAC, word: 'sensors' }],
  ['tasmota/discovery/c8f09e112201/config', null],
  ['tasmota/discovery/C8F09E112201/other', null],
  ['tasmota/discovery/C8F09E112201', null],
  ['homeassistant/sensor/C8F09E112201/config', null],
])('the topic %s', (topic, place) => {
  expect(readTasmotaTopic(topic)).toEqual(place);
});

describe('what it says it is', () => {
  it('has topics made of its own words', () => {
    const config = read({ ft: 'home/%topic%/%prefix%', t: 'tv', tp: ['do', 'said', 'tells'] })[0]?.config;
    expect(config && commandTopicsOf(config)).toEqual(['home/tv/do/POWER1']);
    expect(config && inputsOf(config).map(({ topic }) => topic)).toEqual([
      'home/tv/said/RESULT',
      'home/tv/tells/STATE',
    ]);
    expect(config?.availability.map(({ topic }) => topic)).toEqual(['home/tv/tells/LWT']);
  });

  it.each([
    ['%hostname%/%prefix%/', 'plug_tv-449/cmnd/POWER1'],
    ['%id%/%prefix%/%topic%/', '112201/cmnd/plug_tv/POWER1'],
  ])('knows the places of %s', (ft, command) => {
    const config = read({ ft, hn: 'plug_tv-449' })[0]?.config;
    expect(config && commandTopicsOf(config)).toEqual([command]);
  });

  it('is never away when it sleeps', () => {
    expect(read({ dslp: 1 })[0]?.config.availability).toEqual([]);
  });

  it.each([
    ['two relays', { rl: [1, 1] }, ['relay_1', 'relay_2', 'signal']],
    ['a lamp behind a relay', { rl: [1, 2], lt_st: 1 }, ['relay_1', 'light_2', 'signal']],
    ['two shutters', { rl: [3, 3, 3, 3], sho: [0, 1] }, ['shutter_1', 'shutter_2', 'signal']],
    ['half a shutter', { rl: [3, 1] }, ['relay_2', 'signal']],
    [
      'switches of all kinds',
      { swc: [-1, 0, 1, 15] },
      ['relay_1', 'switch_2', 'switch_3', 'switch_4', 'signal'],
    ],
    ['a battery', { rl: [], bat: 1 }, ['signal', 'battery']],
  ])('%s', (_, more, keys) => {
    expect(keysOf(more)).toEqual(keys);
  });

  it('turns an inverted shutter the right way round', () => {
    expect(entityOf({ rl: [3, 3], sho: [1] }, 'shutter_1')?.config.settings).toMatchObject({
      span: { open: 0, closed: 100 },
    });
  });

  it.each([
    ['linked', { lk: 1, lt_st: 5 }, 'cmnd/plug_tv/Dimmer'],
    ['its colours', { lk: 0, lt_st: 5 }, 'cmnd/plug_tv/Dimmer1'],
    ['one channel of many', { lt_st: 5, so: { 68: 1 } }, 'cmnd/plug_tv/Channel1'],
  ])('dims a light that is %s', (_, more, topic) => {
    const light = entityOf({ rl: [2], ...more }, 'light_1');
    expect(light && commandTopicsOf(light.config)).toContain(topic);
  });

  it.each([
    ['no JSON', 'x', 'not-json'],
    ['no device', '{}', 'bad-tasmota: dn'],
    ['another address', JSON.stringify({ ...PLAIN, mac: 'C8F09E112209' }), 'bad-tasmota: mac'],
    ['topics of wildcards', JSON.stringify({ ...PLAIN, t: '+' }), 'bad-tasmota: ft'],
    ['the broker’s own topics', JSON.stringify({ ...PLAIN, ft: '$SYS/%prefix%/' }), 'bad-tasmota: ft'],
    ['too many relays', JSON.stringify({ ...PLAIN, rl: Array(65).fill(1) }), 'bad-tasmota: rl'],
  ])('refuses %s', (_, payload, reason) => {
    expect(readTasmota(TOPIC, payload)).toEqual({ ok: false, reason });
  });
});

describe('what its sensors tell', () => {
  const config = readTasmota(TOPIC, JSON.stringify(PLAIN));
  const sensorsOf = (sn: unknown) => {
    const found = config.ok
      ? readTasmotaSensors(config.value.config, JSON.stringify({ sn, ver: 1 }))
      : config;
    return found.ok
      ? found.value.entities.map(({ key, quantity, config: { unit } }) => [key, quantity, unit])
      : found;
  };

  it.each([
    ['counted alike', { ANALOG: { Temperature1: 20 } }, [['ANALOG_Temperature1', 'temperature', '°C']]],
    [
      'of three phases',
      { ENERGY: { Power: [1, 2] } },
      [
        ['ENERGY_Power_0', 'power', 'W'],
        ['ENERGY_Power_1', 'power', 'W'],
      ],
    ],
    ['nested', { TX23: { Speed: { Act: 14.8 } } }, [['TX23_Speed_Act', 'other', null]]],
    [
      'not measured yet',
      { SCD40: { CarbonDioxide: null } },
      [['SCD40_CarbonDioxide', 'carbon_dioxide', 'ppm']],
    ],
    [
      'in an unknown unit',
      { BME280: { Pressure: 29.9 }, PressureUnit: 'inHg' },
      [['BME280_Pressure', 'other', null]],
    ],
    ['guessed', { CCS811: { eCO2: 400 } }, [['CCS811_eCO2', 'other', 'ppm']]],
    ['no numbers', { DS18B20: { Id: '01144A' }, Time: 'x', Switch1: 'ON' }, []],
  ])('%s', (_, sn, expected) => {
    expect(sensorsOf(sn)).toEqual(expected);
  });

  it.each([['[]'], ['{}'], ['{"sn":1}'], ['x']])('is nothing in %s', (payload) => {
    expect(config.ok && readTasmotaSensors(config.value.config, payload)).toEqual({
      ok: false,
      reason: 'bad-tasmota: sn',
    });
  });

  it('never breaks, and never grows beyond what a device may have', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 4 })), (sn) => {
        const all = sensorsOf(sn);
        expect(Array.isArray(all) ? all.length : 0).toBeLessThanOrEqual(64);
      }),
      { numRuns: 2_000 },
    );
  });

  it('and whatever it says of itself is read or refused', () => {
    const keys = Object.keys(PLAIN);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 })), (more) => {
        const found = readTasmota(TOPIC, JSON.stringify({ ...PLAIN, ...more }));
        if (!found.ok) expect(found.reason).toMatch(/^(bad-tasmota|odd-key|too-)/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('on the wire', () => {
  const [config, sensors] = SENSOR_NODE.announces;
  const count = (hub: ReturnType<typeof createWiredHub>) => [...rowsOf(hub.house().devices.entities)].length;

  test.each([
    ['first what it is', [config, sensors]],
    ['first its sensors', [sensors, config]],
  ])('%s: it is whole once both are heard', (_, messages) => {
    const hub = createWiredHub();
    for (const message of messages) if (message) hub.hear(message.topic, message.payload, true);
    expect(count(hub)).toBe(SENSOR_NODE.entities.length);
    expect(hub.drops).toEqual([]);
  });

  it('one is heard although two thousand others said what nobody can read', () => {
    const hub = createWiredHub();
    for (let n = 0; n < 2_001; n++) {
      const mac = n.toString(16).toUpperCase().padStart(12, '0');
      for (const word of ['config', 'sensors']) hub.hear(`tasmota/discovery/${mac}/${word}`, '{');
    }
    expect(hub.drops).toHaveLength(4_002);
    expect(hub.drops.filter((drop) => drop.endsWith('too-many'))).toEqual([]);
  });

  test('a second time nothing is doubled, and nothing is lost while only one of the two came', () => {
    const hub = createWiredHub();
    for (const message of SENSOR_NODE.announces) hub.hear(message.topic, message.payload, true);
    const before = hub.house().devices.entities;
    if (config) hub.hear(config.topic, config.payload, true);
    expect(hub.house().devices.entities).toBe(before);
  });

  test('an empty message takes away what that message announced', () => {
    const hub = createWiredHub();
    for (const message of SENSOR_NODE.announces) hub.hear(message.topic, message.payload, true);
    if (sensors) hub.hear(sensors.topic, '', true);
    expect(count(hub)).toBe(3);
    if (config) hub.hear(config.topic, '', true);
    expect([...rowsOf(hub.house().devices.devices)]).toEqual([]);
  });

  test('it is asked for its states, unless its topics belong to somebody else', () => {
    const hub = createWiredHub();
    const said = DUAL_RELAY.announces[0];
    if (said) hub.hear(said.topic, said.payload, true);
    expect(hub.asked).toEqual(['cmnd/lights_garden/STATE=', 'cmnd/lights_garden/STATUS=10']);
    const forged = { ...PLAIN, mac: MAC, ft: 'homeward/hall/%prefix%/' };
    hub.hear(`tasmota/discovery/${MAC}/config`, forged, true);
    expect(hub.asked).toHaveLength(2);
  });

  test('too much, or no text, is dropped and counted', () => {
    const hub = createWiredHub();
    hub.hear(`tasmota/discovery/${MAC}/config`, 'x'.repeat(20_000));
    hub.hear(`tasmota/discovery/${MAC}/config`, new Uint8Array([0xff]));
    expect(hub.drops).toEqual([`${MAC}: too-large`, `${MAC}: not-utf8`]);
  });
});
