const SAFE_KEY = /^[a-zA-Z0-9_-]{1,64}$/;

/** FNV-1a over UTF-16 units, 32 bits, as 8 hex digits. It only tells keys apart; it guards nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/**
 * A component key or object id as it may stand in an address: `[a-zA-Z0-9_-]`, 1..64 characters. What had to be changed carries a
 * fingerprint of the original, so that "a b" and "a_b" stay two entities, the same ones at every announcement.
 */
export function entityKeyOf(announced: string): string {
  if (SAFE_KEY.test(announced)) return announced;
  const safe = announced.slice(0, 55).replace(/[^a-zA-Z0-9_-]/g, '_');
  return `${safe}-${fingerprint(announced)}`;
}
