import { join } from 'node:path';
import { PATHS, VERSION } from './composePaths.ts';
import type { Config } from './config.ts';
import { type PairingPorts, pairDevice } from './devices/pairing.ts';
import { entityIdsOf } from './devices/state.ts';
import { createArduinoTool } from './flashing/arduinoTool.ts';
import { createBuildFolder } from './flashing/buildFolder.ts';
import { flashRoutes } from './flashing/routes.ts';
import { openSerial } from './flashing/serialPort.ts';
import { toolEnvironment } from './flashing/toolEnvironment.ts';
import type { Log } from './io/log.ts';

export type FlashingParts = {
  readonly config: Pick<Config, 'dataFolder' | 'environment' | 'firmwareFolder'>;
  readonly log: Log;
  readonly pairing: PairingPorts;
  readonly nameOf: (personId: string) => string;
};

/** Boards that are plugged into this machine: compiled for, flashed and paired from here. */
export function composeFlashing({ config, log, pairing, nameOf }: FlashingParts) {
  const folder = createBuildFolder(
    config.firmwareFolder ?? PATHS.firmware,
    join(config.dataFolder, 'flashing'),
    VERSION,
  );
  return flashRoutes({
    folder,
    // The house is watched meanwhile: the compiler has what is left over, and one processor of a small computer at most.
    tool: createArduinoTool({ env: toolEnvironment(config.environment), isHumble: true }),
    placeOf: ({ node, port }) => ({
      sketch: folder.sketchOf(node),
      output: folder.outputOf(node),
      port,
      jobs: 1,
    }),
    openPort: openSerial,
    noteBuild: folder.note,
    async pair(name, personId) {
      const { deviceId, mqtt } = await pairDevice({ name, kind: 'board' }, nameOf(personId), pairing);
      return { deviceId, identity: mqtt };
    },
    hasSpoken: async (deviceId) => entityIdsOf(pairing.read(), deviceId).length > 0,
    async remove(deviceId, personId) {
      pairing.dispatch({ type: 'deviceRemoveAsked', deviceId, by: nameOf(personId) });
    },
    now: () => performance.now(),
    report: (error) => log.error({ err: error }, 'Flashing a board met a bug.'),
  });
}
