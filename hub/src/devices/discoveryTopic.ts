import { ok, type Result, refused } from '../shared/result.ts';
import { MAX_TOPIC_CHARS } from './announcements/announcedOption.ts';

/** A discovery topic taken apart: `<prefix>/<component>/[<nodeId>/]<objectId>/config`. */
export type DiscoveryTopic = {
  /** As in the topic; `device` for the device form. It may be one that we do not take in. */
  readonly component: string;
  readonly nodeId: string | null;
  readonly objectId: string;
};

const ID = /^[a-zA-Z0-9_-]+$/;

/** Takes a topic apart. Null: it is no discovery topic under this prefix. A refusal: it is one that Home Assistant calls illegal. */
export function readDiscoveryTopic(topic: string, prefix: string): Result<DiscoveryTopic> | null {
  if (!topic.startsWith(`${prefix}/`)) return null;
  if (topic.length > MAX_TOPIC_CHARS) return refused('illegal-topic');
  const parts = topic.slice(prefix.length + 1).split('/');
  if (parts.pop() !== 'config' || parts.length < 2 || parts.length > 3) return null;
  if (!parts.every((part) => ID.test(part))) return refused('illegal-topic');
  const [component = '', first = '', second] = parts;
  return ok({
    component,
    nodeId: second === undefined ? null : first,
    objectId: second ?? first,
  });
}

/** Whom a topic speaks for: the node id (else the object id) of a discovery topic, the board of `homeward/<id>/…`. */
export const topicOwner = (topic: string): string => {
  const [root, first = '?', second = '?'] = topic.split('/', 3);
  return (root === 'homeassistant' ? second : first).slice(0, 64);
};

/** Whether somebody announces a device on this topic, or takes it back. */
export const isAnnouncement = (topic: string): boolean =>
  topic.startsWith('homeassistant/') || topic.startsWith('tasmota/discovery/');
