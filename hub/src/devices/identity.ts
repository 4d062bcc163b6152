/** An id that is safe in an address, a topic and as a key (`constructor` is not), made from words and not taken yet. */
export function freeId(words: string, isTaken: (id: string) => boolean): string {
  const plain = words
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9_.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 120);
  const base = plain === '' ? 'thing' : plain;
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!isTaken(id) && !(id in Object.prototype)) return id;
  }
}

/** Whether two values read the same. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
