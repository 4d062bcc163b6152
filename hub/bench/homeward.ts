import { cpSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { type HubProcess, prepareHub } from '../test/hubProcess.ts';
import { until } from '../test/patience.ts';
import {
  type Contestant,
  contactTopic,
  deviceOfContact,
  devicesOf,
  type Place,
  sensorTopic,
  sirenTopic,
} from './contestant.ts';
import { storedReadings } from './stored.ts';

/** How long a thousand devices may take to be known, ms. */
const ANNOUNCE_LIMIT_MS = 180_000;
/** Drawing a thousand devices is work for the hub: it is not asked all the time. ms. */
const ASK_EVERY_MS = 250;

/** The hub as it is: the compiled program with its database, HTTPS and everything else that it always runs. */
export function createHomeward(): Contestant {
  const hubs = new Map<string, HubProcess>();
  const hubOf = (place: Place): HubProcess => {
    const hub = hubs.get(place.prefix);
    if (hub === undefined) throw new Error(`There is no hub for ${place.prefix}.`);
    return hub;
  };
  const knowsAll = async (place: Place) => {
    await sleep(ASK_EVERY_MS);
    const { devices } = await hubOf(place).api.call('house');
    return Object.keys(devices).filter((id) => id.startsWith(place.prefix)).length === devicesOf(place);
  };
  return {
    name: 'homeward',
    /** Everything announces itself once by discovery; then the hub knows it for good. */
    async prepare(place) {
      const hub = await prepareHub({
        mqttUrl: `mqtt://127.0.0.1:${place.brokerPort}`,
        env: { HOMEWARD_TOPIC_RATE: '100000' },
      });
      hubs.set(place.prefix, hub);
      await hub.start();
      await hub.claim();
      await announce(place);
      await until('the hub knows all devices', () => knowsAll(place), ANNOUNCE_LIMIT_MS);
      await hub.stop();
      cpSync(hub.folder, freshFolder(hub), { recursive: true });
    },
    renew(place) {
      const hub = hubOf(place);
      rmSync(hub.folder, { recursive: true, force: true });
      cpSync(freshFolder(hub), hub.folder, { recursive: true });
    },
    launch(place) {
      const hub = hubOf(place);
      hub.launch();
      return { pid: hub.pid, stop: () => hub.stop() };
    },
    async ready(place) {
      const hub = hubOf(place);
      await until('the hub hears its broker', async () => {
        const house = await hub.api.call('house').catch(() => null);
        return house?.brokerConnected;
      });
    },
    isListening: (place) => takesConnections(hubOf(place).ports.http),
    // The file comes with the first reading.
    stored: (place) => storedReadings(hubOf(place).folder) ?? 0,
    async clean(place) {
      const hub = hubs.get(place.prefix);
      if (hub === undefined) return;
      await hub.remove();
      rmSync(freshFolder(hub), { recursive: true, force: true });
      hubs.delete(place.prefix);
    },
  };
}

const freshFolder = ({ folder }: HubProcess): string => `${folder}-fresh`;

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** By discovery in the single form, as a gateway announces them. */
export async function announce(place: Place): Promise<void> {
  const { prefix } = place;
  const client = await connectAsync(`mqtt://127.0.0.1:${place.brokerPort}`, { protocolVersion: 4 });
  const entity = (id: string, deviceId: string, component: string, options: Record<string, unknown>) =>
    client.publishAsync(
      `homeassistant/${component}/${id}/config`,
      JSON.stringify({
        unique_id: id,
        name: id,
        device: { identifiers: [deviceId], name: deviceId },
        ...options,
      }),
      { qos: 1 },
    );
  try {
    await entity(`${prefix}-siren`, `${prefix}-siren`, 'siren', { command_topic: sirenTopic(place) });
    for (let n = 0; n < place.contacts; n++) {
      await entity(`${prefix}-s${n}`, `${prefix}-c${deviceOfContact(place, n)}`, 'binary_sensor', {
        state_topic: contactTopic(place, n),
        device_class: 'smoke',
        value_template: '{{ value_json.smoke }}',
      });
    }
    for (let n = 0; n < place.sensors; n++) {
      await entity(`${prefix}-r${n}`, `${prefix}-r${n}`, 'sensor', {
        state_topic: sensorTopic(place, n),
        device_class: 'carbon_dioxide',
        unit_of_measurement: 'ppm',
        value_template: '{{ value_json.co2 }}',
      });
      for (let more = 1; more < (place.entitiesPerSensor ?? 1); more++) {
        await entity(`${prefix}-r${n}-${more}`, `${prefix}-r${n}`, 'sensor', {
          state_topic: sensorTopic(place, n),
          device_class: 'temperature',
          unit_of_measurement: '°C',
          value_template: `{{ value_json.t${more} }}`,
        });
      }
    }
  } finally {
    await client.endAsync();
  }
}
