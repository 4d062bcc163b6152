import { reaches } from './topicFilter.ts';

/** Whether what was announced as a topic is a pattern: OpenMQTTGateway's sensors come by whichever gateway hears them. */
export const isPattern = (topic: string): boolean => topic.includes('+');

/** Topics that no pattern reaches, whoever announced it: what boards say, and announcements themselves. */
const RESERVED = ['homeward/', 'homeassistant/', '$'] as const;

/** The last two levels, which every accepted pattern names: by them it is found among thousands. */
function endOf(topic: string): string {
  const last = topic.lastIndexOf('/');
  return topic.slice(topic.lastIndexOf('/', last - 1) + 1);
}

const NONE: readonly string[] = [];

/** The patterns that somebody wants to hear. */
export function createTopicPatterns() {
  const byEnd = new Map<string, string[]>();
  return {
    add(pattern: string): void {
      const known = byEnd.get(endOf(pattern)) ?? [];
      if (!known.includes(pattern)) byEnd.set(endOf(pattern), [...known, pattern]);
    },
    remove(pattern: string): void {
      const left = (byEnd.get(endOf(pattern)) ?? []).filter((each) => each !== pattern);
      if (left.length > 0) byEnd.set(endOf(pattern), left);
      else byEnd.delete(endOf(pattern));
    },
    /** Those with the same end. */
    alike: (pattern: string): readonly string[] => byEnd.get(endOf(pattern)) ?? NONE,
    /** Those that reach the topic. Costs nothing while there are none. */
    reaching(topic: string): readonly string[] {
      const close = byEnd.size === 0 ? undefined : byEnd.get(endOf(topic));
      if (close === undefined || RESERVED.some((root) => topic.startsWith(root))) return NONE;
      return close.filter((pattern) => reaches(pattern, topic));
    },
  };
}
