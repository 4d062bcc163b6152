import { type HubOptions, type HubProcess, startHub } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { type BoardOptions, startBoard, type TestBoard } from '../testBoard.ts';

type Prop = { close?(): Promise<void>; remove?(): Promise<void> };

/** Everything that a test has started, so that it can be cleared away. */
export function createStage() {
  const props: Prop[] = [];
  return {
    keep<T extends Prop>(prop: T): T {
      props.push(prop);
      return prop;
    },
    async hub(options: HubOptions = {}): Promise<HubProcess> {
      return this.keep(await startHub(options));
    },
    /** A board that announces itself on a broker that lets everybody in; resolves when the hub knows all its parts. */
    async found(hub: HubProcess, options: BoardOptions): Promise<TestBoard> {
      const board = this.keep(await startBoard(options));
      await untilKnown(hub, board.id, Object.keys(options.parts).length);
      return board;
    },
    /** A board that is paired at the hub's own broker. */
    async paired(hub: HubProcess, name: string, parts: BoardOptions['parts']): Promise<TestBoard> {
      const { deviceId, mqtt } = await hub.api.call('pair', { body: { name, kind: 'board' } });
      return this.found(hub, { url: hub.brokerUrl, id: deviceId, password: mqtt.password, parts });
    },
    /** Clears away, the newest first. */
    async clear(): Promise<void> {
      for (const prop of props.splice(0).reverse()) await (prop.close?.() ?? prop.remove?.());
    },
  };
}

const untilKnown = (hub: HubProcess, id: string, parts: number) =>
  until(`the hub knows ${id}`, async () => {
    const device = await hub.api.device(id);
    return Object.values(device?.entities ?? {}).filter(({ available }) => available).length === parts;
  });
