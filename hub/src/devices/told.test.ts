import { describe, expect, it } from 'vitest';
import { at, ofType } from '../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../test/wiredHub.ts';
import { getRow } from '../house/table.ts';
import { viewDevice } from '../house/view.ts';
import { liveOf } from './heard.ts';
import { refusalNow } from './mayCommand.ts';

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]);

/** A hub that knows one entity, `n.x`. */
function createNode(component: string, options: object): WiredHub {
  const hub = createWiredHub();
  hub.dispatch({ type: 'brokerFound' });
  hub.hear(`homeassistant/${component}/n/x/config`, { dev: { ids: ['n'] }, uniq_id: 'u', ...options });
  return hub;
}
const view = (hub: WiredHub, id = 'n.x') => {
  const device = getRow(hub.house().devices.devices, 'n');
  const shown = device && viewDevice(hub.house(), device, at(hub.now()), 0).entities[id];
  if (shown === undefined) throw new Error(`there is no ${id}`);
  return shown;
};
const ask = (hub: WiredHub, command: object) =>
  hub.dispatch({ type: 'commandAsked', entityId: 'n.x', command: command as { on: boolean }, by: 'Ana' });
const clock = (hub: WiredHub) => hub.dispatch({ type: 'clockReached' });

describe('what is told', () => {
  it('a text is a value, also when the broker remembers it', () => {
    const hub = createNode('sensor', { stat_t: 't', dev_cla: 'enum', ops: ['idle', 'washing'] });
    hub.hear('t', 'washing', true);
    expect(view(hub)).toMatchObject({ value: 'washing', at: null });
    hub.hear('t', 'idle');
    expect(view(hub)).toMatchObject({ value: 'idle', at: at(0).utc });
    expect(hub.house().air.rows.size).toBe(0);
  });

  it('attributes stand beside the value, come alone, and go when they are null', () => {
    const hub = createNode('binary_sensor', { stat_t: 't', dev_cla: 'smoke', json_attr_t: 'a' });
    hub.hear('a', { battery: 80, linkquality: 120 });
    hub.hear('t', 'ON');
    expect(view(hub)).toMatchObject({ value: true, attributes: { battery: 80, linkquality: 120 } });
    hub.passTo(9_000);
    hub.hear('a', { battery: 79, linkquality: null });
    expect(view(hub)).toMatchObject({ value: true, attributes: { battery: 79 }, at: at(0).utc });
    expect(view(hub).attributes).not.toHaveProperty('linkquality');
  });

  it('attributes that say nothing new change nothing', () => {
    const hub = createNode('binary_sensor', { stat_t: 't', json_attr_t: 'a' });
    hub.hear('a', { battery: 80 });
    const before = hub.house().devices;
    hub.hear('a', { battery: 80 });
    expect(hub.house().devices).toBe(before);
  });

  it('a number that is set is known when the broker remembers it; one that was measured is not', () => {
    const set = createNode('number', { stat_t: 't', cmd_t: 'c' });
    set.hear('t', '7', true);
    expect(view(set).value).toBe(7);
    const measured = createNode('sensor', { stat_t: 't', unit_of_meas: '°C' });
    measured.hear('t', '7', true);
    expect(view(measured).value).toBeNull();
  });

  it('a number that is set is never taken for one that was measured', () => {
    const hub = createNode('number', {
      stat_t: 't',
      cmd_t: 'c',
      max: 5_000,
      dev_cla: 'carbon_monoxide',
      unit_of_meas: 'ppm',
    });
    hub.hear('t', '4000');
    expect(view(hub)).toMatchObject({ value: 4_000, safety: false, level: 'safe' });
    expect(hub.house().alarms.rows.size).toBe(0);
  });

  it('an event is its last word, with when it was; the same one again is another one', () => {
    const hub = createNode('event', { stat_t: 't', event_types: ['press', 'hold'] });
    hub.hear('t', { event_type: 'press', button: 1 });
    expect(view(hub)).toMatchObject({ value: 'press', attributes: { button: 1 }, at: at(0).utc });
    hub.passTo(3_000);
    hub.hear('t', { event_type: 'press' });
    expect(view(hub)).toMatchObject({ value: 'press', attributes: {}, at: at(3_000).utc });
    hub.hear('t', { event_type: 'hold' }, true);
    expect(view(hub).value).toBe('press');
  });

  it('what was told goes with the entity, and with what it measures', () => {
    const hub = createNode('binary_sensor', { stat_t: 't', json_attr_t: 'a' });
    hub.hear('a', { battery: 80 });
    hub.dispatch({
      type: 'deviceCorrected',
      deviceId: 'n',
      by: 'Ana',
      entities: { 'n.x': { quantity: 'smoke' } },
    });
    expect(liveOf(hub.house().devices, 'n.x').attributes).toEqual({});
  });
});

describe('a picture', () => {
  const camera = () => createNode('camera', { t: 'pic' });
  const hearPicture = (hub: WiredHub, bytes: Uint8Array, retain = false) => hub.hear('pic', bytes, retain);

  it('is kept beside the house, as it came, with when it came', () => {
    const hub = camera();
    hub.passTo(1_000);
    hearPicture(hub, JPEG);
    expect(hub.pictureOf('n.x')).toEqual({ mediaType: 'image/jpeg', bytes: JPEG });
    expect(view(hub)).toMatchObject({ value: null, at: at(1_000).utc });
    expect(JSON.stringify(hub.facts)).not.toContain('255');
  });

  it('that the broker remembers is shown, and nobody says of when it is', () => {
    const hub = camera();
    hearPicture(hub, JPEG, true);
    expect(hub.pictureOf('n.x')).toBeDefined();
    expect(view(hub).at).toBeNull();
  });

  it('may have two megabytes on its own topic, and nothing else may', () => {
    const hub = camera();
    const large = new Uint8Array(2 * 1_024 * 1_024);
    large.set(JPEG);
    hearPicture(hub, large);
    expect(hub.pictureOf('n.x')?.bytes.length).toBe(large.length);
    hearPicture(hub, new Uint8Array(large.length + 1));
    hub.hear('homeassistant/camera/n/y/config', large);
    expect(hub.drops).toEqual(['n: too-large', 'n: too-large']);
  });

  it('goes with its device, and the oldest makes way', () => {
    const hub = camera();
    hearPicture(hub, JPEG);
    const large = new Uint8Array(2 * 1_024 * 1_024);
    large.set(JPEG);
    for (let n = 0; n < 13; n++) {
      hub.hear(`homeassistant/camera/m/c${n}/config`, {
        dev: { ids: ['m'] },
        uniq_id: `c${n}`,
        t: `pic/${n}`,
      });
      hub.hear(`pic/${n}`, large);
    }
    expect(hub.pictureOf('n.x')).toBeUndefined();
    expect(hub.pictureOf('m.c0')).toBeUndefined();
    expect(hub.pictureOf('m.c12')).toBeDefined();
    hub.dispatch({ type: 'deviceRemoveAsked', deviceId: 'm', by: 'Ana' });
    expect(hub.pictureOf('m.c12')).toBeUndefined();
  });
});

describe('a command', () => {
  it('that sets a brightness is confirmed when both are as asked', () => {
    const hub = createNode('light', {
      cmd_t: 'c',
      stat_t: 't',
      bri_cmd_t: 'bc',
      bri_stat_t: 'bs',
      bri_scl: 100,
    });
    hub.hear('bs', '90');
    ask(hub, { on: true, brightness: 40 });
    expect(view(hub)).toMatchObject({ command: 'pending', value: null });
    hub.hear('t', 'ON');
    expect(view(hub).command).toBe('pending');
    hub.hear('bs', '40');
    expect(view(hub)).toMatchObject({ command: 'confirmed', value: true, attributes: { brightness: 40 } });
  });

  it.each<[component: string, options: object, command: object, dueMs: number]>([
    ['switch', { cmd_t: 'c', stat_t: 't' }, { on: true }, 5_000],
    ['lock', { cmd_t: 'c', stat_t: 't' }, { do: 'lock' }, 20_000],
    ['cover', { cmd_t: 'c', stat_t: 't' }, { do: 'open' }, 120_000],
  ])(
    'to a %s is not answered after its own time, to the millisecond',
    (component, options, command, dueMs) => {
      const hub = createNode(component, options);
      ask(hub, command);
      hub.passTo(dueMs - 1);
      clock(hub);
      expect(view(hub).command).toBe('pending');
      hub.passTo(dueMs);
      clock(hub);
      expect(view(hub).command).toBe('timedOut');
      expect(ofType(hub.facts, 'commandTimedOut')).toMatchObject([{ command }]);
    },
  );

  it('with a secret is sent, and the secret is neither kept, journaled nor shown', () => {
    const hub = createNode('text', { cmd_t: 'c', stat_t: 't', mode: 'password' });
    ask(hub, { set: 'hunter2' });
    expect(hub.effects).toMatchObject([{ topic: 'c', payload: 'hunter2' }]);
    hub.hear('t', 'hunter2');
    expect(view(hub)).toMatchObject({ value: null, command: 'assumed' });
    const { commands } = hub.house().devices;
    expect(JSON.stringify([ofType(hub.facts, 'commandSent'), getRow(commands, 'n.x')])).not.toContain(
      'hunter',
    );
  });

  it('that is not offered is none', () => {
    const hub = createNode('switch', { cmd_t: 'c', stat_t: 't' });
    for (const command of [{ do: 'open' }, { position: 5 }, { set: 'x' }]) ask(hub, command);
    expect(hub.effects).toEqual([]);
  });
});

describe('what a person may ask', () => {
  const entityOf = (component: string, options: object = {}) => {
    const entity = getRow(
      createNode(component, { cmd_t: 'c', stat_t: 't', ...options }).house().devices.entities,
      'n.x',
    );
    if (entity === undefined) throw new Error(`no ${component}`);
    return entity;
  };
  const POSITION = { pos_t: 'p', set_pos_t: 'sp' };
  it.each<
    [
      what: string,
      component: string,
      options: object,
      command: object,
      calm: string | null,
      gas: string | null,
    ]
  >([
    ['locking', 'lock', {}, { do: 'lock' }, null, 'gas-interlock'],
    ['unlocking', 'lock', {}, { do: 'unlock' }, 'needs-door', 'needs-door'],
    ['pulling the latch', 'lock', { payload_open: 'OPEN' }, { do: 'open' }, 'needs-door', 'needs-door'],
    ['opening a valve', 'valve', {}, { do: 'open' }, null, 'valve-needed'],
    ['closing a valve', 'valve', {}, { do: 'close' }, null, null],
    ['stopping a valve', 'valve', { payload_stop: 'STOP' }, { do: 'stop' }, null, 'valve-needed'],
    ['a valve a little open', 'valve', POSITION, { position: 1 }, null, 'valve-needed'],
    ['a valve at nothing', 'valve', POSITION, { position: 0 }, null, null],
    ['opening a gas valve', 'valve', { dev_cla: 'gas' }, { do: 'open' }, null, 'valve-needed'],
    ['opening a water valve', 'valve', { dev_cla: 'water' }, { do: 'open' }, null, 'gas-interlock'],
    ['closing a water valve', 'valve', { dev_cla: 'water' }, { do: 'close' }, null, null],
    ['opening a garage', 'cover', { dev_cla: 'garage' }, { do: 'open' }, null, 'gas-interlock'],
    ['sounding a siren', 'siren', {}, { on: true }, null, null],
    ['a siren without sound', 'siren', {}, { on: true, volume: 0 }, null, 'siren-needed'],
    ['a siren for a second', 'siren', {}, { on: true, durationS: 1 }, null, 'siren-needed'],
    ['a siren in a tone', 'siren', {}, { on: true, tone: 'doorbell' }, null, 'siren-needed'],
    ['a siren to which something else is done', 'siren', {}, { do: 'stop' }, null, 'siren-needed'],
    ['stopping a siren', 'siren', {}, { on: false }, null, 'siren-needed'],
    ['a lamp', 'switch', {}, { on: true }, null, 'gas-interlock'],
    ['a lamp off', 'switch', {}, { on: false }, null, 'gas-interlock'],
  ])('%s', (_what, component, options, command, calm, gas) => {
    const entity = entityOf(component, options);
    const asked = command as { on: boolean };
    const now = (holds: boolean) => ({
      isDanger: () => holds,
      isGas: () => holds,
      isGasUnseen: () => holds,
    });
    expect(refusalNow(entity, asked, now(false))).toBe(calm);
    expect(refusalNow(entity, asked, now(true))).toBe(gas);
  });
});
