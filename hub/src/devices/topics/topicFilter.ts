/** Whether an MQTT filter (`+`: one level, `#`: all from here, the level above included) reaches the topic. */
export function reaches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return true;
    if (at === levels.length || (level !== '+' && level !== levels[at])) return false;
  }
  return wanted.length === levels.length;
}

/** Whether there may be a topic that both reach. */
export function meet(filter: string, other: string): boolean {
  const [one, two] = [filter.split('/'), other.split('/')];
  for (let at = 0; at < Math.max(one.length, two.length); at++) {
    const [a, b] = [one[at], two[at]];
    if (a === '#' || b === '#') return true;
    if (a === undefined || b === undefined || (a !== '+' && b !== '+' && a !== b)) return false;
  }
  return true;
}
