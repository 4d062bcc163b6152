import { type Mosquitto, startMosquitto } from '../test/brokers/mosquitto.ts';
import type { Contestant, Place, Running } from './contestant.ts';
import { createHomeward } from './homeward.ts';
import { createNodeRed } from './nodeRed.ts';
import { houseFlow, smokeFlow } from './nodeRedFlows.ts';
import { createRelay } from './relay.ts';
import { Witness } from './witness.ts';

/** What every benchmark is run on: one Mosquitto for all, and the systems. */
export type Stand = {
  readonly broker: Mosquitto;
  readonly homeward: Contestant;
  readonly contestants: readonly Contestant[];
};

/** @param more who runs besides the hub: the relay is the floor, Node-RED the peer, with what it does with a reading */
export async function withStand<T>(
  more: { readonly relay?: boolean; readonly nodeRed?: 'none' | 'looks' | 'works' },
  work: (stand: Stand) => Promise<T>,
): Promise<T> {
  const { nodeRed: job = 'none' } = more;
  const nodeRed = job === 'none' ? null : createNodeRed(job === 'looks' ? smokeFlow : houseFlow);
  const homeward = createHomeward();
  const contestants = [
    ...(more.relay === true ? [createRelay()] : []),
    homeward,
    ...(nodeRed === null ? [] : [nodeRed]),
  ];
  try {
    // Nothing is dropped by the broker: whoever is slow shows it by being late.
    const broker = await startMosquitto({ lines: ['max_queued_messages 0'] });
    try {
      return await work({ broker, homeward, contestants });
    } finally {
      await broker.remove();
    }
  } finally {
    nodeRed?.remove();
  }
}

/** A system that runs at a place, with a witness beside it. Both are gone afterwards. */
export async function withRunning<T>(
  contestant: Contestant,
  place: Place,
  work: (running: Running, witness: Witness) => Promise<T>,
): Promise<T> {
  const witness = await Witness.open(place.brokerPort);
  try {
    await contestant.prepare(place);
    const running = contestant.launch(place);
    try {
      await contestant.ready(place, running);
      return await work(running, witness);
    } finally {
      await running.stop();
    }
  } finally {
    await contestant.clean(place);
    await witness.close();
  }
}
