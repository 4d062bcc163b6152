import { startMosquitto } from './brokers/mosquitto.ts';
import type { createStage } from './faults/stage.ts';
import type { HubOptions } from './hubProcess.ts';

const ADMIN = { username: 'admin', password: 'the-admins-own-long-secret' };
const HUB = { username: 'hub', password: 'the-hubs-own-long-secret' };

/**
 * The embedded broker, and a Mosquitto whose dynamic security the hub manages.
 * @param lines more lines for Mosquitto's configuration
 */
export const housesOn = (
  stage: ReturnType<typeof createStage>,
  lines: readonly string[] = [],
): readonly [name: string, broker: () => Promise<HubOptions>][] => [
  ['the embedded broker', async () => ({})],
  [
    'Mosquitto with dynamic security',
    async () => {
      const server = stage.keep(await startMosquitto({ dynsec: { admin: ADMIN, hub: HUB }, lines }));
      const as = ({ username, password }: typeof HUB) =>
        server.url.replace('://', `://${username}:${password}@`);
      return { mqttUrl: as(HUB), env: { HOMEWARD_DYNSEC_URL: as(ADMIN) } };
    },
  ],
];
