import { connectAsync } from 'mqtt';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createStage } from './faults/stage.ts';
import { housesOn } from './houses.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import { SIREN, SMOKE } from './testBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
// The program is built by whoever needs it first: not on the time of a test.
beforeAll(ensureHub, 240_000);

/** As many devices as one gateway may bring. */
const DEVICES = 1_500;

type Wanted = {
  readonly name: string;
  readonly kind: 'board' | 'gateway';
  readonly topics?: readonly string[];
};

/** Where and how it logs in that is paired. */
async function pair(hub: HubProcess, body: Wanted) {
  const { deviceId, mqtt } = await hub.api.call('pair', { body });
  const { host, port, tls, ca, password } = mqtt;
  const url = `${tls ? 'mqtts' : 'mqtt'}://${host}:${port}`;
  return { url, username: deviceId, password, ...(ca === null ? {} : { ca }) };
}

test.each(housesOn(stage, ['max_queued_messages 0']))(
  'on %s a gateway that announces its devices all at once holds up no alarm, and each of them comes in',
  async (_, broker) => {
    const hub = await stage.hub(await broker());
    const own = await pair(hub, { name: 'Hall', kind: 'board' });
    const parts = { smoke: SMOKE, siren: SIREN };
    const board = await stage.found(hub, { id: own.username, parts, ...own });
    const { url, ...login } = await pair(hub, { name: 'zigbee', kind: 'gateway', topics: ['zigbee2mqtt/#'] });
    const gateway = await connectAsync(url, { clientId: login.username, ...login });
    stage.keep({ close: () => gateway.endAsync(true) });
    const announced = Array.from({ length: DEVICES }, (_, n) =>
      gateway.publishAsync(
        `homeassistant/switch/d${n}/plug/config`,
        JSON.stringify({
          dev: { ids: [`d${n}`], name: `Plug ${n}` },
          uniq_id: `d${n}_plug`,
          stat_t: `zigbee2mqtt/d${n}`,
          cmd_t: `zigbee2mqtt/d${n}/set`,
        }),
        { qos: 1, retain: true },
      ),
    );
    await board.call('smoke', 'ON');
    await until('the siren is told', () => board.commands('siren').length > 0);
    await Promise.all(announced);
    await until('all came in', () => hub.journal('deviceAppeared').length === DEVICES, 60_000);
    const order = hub.journal().map(({ type }) => type);
    expect(order.indexOf('boardAlarmTaken')).toBeLessThan(order.lastIndexOf('deviceAppeared'));
    expect(order.indexOf('commandSent')).toBeLessThan(order.lastIndexOf('deviceAppeared'));
  },
);
