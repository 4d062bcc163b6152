import { createDiscoveryWire } from '../discoveryWire.ts';
import { createTasmotaWire } from '../tasmota/tasmotaWire.ts';
import type { Listener } from '../topics/topicIndex.ts';
import type { WireContext, WireMessage } from '../wireContext.ts';
import { createAnnouncementQueue } from './announcementQueue.ts';

export type AnnouncementWirePorts = WireContext & {
  /** Those who hear states on a topic. */
  readonly crowd: (topic: string) => readonly Listener[];
  /** All that was announced has been taken in. */
  readonly onEmpty: () => void;
};

/** Announcements, Home Assistant's and Tasmota's: they wait for their turn, and become facts. */
export function createAnnouncementWire({ crowd, onEmpty, ...context }: AnnouncementWirePorts) {
  const discovery = createDiscoveryWire(context, crowd);
  const tasmota = createTasmotaWire(context, crowd);
  const queue = createAnnouncementQueue({
    ...context,
    take: (message) => (message.topic.startsWith('homeassistant/') ? discovery : tasmota).take(message),
    onEmpty,
  });
  return {
    offer: queue.offer,
    /** Whether announcements wait for their turn. */
    areWaiting: (): boolean => !queue.isEmpty(),
    /** Whether it says what was read before and still stands. */
    isUnchanged: (message: WireMessage): boolean =>
      !queue.isWaiting(message.topic) && discovery.isUnchanged(message),
  };
}
