import { describe, expect, it } from 'vitest';
import { at, ofType } from '../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../test/wiredHub.ts';
import { houseFrom, storedPart } from '../house/house.ts';
import { getRow, rowsOf } from '../house/table.ts';
import { viewDevice } from '../house/view.ts';

const pair = (hub: WiredHub, deviceId: string, ...topics: string[]) =>
  hub.dispatch({ type: 'devicePaired', deviceId, name: deviceId, kind: 'gateway', topics });

/** A hub with a Zigbee2MQTT and a Tasmota plug. */
function createHome() {
  const hub = createWiredHub();
  hub.dispatch({ type: 'brokerFound' });
  pair(hub, 'zigbee', 'zigbee2mqtt/#');
  pair(hub, 'plug', 'tele/plug/#', 'stat/plug/#', 'cmnd/plug/#', 'tasmota/discovery/#');
  return hub;
}

const sensor = (topic: string, more: object = {}) => ({
  dev: { ids: ['0x1'], name: 'Hall' },
  stat_t: topic,
  uniq_id: '0x1_smoke',
  dev_cla: 'smoke',
  ...more,
});
const SMOKE = 'homeassistant/binary_sensor/0x1/smoke/config';
const gatewayOf = (hub: WiredHub, id: string) => getRow(hub.house().devices.devices, id)?.gatewayId;
const idsOf = (hub: WiredHub) => [...rowsOf(hub.house().devices.entities)].map(([id]) => id).sort();
const view = (hub: WiredHub, id: string) => {
  const device = getRow(hub.house().devices.devices, id);
  if (device === undefined) throw new Error(`no device ${id}`);
  return viewDevice(hub.house(), device, at(hub.now()), 0);
};

describe('a device', () => {
  it('belongs to the gateway whose filters reach its topics', () => {
    const hub = createHome();
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    expect(gatewayOf(hub, '0x1')).toBe('zigbee');
    expect(view(hub, '0x1').gatewayId).toBe('zigbee');
  });

  it('whose topics no gateway reaches belongs to none, and to the first that speaks for it', () => {
    const hub = createHome();
    hub.hear(SMOKE, sensor('elsewhere/hall'));
    expect(gatewayOf(hub, '0x1')).toBeNull();
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    expect(gatewayOf(hub, '0x1')).toBe('zigbee');
    expect(idsOf(hub)).toEqual(['0x1.smoke']);
  });

  it('of a gateway that was removed belongs to the one that takes its place, with its names', () => {
    const hub = createHome();
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    hub.dispatch({
      type: 'deviceCorrected',
      deviceId: '0x1',
      by: 'Ana',
      entities: { '0x1.smoke': { name: 'My own' } },
    });
    hub.dispatch({ type: 'deviceRemoveAsked', deviceId: 'zigbee', by: 'Ana' });
    expect(gatewayOf(hub, '0x1')).toBeNull();
    pair(hub, 'zigbee-2', 'zigbee2mqtt/#');
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    expect(gatewayOf(hub, '0x1')).toBe('zigbee-2');
    expect(getRow(hub.house().devices.entities, '0x1.smoke')?.ownName).toBe('My own');
  });

  it('may be announced with a topic that all Tasmotas share', () => {
    const hub = createHome();
    pair(hub, 'plug-2', 'tele/plug2/#', 'stat/plug2/#', 'cmnd/plug2/#', 'tasmota/discovery/#');
    const relay = {
      cmd_t: 'cmnd/plug2/POWER',
      stat_t: 'stat/plug2/POWER',
      uniq_id: 'r',
      dev: { ids: ['p2'] },
    };
    hub.hear('homeassistant/switch/p2/relay/config', { ...relay, json_attr_t: 'tasmota/discovery/x' });
    expect(gatewayOf(hub, 'p2')).toBe('plug-2');
  });

  it('is described on another topic once that of its first entity is cleared', () => {
    const hub = createHome();
    const HEAT = 'homeassistant/binary_sensor/0x1/heat/config';
    const heat = (name: string) =>
      sensor('zigbee2mqtt/hall', { uniq_id: 'h', dev: { ids: ['0x1'], name, mf: 'Maker' } });
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    hub.hear(HEAT, heat('Stairs'));
    const named = () => getRow(hub.house().devices.devices, '0x1');
    expect(named()).toMatchObject({ name: 'Hall', manufacturer: 'Maker' });
    hub.hear(SMOKE, '');
    hub.hear(HEAT, heat('Stairs'));
    expect(named()).toMatchObject({ name: 'Stairs' });
  });

  it.each([true, false])(
    'whose readings come by whichever gateway hears it may say so (first: %s) again and again',
    (isFirst) => {
      const hub = createWiredHub();
      pair(hub, 'omg', 'home/omg/#');
      const reading = { dev: { ids: ['ble'] }, uniq_id: 't', stat_t: '+/+/BTtoMQTT/A4C1', dev_cla: 'smoke' };
      const presence = { dev: { ids: ['ble'] }, uniq_id: 'p', stat_t: 'home/omg/presence' };
      const say = [
        () => hub.hear('homeassistant/binary_sensor/ble-t/config', reading),
        () => hub.hear('homeassistant/binary_sensor/ble-p/config', presence),
      ];
      for (const each of isFirst ? [...say, ...say] : [...say, ...say].reverse()) each();
      expect(hub.inAll()).toBe(0);
      expect(gatewayOf(hub, 'ble')).toBe('omg');
      hub.hear('home/omg/BTtoMQTT/A4C1', 'ON');
      expect(hub.valueOf('ble.ble-t')).toBe(true);
    },
  );
});

describe('another gateway', () => {
  it.each<[what: string, topic: string, payload: object]>([
    ['changes what it announced', SMOKE, sensor('tele/plug/SENSOR')],
    ['makes it deaf', SMOKE, sensor('nowhere/at/all')],
    [
      'adds to it',
      'homeassistant/switch/x/config',
      { dev: { ids: ['0x1'] }, uniq_id: 'x', cmd_t: 'cmnd/plug/POWER' },
    ],
    [
      'adds to it what is on topics of nobody',
      'homeassistant/switch/x/config',
      { dev: { ids: ['0x1'], name: 'Toaster', sa: 'Garage' }, uniq_id: 'x', cmd_t: 'nowhere/set' },
    ],
    [
      'adds to it by a pattern that is none of its gateway',
      'homeassistant/sensor/x/config',
      { dev: { ids: ['0x1'], name: 'Toaster' }, uniq_id: 'x', stat_t: 'bad/+/BTtoMQTT/1' },
    ],
    [
      'commands it in its own name',
      'homeassistant/switch/y/config',
      { dev: { ids: ['p'] }, uniq_id: 'y', cmd_t: 'zigbee2mqtt/hall/set', stat_t: 'stat/plug/POWER' },
    ],
    [
      'removes parts of it beside its own',
      'homeassistant/device/0x1/config',
      {
        dev: { ids: ['0x1'] },
        o: { name: 'x' },
        cmps: { smoke: { p: 'binary_sensor' }, x: { p: 'switch', uniq_id: 'x', cmd_t: 'cmnd/plug/POWER' } },
      },
    ],
  ])('never %s: that is refused, counted and said', (_what, topic, payload) => {
    const hub = createHome();
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    const before = hub.house().devices;
    hub.hear(topic, payload);
    const after = hub.house().devices;
    expect([after.entities, after.devices]).toEqual([before.entities, before.devices]);
    expect(hub.drops.at(-1)).toContain('another-gateway');
    expect(hub.inAll()).toBe(1);
    hub.hear('zigbee2mqtt/hall', 'ON');
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
  });

  const BLANK = {
    cmps: {},
    o: { name: 'x' },
    dev: { ids: ['0x1'], name: 'Toaster', sa: 'Garage', mf: 'Evil' },
  };
  const added = (more: object = {}) =>
    sensor('zigbee2mqtt/hall', {
      uniq_id: 'x',
      dev: { ids: ['0x1'], name: 'Toaster', sa: 'Garage', mf: 'Evil' },
      ...more,
    });

  it.each<[what: string, ...said: [topic: string, payload: object][]]>([
    ['with an entity on its topics', ['homeassistant/binary_sensor/a/config', added()]],
    [
      'with an entity that is announced again',
      ['homeassistant/binary_sensor/a/config', added()],
      ['homeassistant/binary_sensor/a/config', added({ name: 'Other' })],
    ],
    ['without any entity', ['homeassistant/device/x/config', BLANK]],
  ])('neither renames nor moves it %s, through a restart too', (_what, ...said) => {
    let hub = createHome();
    hub.hear(
      SMOKE,
      sensor('zigbee2mqtt/hall', { o: { name: 'z2m' }, dev: { ids: ['0x1'], name: 'Hall', mf: 'Honest' } }),
    );
    const before = getRow(hub.house().devices.devices, '0x1');
    for (let n = 0; n < 2; n++) {
      for (const [topic, payload] of said) hub.hear(topic, payload);
      expect(getRow(hub.house().devices.devices, '0x1')).toEqual(before);
      hub = createWiredHub(50, houseFrom(storedPart(hub.house())));
    }
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall', { dev: { ids: ['0x1'], name: 'Stairs', sa: 'Stairs' } }));
    expect(getRow(hub.house().devices.devices, '0x1')).toMatchObject({ name: 'Stairs', roomId: 'stairs' });
  });

  const EVIL = 'homeassistant/binary_sensor/evil/config';
  const deaf = sensor('zigbee2mqtt/hall', { pl_on: 'NEVER' });

  it.each<[what: string, payload: object]>([
    ['with its own words and a payload that never comes', deaf],
    ['with other words', sensor('zigbee2mqtt/attic')],
    ['with its own topic', sensor('tele/plug/SENSOR')],
  ])('never takes an entity from its topic %s, and cannot clear it', (_what, payload) => {
    const hub = createHome();
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    const before = hub.house().devices;
    hub.hear(EVIL, payload);
    expect(hub.drops).toEqual(['0x1: announced-elsewhere']);
    expect(hub.dropped('0x1')).toBe(1);
    hub.hear(EVIL, '');
    const after = hub.house().devices;
    expect([after.entities, after.devices]).toEqual([before.entities, before.devices]);
    hub.hear('zigbee2mqtt/hall', 'ON');
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
  });

  it.each<[what: string, leave: object | string]>([
    ['was left', { migrate_discovery: true }],
    ['was cleared', ''],
  ])('may have an entity whose topic %s', (_what, leave) => {
    const hub = createHome();
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    hub.hear(SMOKE, leave);
    hub.hear(EVIL, sensor('zigbee2mqtt/hall'));
    expect(hub.inAll()).toBe(0);
    expect([...rowsOf(hub.house().devices.entities)].map(([, row]) => row.discoveryTopic)).toEqual([EVIL]);
  });

  it('may hear the same thermometer: the first keeps it', () => {
    const hub = createWiredHub();
    pair(hub, 'one', 'home/one/#');
    pair(hub, 'two', 'home/two/#');
    for (const name of ['one', 'two', 'one', 'two']) hub.hear(SMOKE, sensor(`home/${name}/BTtoMQTT/0x1`));
    expect(gatewayOf(hub, '0x1')).toBe('one');
    expect(getRow(hub.house().devices.entities, '0x1.smoke')?.config.stateTopic).toBe(
      'home/one/BTtoMQTT/0x1',
    );
  });
});

describe('a gateway without entities of its own', () => {
  it('waits until one of its devices speaks, and then does not wait any more', () => {
    const hub = createHome();
    expect(view(hub, 'zigbee')).toMatchObject({ health: 'waiting', lastHeardAt: null });
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    hub.hear('zigbee2mqtt/hall', 'OFF', true);
    expect(view(hub, 'zigbee').health).toBe('waiting');
    hub.passTo(5_000);
    hub.hear('zigbee2mqtt/hall', 'OFF');
    expect(view(hub, 'zigbee')).toMatchObject({ health: 'ok', lastHeardAt: at(5_000).utc });
    hub.passTo(70_000);
    hub.hear('zigbee2mqtt/hall', 'OFF');
    expect(view(hub, 'zigbee').lastHeardAt).toBe(at(70_000).utc);
    expect(view(hub, 'plug').health).toBe('waiting');
  });

  const floodOf = (hub: WiredHub, topic: string) => {
    for (let now = 0; now < 15_000; now += 5) {
      hub.passTo(now);
      hub.hear(topic, 'OFF');
    }
  };
  const PLUG_TOPIC = 'homeassistant/sensor/0x2/word/config';
  const plug = { stat_t: 'zigbee2mqtt/plug', dev: { ids: ['0x2'] }, uniq_id: '0x2' };

  it('has its session ended when one of its devices floods', () => {
    const hub = createHome();
    hub.hear(PLUG_TOPIC, plug);
    floodOf(hub, 'zigbee2mqtt/plug');
    expect(view(hub, '0x2').flooding).toBe(true);
    expect(hub.effects).toEqual([{ do: 'endSession', username: 'zigbee' }]);
  });

  it('keeps its session when a smoke detector speaks through it, whoever floods', () => {
    const hub = createHome();
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall'));
    hub.hear(PLUG_TOPIC, plug);
    floodOf(hub, 'zigbee2mqtt/plug');
    expect(view(hub, '0x2').flooding).toBe(true);
    expect(hub.effects).toEqual([]);
    hub.hear('zigbee2mqtt/hall', 'ON');
    expect(ofType(hub.facts, 'alarmRaised')).toHaveLength(1);
  });

  it('is the one that floods when the topic is one that its devices share', () => {
    const hub = createHome();
    const shared = { avty_t: 'zigbee2mqtt/bridge/state' };
    hub.hear(SMOKE, sensor('zigbee2mqtt/hall', shared));
    const other = { ...sensor('zigbee2mqtt/attic', shared), dev: { ids: ['0x2'] }, uniq_id: '0x2' };
    hub.hear('homeassistant/binary_sensor/0x2/smoke/config', other);
    for (let n = 0; n < 300; n++) hub.hear('zigbee2mqtt/bridge/state', 'online');
    expect(view(hub, 'zigbee').flooding).toBe(true);
    expect(view(hub, '0x1').flooding).toBe(false);
  });
});
