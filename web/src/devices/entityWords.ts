import type { EntityView, Quantity } from '@homeward/hub/api';

const OPENS: ReadonlySet<Quantity> = new Set(['door', 'window', 'garage_door', 'opening', 'cover', 'valve']);
const FINDS: ReadonlySet<Quantity> = new Set([
  'gas',
  'smoke',
  'heat',
  'carbon_monoxide',
  'lel_methane',
  'lel_lpg',
  'moisture',
  'motion',
  'occupancy',
  'presence',
  'vibration',
  'tamper',
  'safety',
  'problem',
]);

type Meaning = Pick<EntityView, 'quantity'> & Partial<Pick<EntityView, 'component'>>;

/** The words for "true" and "false". */
const bothWords = ({ quantity, component }: Meaning): readonly [string, string] => {
  if (quantity === 'lock') return ['yesNo.unlocked', 'yesNo.locked'];
  if (component === 'update') return ['yesNo.newer', 'yesNo.newest'];
  if (quantity === 'connectivity') return ['yesNo.connected', 'yesNo.disconnected'];
  if (quantity === 'battery') return ['yesNo.low', 'yesNo.enough'];
  if (OPENS.has(quantity)) return ['yesNo.open', 'yesNo.closed'];
  return FINDS.has(quantity) ? ['yesNo.found', 'yesNo.clear'] : ['yesNo.on', 'yesNo.off'];
};

/** What an on-off value means, as a key of the texts. */
export const entityWord = (entity: Meaning & Pick<EntityView, 'value'>): string =>
  bothWords(entity)[entity.value === true ? 0 : 1];

/** Words that are said in a fixed form, whoever says them. */
const SAID: Readonly<Record<string, string>> = { home: 'yesNo.home', not_home: 'yesNo.away' };

/** What a text of its own means, as a key of the texts; null: it is shown as it is. */
export const saidWord = ({ component, value }: Pick<EntityView, 'component' | 'value'>): string | null =>
  component === 'device_tracker' && typeof value === 'string' && Object.hasOwn(SAID, value)
    ? (SAID[value] ?? null)
    : null;

const FAULTS: ReadonlySet<string> = new Set([
  'unsupported-template',
  'unsupported-encoding',
  'foreign-topic',
  'crowded-topic',
  'unknown-unit',
  'no-command-topic',
  'no-command-payload',
  'not-offered',
  'picture-by-address',
]);

/** Why it cannot be read or switched, as a key of the texts: codes begin with a word, and may go on after a colon. */
export const faultWord = (fault: string): string => {
  const [code = ''] = fault.split(':', 1);
  return `devices.fault.${FAULTS.has(code) ? code : 'other'}`;
};

/** Whether a name is only the English word of what it measures: then the household's own word says it better. */
const isPlainWord = (name: string, quantity: Quantity): boolean =>
  name.trim().toLowerCase() === quantity.replaceAll('_', ' ');

/** Its own name, or what it measures. */
export const entityName = (
  { name, quantity }: Pick<EntityView, 'name' | 'quantity'>,
  t: (key: string) => string,
): string => (name === null || isPlainWord(name, quantity) ? t(`quantity.${quantity}`) : name);
