import { getRow } from '../house/table.ts';
import { type Discovered, readDiscovery } from './discovery.ts';
import { FOREIGN_TOPIC, foreignTopic } from './ownTopics.ts';
import type { WireContext } from './wireContext.ts';

const strictText = new TextDecoder('utf-8', { fatal: true });

function textOf(payload: Uint8Array): string | null {
  try {
    return strictText.decode(payload);
  } catch {
    return null;
  }
}

/** Whom a topic speaks for: the node id (else the object id) of a discovery topic, the board of `homeward/<id>/…`. */
export const topicOwner = (topic: string): string => {
  const [root, first = '?', second = '?'] = topic.split('/', 3);
  return (root === 'homeassistant' ? second : first).slice(0, 64);
};

/** Platforms of Home Assistant that the hub does not take in (yet): nothing is wrong with whoever announces them. */
const FOR_LATER: ReadonlySet<string> = new Set(
  'alarm_control_panel climate date datetime fan humidifier infrared lawn_mower notify scene time vacuum water_heater'.split(
    ' ',
  ),
);

const isForLater = (reason: string): boolean =>
  reason === 'migrate-discovery' ||
  reason.startsWith('not-enabled: ') ||
  (reason.startsWith('component: ') && FOR_LATER.has(reason.slice('component: '.length)));

/** Discovery messages become facts; what is refused is counted. */
export function createDiscoveryWire({ read, dispatch, drop, report }: WireContext) {
  function announced(topic: string, found: Extract<Discovered, { kind: 'announced' }>): void {
    const owner = topicOwner(topic);
    const isPaired = getRow(read().devices, owner)?.kind === 'board';
    const entities = found.entities.map((entity) =>
      foreignTopic(entity, owner, isPaired) === null ? entity : { ...entity, fault: FOREIGN_TOPIC },
    );
    for (const warning of found.warnings) report(owner, warning);
    dispatch({
      type: 'deviceAnnounced',
      discoveryTopic: topic,
      pairedId: isPaired ? owner : null,
      device: found.device,
      entities,
      removedKeys: found.removedKeys,
    });
  }

  return {
    take(topic: string, payload: Uint8Array): void {
      const text = textOf(payload);
      if (text === null) return drop(topicOwner(topic), 'not-utf8');
      const found = readDiscovery(topic, text);
      if (found.kind === 'announced') announced(topic, found);
      else if (found.kind === 'withdrawn') dispatch({ type: 'announcementWithdrawn', discoveryTopic: topic });
      else if (!isForLater(found.reason)) drop(topicOwner(topic), found.reason);
    },
  };
}
