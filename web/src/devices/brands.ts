/** Software that speaks for devices which do not speak MQTT themselves, or that turns bought ones into such. */
export type Brand = 'zigbee' | 'esphome' | 'tasmota' | 'other';
export const BRANDS: readonly Brand[] = ['zigbee', 'esphome', 'tasmota', 'other'];

/** Topic under which it comes; null: it has none that could be guessed, so it is made of its name. */
const USUAL: Readonly<Record<Brand, string | null>> = {
  zigbee: 'zigbee2mqtt',
  esphome: null,
  tasmota: null,
  other: null,
};

/** Longest topic that is suggested: ESPHome's node names have 31 characters at most. */
const LONGEST = 31;

/** Small Latin letters, digits and hyphens; empty when the name has none of them. */
const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');

/** First words of topics that belong to the hub, its boards and discovery. */
const TAKEN = new Set(['homeward', 'homeassistant', 'tasmota']);

/** The topic that the wizard suggests. `place`: a number that no other gateway of the house has. */
export const usualBase = (brand: Brand, name: string, place: number): string => {
  const own = slug(name);
  return USUAL[brand] ?? (own === '' || TAKEN.has(own) ? `${brand}-${place}` : own);
};

/** Whether it can stand before a gateway's topics. Tasmota's topic is one word; the others may have levels. */
export const isBase = (brand: Brand, base: string): boolean => {
  if (brand === 'tasmota') return /^[a-z0-9_-]{1,32}$/i.test(base);
  const levels = base.split('/');
  const plain = levels.every((level) => level !== '' && !/[+#$"\\]|\p{C}/u.test(level));
  return base.length <= 64 && plain && !TAKEN.has(levels[0] ?? '');
};

/** Topic filters with which that software works, and nothing else. */
export const topicsOf = (brand: Brand, base: string): readonly string[] => {
  if (brand === 'other') return [];
  if (brand !== 'tasmota') return [`${base}/#`];
  return [`tele/${base}/#`, `stat/${base}/#`, `cmnd/${base}/#`, 'tasmota/discovery/#'];
};
