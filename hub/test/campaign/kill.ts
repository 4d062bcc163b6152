import { startMosquitto } from '../brokers/mosquitto.ts';
import { killAgainAndAgain } from '../faults/killStory.ts';
import { createStage } from '../faults/stage.ts';
import { CO_CONTACT, SIREN } from '../testBoard.ts';
import { type Campaign, quantileOf } from './report.ts';

/** F-01, long form: half of the kills with each broker. */
export const KILL: Campaign = {
  summary: 'F-01: the hub is killed while alarms are raised and acknowledged',
  rounds: { of: 'kills', usual: 1_000 },
  async run(rounds, say) {
    const half = Math.ceil(rounds / 2);
    const overMosquitto = await killHub(half, 'Mosquitto', say);
    const alone = await killHub(rounds - half, 'its own broker', say);
    const starts = [...overMosquitto.startsMs, ...alone.startsMs].sort((a, b) => a - b);
    return {
      name: 'kill',
      figures: {
        kills: rounds,
        answeredCalls: overMosquitto.answeredCalls + alone.answeredCalls,
        acknowledgedAlarms: overMosquitto.acknowledgedAlarms + alone.acknowledgedAlarms,
        startP50Ms: quantileOf(starts, 0.5),
        startMaxMs: starts.at(-1) ?? 0,
      },
      violations: [...overMosquitto.violations, ...alone.violations],
    };
  },
};

const PARTS = { co: CO_CONTACT, siren: SIREN };
const NAMES = ['Hall', 'Attic', 'Cellar', 'Kitchen'];

async function killHub(kills: number, broker: 'Mosquitto' | 'its own broker', say: (line: string) => void) {
  const stage = createStage();
  try {
    const mosquitto = broker === 'Mosquitto' ? stage.keep(await startMosquitto()) : null;
    const hub = await stage.hub(mosquitto === null ? {} : { mqttUrl: mosquitto.url });
    const contacts = [];
    for (const name of NAMES) {
      const board =
        mosquitto === null
          ? await stage.paired(hub, name, PARTS)
          : await stage.found(hub, { url: mosquitto.url, id: name, parts: PARTS });
      contacts.push({ board, part: 'co' });
    }
    const onKill = (nth: number, violations: readonly string[]) => {
      if (nth % 10 === 0 || violations.length > 0) {
        say(`${broker}: ${nth} of ${kills} kills${violations.map((each) => `\n  ${each}`).join('')}`);
      }
    };
    return await killAgainAndAgain({ hub, contacts, kills, onKill });
  } finally {
    await stage.clear();
  }
}
