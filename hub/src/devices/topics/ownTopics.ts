import type { EntityAnnouncement } from '../entity.ts';
import { commandTopicsOf, inputsOf } from '../platform.ts';

/** Fault of an entity that speaks of a topic that is not its own: it is shown, never read and never commanded. */
export const FOREIGN_TOPIC = 'foreign-topic';

/**
 * Whether an announcement speaks only of topics that are its own. The hub publishes with all rights: without this a
 * board could announce a "lamp" whose command topic is somebody else's lock, and have the owner open it.
 * @param owner node id or object id of the discovery topic
 * @param isPaired it is a board that was paired here: then all its topics stand under its own name
 */
export function foreignTopic(announced: EntityAnnouncement, owner: string, isPaired: boolean): string | null {
  const { config } = announced;
  const heard = [...inputsOf(config), ...config.availability].map(({ topic }) => topic);
  const foreign =
    heard.find((topic) => !isOwn(topic, owner, isPaired, true)) ??
    commandTopicsOf(config).find((topic) => !isOwn(topic, owner, isPaired, false));
  return foreign ?? null;
}

function isOwn(topic: string, owner: string, isPaired: boolean, mayHearHub: boolean): boolean {
  // "hub" is nobody's name but the hub's, whatever a discovery topic says.
  if (topic.startsWith('homeward/hub/')) return mayHearHub && topic === 'homeward/hub/status';
  if (topic.startsWith(`homeward/${owner}/`)) return true;
  const reserved =
    topic.startsWith('homeward/') || topic.startsWith('homeassistant/') || topic.startsWith('$');
  return !isPaired && !reserved;
}
