import { afterEach, expect, test } from 'vitest';
import { type HubProcess, prepareHub } from '../hubProcess.ts';
import { until } from '../patience.ts';

let hub: HubProcess | null = null;
afterEach(() => hub?.remove());

test.each([1, 16, 64])(
  'a first start on a disk that has %s KB left says so in plain words',
  async (fileLimitKb) => {
    hub = await prepareHub({ fileLimitKb });
    hub.launch();
    const { said } = await until('it has ended', () => hub !== null && !hub.isRunning() && hub, 30_000);
    expect(said).toMatch(
      /Homeward could not start\. The disk is full: nothing can be written into the data folder \S+ \(\w+\)\. Make room, and start it again\./,
    );
    expect(said).not.toMatch(/ at .*\.js:/);
  },
);
