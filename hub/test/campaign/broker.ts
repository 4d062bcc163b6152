import { startMosquitto } from '../brokers/mosquitto.ts';
import { restartAgainAndAgain } from '../faults/brokerStory.ts';
import { createStage } from '../faults/stage.ts';
import { SIREN, SMOKE } from '../testBoard.ts';
import { type Campaign, quantileOf } from './report.ts';

/** Source: safety.md F-07. */
const LONGEST_DOWN_MS = 60_000;
/** Judged here and not in `npm test`: there the machine is busy. Source: safety.md F-07. */
const RECONNECT_LIMIT_MS = 5_000;

/** F-07, long form. */
export const BROKER: Campaign = {
  summary: 'F-07: Mosquitto is killed and stays away for up to a minute',
  rounds: { of: 'restarts', usual: 50 },
  async run(rounds, say) {
    const stage = createStage();
    try {
      const mosquitto = stage.keep(await startMosquitto());
      const hub = await stage.hub({ mqttUrl: mosquitto.url });
      const boards = [];
      for (const id of ['hall', 'attic', 'cellar']) {
        const parts = { smoke: SMOKE, siren: SIREN };
        boards.push(await stage.found(hub, { url: mosquitto.url, id, parts }));
      }
      const { calls, reconnectsMs, violations } = await restartAgainAndAgain({
        hub,
        mosquitto,
        boards,
        restarts: rounds,
        longestDownMs: LONGEST_DOWN_MS,
        onRestart: (nth, reconnectMs) => say(`${nth} of ${rounds} restarts: back after ${reconnectMs} ms`),
      });
      const figures = {
        restarts: rounds,
        calls,
        reconnectP50Ms: quantileOf(reconnectsMs, 0.5),
        reconnectMaxMs: reconnectsMs.at(-1) ?? 0,
      };
      const late = reconnectsMs
        .filter((ms) => ms > RECONNECT_LIMIT_MS)
        .map((ms) => `the hub was back after ${ms} ms`);
      return { name: 'broker', figures, violations: [...violations, ...late] };
    } finally {
      await stage.clear();
    }
  },
};
