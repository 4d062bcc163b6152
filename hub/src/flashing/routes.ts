import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { readPorts, readVersion } from './arduinoCli.ts';
import type { BuildFolder } from './buildFolder.ts';
import { type FlashHands, FlashRun } from './flashRun.ts';
import { FlashNode, type FlashPorts } from './schema.ts';

export type FlashRoutePorts = Omit<FlashHands, 'pair' | 'remove' | 'changed'> & {
  readonly folder: BuildFolder;
  /** As `FlashHands`, in the name of a person. */
  readonly pair: (name: string, personId: string) => ReturnType<FlashHands['pair']>;
  readonly remove: (deviceId: string, personId: string) => Promise<void>;
};

/** What is called of flashing: one board at a time. `stop`: ends what runs, for the hub does too. */
export function flashRoutes(ports: FlashRoutePorts): { endpoints: Endpoint[]; stop: () => void } {
  const { folder, tool } = ports;
  let run: FlashRun | null = null;
  /** Named last: no other file of this machine is opened, whoever asks for it. */
  let listed: ReadonlySet<string> = new Set();

  async function look(): Promise<FlashPorts> {
    const place = { sketch: '', output: '', port: '', jobs: null };
    const known = { nodes: folder.nodes(), images: folder.images(), ports: [], detail: null, failure: null };
    const version = readVersion(await tool.call('version', place));
    if ('failure' in version) return { ...known, ...version, version: null };
    const found = readPorts(await tool.call('ports', place));
    if ('failure' in found) return { ...known, ...found, ...version };
    listed = new Set(found.ports.map(({ address }) => address));
    return { ...known, ...version, ports: found.ports };
  }

  const nodeOf = (id: string): FlashNode => {
    const node = FlashNode.safeParse(id);
    if (!node.success || !folder.images().includes(node.data)) throw new Refusal('not-found');
    return node.data;
  };

  const endpoints = [
    onRoute(ROUTES.flashPorts, look),
    onRoute(ROUTES.flashing, () => ({ job: run?.view ?? null })),
    onRoute(ROUTES.startFlash, ({ body, me }) => {
      if (run?.isUnderWay()) throw new Refusal('flash-busy');
      if (!folder.nodes().includes(body.node)) throw new Refusal('bad-request', { detail: 'node' });
      if (!listed.has(body.port)) throw new Refusal('bad-request', { detail: 'port' });
      run = new FlashRun(body, {
        ...ports,
        pair: (name) => ports.pair(name, me.personId),
        remove: (deviceId) => ports.remove(deviceId, me.personId),
        changed: () => {},
      });
      return run.view;
    }),
    onRoute(ROUTES.flashWifi, ({ body }) => {
      if (run?.view.state !== 'wifi-asked') throw new Refusal('flash-not-asking');
      run.happen({ is: 'wifiGiven', wifi: body });
      return run.view;
    }),
    onRoute(ROUTES.stopFlash, () => {
      if (run?.isUnderWay()) run.happen({ is: 'stopAsked' });
      else run = null;
    }),
    onRoute(ROUTES.imageManifest, ({ params }) => {
      const manifest = folder.manifestOf(nodeOf(params.id));
      if (manifest === null) throw new Refusal('not-found');
      return manifest;
    }),
    onRoute(ROUTES.image, async ({ params }) => {
      const node = nodeOf(params.id);
      const content = await folder.imageOf(node);
      return { type: 'application/octet-stream', name: `homeward-${node}.bin`, content };
    }),
  ];
  return { endpoints, stop: () => run?.happen({ is: 'stopAsked' }) };
}
