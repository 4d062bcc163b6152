import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import DevicesPage from '../../src/devices/DevicesPage.vue';
import PairingWait from '../../src/devices/PairingWait.vue';
import { PATIENCE_MS } from '../../src/devices/pairing.ts';
import { useHouse } from '../../src/hub/house.ts';
import { speak } from '../../src/text/i18n.ts';
import { aDevice, aHouse, anEntity, NOW } from './houses.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

const plain = { safety: false } as const;
const temperature = (id: string) =>
  anEntity({ ...plain, id, quantity: 'temperature', unit: '°C', value: 20 });
const HOUSE = aHouse({
  devices: [
    aDevice({ id: 'well', name: 'Küchenfühler', roomId: 'kit', manufacturer: 'IKEA' }, [
      temperature('well.t'),
    ]),
    aDevice({ id: 'mute', name: 'Smoke alarm', roomId: 'bed' }, [
      anEntity({
        id: 'mute.s',
        component: 'binary_sensor',
        quantity: 'smoke',
        value: false,
        supervised: false,
      }),
    ]),
    aDevice({ id: 'blind', name: 'Air board', health: 'lost', lastHeardAt: NOW - 26 * 60_000 }, [
      anEntity({ id: 'blind.co', available: false }),
    ]),
    aDevice({ id: 'noisy', name: 'Kettle plug', roomId: 'kit', flooding: true }, [temperature('noisy.t')]),
    aDevice({ id: 'low', name: 'Contact', roomId: 'bed' }, [
      anEntity({ ...plain, id: 'low.b', quantity: 'battery', unit: '%', value: 9 }),
    ]),
    aDevice({ id: 'new', name: 'New one', roomId: 'unplaced', health: 'waiting', lastHeardAt: null }, []),
  ],
});

const open = async (house = HOUSE) => {
  const page = mountInApp(DevicesPage);
  useHouse().take(house);
  useHouse().linkUp = true;
  await nextTick();
  return page;
};
type Mounted = Awaited<ReturnType<typeof open>>;
const idsIn = (page: Mounted, part = '.byroom'): readonly (string | undefined)[] =>
  page.findAll(`${part} [data-device]`).map((row) => row.attributes('data-device'));
const search = async (page: Mounted, text: string): Promise<void> => {
  await page.get('input[type=search]').setValue(text);
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  document.body.innerHTML = '';
  await speak('en');
});

describe('the devices of a house', () => {
  it('stand by room, and what needs somebody comes first, the worst on top', async () => {
    const page = await open();
    expect(idsIn(page)).toEqual(['blind', 'low', 'mute', 'noisy', 'well', 'new']);
    expect(idsIn(page, '.side')).toEqual(['blind', 'noisy', 'mute']);
    const words = page.get('.side').text();
    expect(words).toContain('Last heard 26 min ago · CO there is blind');
    expect(words).toContain('Says more than a home needs. What is too much is left out');
    expect(page.get('[data-device=low]').text()).toContain('Battery low');
    expect(page.get('[data-device=new]').text()).toContain('Waiting for its first word');
  });

  it('a gateway for whose devices there is no room says so', async () => {
    const full = aDevice({ id: 'zigbee', name: 'Zigbee', kind: 'gateway', full: true }, []);
    const page = await open(aHouse({ devices: [full] }));
    expect(page.get('.side [data-device=zigbee]').text()).toContain('no room for more of what it brings');
  });

  it('one part that cannot be read does not make the whole unreadable', async () => {
    const parts = [
      temperature('p.t'),
      anEntity({ ...plain, id: 'p.u', fault: 'unknown-unit', available: false }),
    ];
    const said = async (entities: typeof parts): Promise<string> => {
      const device = aDevice({ id: 'p', health: 'fault' }, entities);
      return (await open(aHouse({ devices: [device] }))).get('.byroom [data-device]').text();
    };
    expect(await said(parts)).toContain('Heard 3 s ago · One part of it cannot be read');
    expect(await said(parts.slice(1))).toContain('Speaks, but cannot be read');
  });

  it.each([
    ['kuchen', ['well']],
    ['kitchen', ['noisy', 'well']],
    ['ikea', ['well']],
    ['smoke', ['mute']],
    ['warmth', ['noisy', 'well']],
    ['nothing like it', []],
  ])('"%s" finds %o', async (text, ids) => {
    const page = await open();
    await search(page, text);
    expect(idsIn(page)).toEqual(ids);
    expect(idsIn(page, '.side')).toEqual([]);
    expect(page.text().includes('Nothing like that here')).toBe(ids.length === 0);
  });

  it('are found in Arabic too', async () => {
    await speak('ar');
    const page = await open();
    await search(page, 'دُخان');
    expect(idsIn(page)).toEqual(['mute']);
    await search(page, 'بلا غرفه');
    expect(idsIn(page)).toEqual(['new']);
  });

  it.each([
    ['needs', ['blind', 'mute', 'noisy']],
    ['silent', ['blind', 'new']],
    ['well', ['low', 'well']],
  ])('shown are only those that are "%s"', async (filter, ids) => {
    const page = await open();
    await page.get(`input[value=${filter}]`).setValue(true);
    expect(idsIn(page)).toEqual(ids);
    expect(page.get(`label:has([value=${filter}]) small`).text()).toBe(String(ids.length));
  });

  it('all come back with one press when nothing was found', async () => {
    const page = await open();
    await search(page, 'zzz');
    await page.get('.empty button').trigger('click');
    expect(idsIn(page)).toHaveLength(6);
  });

  it('an empty house says how to begin', async () => {
    const page = await open(aHouse({ devices: [] }));
    expect(page.text()).toContain('Nothing is paired yet');
    expect(page.find('input[type=search]').exists()).toBe(false);
  });
});

describe('waiting for the first word', () => {
  const gateway = aDevice({ id: 'g', kind: 'gateway', lastHeardAt: null, health: 'waiting' }, []);
  const wait = async () => {
    const props = { deviceId: 'g', name: 'Attic', kind: 'zigbee', before: new Set(), entered: true };
    const panel = mountInApp(PairingWait, props);
    useHouse().take(aHouse({ devices: [gateway] }));
    await nextTick();
    return panel;
  };

  it('says after two minutes what to look at, and no more when it has spoken', async () => {
    const panel = await wait();
    expect(panel.find('[data-part=pairing-checks]').exists()).toBe(false);
    useHouse().take({ ...aHouse({ devices: [gateway] }), now: NOW + PATIENCE_MS + 1_000 });
    await nextTick();
    expect(panel.get('[data-part=pairing-checks]').text()).toContain('Connected to MQTT server');
    const lamp = aDevice({ id: 'lamp', kind: 'found', gatewayId: 'g' });
    useHouse().take({ ...aHouse({ devices: [gateway, lamp] }), now: NOW + PATIENCE_MS + 2_000 });
    await nextTick();
    expect(panel.find('[data-part=pairing-checks]').exists()).toBe(false);
    expect(panel.text()).toContain('Attic has spoken.');
    expect(panel.findAll('button').map((button) => button.text())).toContain('Add another one');
  });
});
