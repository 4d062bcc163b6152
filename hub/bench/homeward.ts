import { connectAsync } from 'mqtt';
import { type HubProcess, prepareHub } from '../test/hubProcess.ts';
import { until } from '../test/patience.ts';
import { type Contestant, contactTopic, type Place, sensorTopic, sirenTopic } from './contestant.ts';

/** The hub as it is: the compiled program with its database, HTTPS and everything else that it always runs. */
export function createHomeward(): Contestant {
  const hubs = new Map<string, HubProcess>();
  const hubOf = (place: Place): HubProcess => {
    const hub = hubs.get(place.prefix);
    if (hub === undefined) throw new Error(`There is no hub for ${place.prefix}.`);
    return hub;
  };
  const knowsAll = async (place: Place) => {
    const { devices } = await hubOf(place).api.call('house');
    const known = Object.keys(devices).filter((id) => id.startsWith(place.prefix)).length;
    return known === place.contacts + place.sensors + 1;
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
      await until('the hub knows all devices', () => knowsAll(place), 60_000);
      await hub.stop();
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
    async clean(place) {
      await hubs.get(place.prefix)?.remove();
      hubs.delete(place.prefix);
    },
  };
}

/** One device each, single form, as a gateway announces them. */
async function announce(place: Place): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${place.brokerPort}`, { protocolVersion: 4 });
  const device = (id: string, component: string, options: Record<string, unknown>) =>
    client.publishAsync(
      `homeassistant/${component}/${id}/config`,
      JSON.stringify({ unique_id: id, name: null, device: { identifiers: [id], name: id }, ...options }),
      { qos: 1 },
    );
  try {
    await device(`${place.prefix}-siren`, 'siren', { command_topic: sirenTopic(place) });
    for (let n = 0; n < place.contacts; n++) {
      await device(`${place.prefix}-s${n}`, 'binary_sensor', {
        state_topic: contactTopic(place, n),
        device_class: 'smoke',
        value_template: '{{ value_json.smoke }}',
      });
    }
    for (let n = 0; n < place.sensors; n++) {
      await device(`${place.prefix}-r${n}`, 'sensor', {
        state_topic: sensorTopic(place, n),
        device_class: 'carbon_dioxide',
        unit_of_measurement: 'ppm',
        value_template: '{{ value_json.co2 }}',
      });
    }
  } finally {
    await client.endAsync();
  }
}
