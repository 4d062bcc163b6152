import type { EntityView, Quantity } from '@homeward/hub/api';

const OPENS: ReadonlySet<Quantity> = new Set(['door', 'window', 'garage_door', 'opening']);
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

/** What an on-off value means, as a key of the texts. */
export const entityWord = ({ quantity, value }: Pick<EntityView, 'quantity' | 'value'>): string => {
  const yes = value === true;
  if (quantity === 'lock') return yes ? 'yesNo.unlocked' : 'yesNo.locked';
  if (OPENS.has(quantity)) return yes ? 'yesNo.open' : 'yesNo.closed';
  if (FINDS.has(quantity)) return yes ? 'yesNo.found' : 'yesNo.clear';
  return yes ? 'yesNo.on' : 'yesNo.off';
};

const FAULTS: ReadonlySet<string> = new Set([
  'unsupported-template',
  'unsupported-encoding',
  'foreign-topic',
  'unknown-unit',
  'no-command-topic',
  'no-command-payload',
]);

/** Why it cannot be read or switched, as a key of the texts: codes begin with a word, and may go on after a colon. */
export const faultWord = (fault: string): string => {
  const [code = ''] = fault.split(':', 1);
  return `devices.fault.${FAULTS.has(code) ? code : 'other'}`;
};

/** Its own name, or what it measures. */
export const entityName = (
  entity: Pick<EntityView, 'name' | 'quantity'>,
  t: (key: string) => string,
): string => entity.name ?? t(`quantity.${entity.quantity}`);
