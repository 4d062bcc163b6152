/**
 * Does the filter (`+`: one level, `#`: all from here, the level above included) match the topic? A filter that begins
 * with a wildcard matches no topic that begins with `$` (MQTT 3.1.1, 4.7.2).
 */
export function topicMatches(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && startsWithWildcard(filter)) return false;
  for (let inFilter = 0, inTopic = 0; ; ) {
    const filterEnd = levelEnd(filter, inFilter);
    const topicEnd = levelEnd(topic, inTopic);
    const level = filter.slice(inFilter, filterEnd);
    if (level === '#') return true;
    if (!levelCovers(level, topic.slice(inTopic, topicEnd))) return false;
    const rest = filter.slice(filterEnd);
    if (topicEnd === topic.length) return rest === '' || rest === '/#';
    if (rest === '') return false;
    inFilter = filterEnd + 1;
    inTopic = topicEnd + 1;
  }
}

/**
 * Does `allowed` match every topic that `requested` matches? In doubt (`+/#` and `#`) the answer is no: rights may be
 * too narrow, never too wide.
 */
export function filterCovers(allowed: string, requested: string): boolean {
  if (requested.startsWith('$') && startsWithWildcard(allowed)) return false;
  const may = allowed.split('/');
  const want = requested.split('/');
  for (const [at, level] of want.entries()) {
    const right = may[at];
    if (right === '#') return true;
    if (right === undefined || !levelCovers(right, level)) return false;
  }
  return may.length === want.length || (may.length === want.length + 1 && may[want.length] === '#');
}

/** Is there a topic that both filters match? In doubt (`$…`) the answer is yes. */
export function filtersMeet(one: string, other: string): boolean {
  const [a, b] = [one.split('/'), other.split('/')];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [x, y] = [a[at], b[at]];
    if (x === '#' || y === '#') return true;
    if (x === undefined || y === undefined || (x !== '+' && y !== '+' && x !== y)) return false;
  }
  return true;
}

/** Has the filter `+` or `#`? */
export const isWildcard = (filter: string): boolean => filter.includes('+') || filter.includes('#');

const levelCovers = (right: string, level: string) => level !== '#' && (right === '+' || right === level);

const startsWithWildcard = (filter: string) => filter.startsWith('#') || filter.startsWith('+');

function levelEnd(text: string, from: number): number {
  const slash = text.indexOf('/', from);
  return slash === -1 ? text.length : slash;
}
