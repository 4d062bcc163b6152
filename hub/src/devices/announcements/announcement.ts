import { getRow } from '../../house/table.ts';
import type { Entity, EntityConfig } from '../entity.ts';
import type { DeviceAnnouncement } from '../schema.ts';
import { type DevicesState, entityIdsOf } from '../state.ts';

/** What is shown in the place of a secret. */
export const HIDDEN = '***';

/** Options whose value is a secret by their name. */
const SECRET_NAME = /code(?!.*format)|password|passwd|secret|token|credential/i;

/** In an address: a login before the host, or a secret in the query. */
const LOGIN = /(:\/\/)[^/@\s]+@/g;
const QUERY_SECRET =
  /([?&](?:token|key|api_?key|auth|authorization|password|passwd|pwd|pass|sig)=)[^&\s"']+/gi;

/** What a lock is sent may hold its code: words are shown, figures are not. */
const isLockSecret = (config: EntityConfig, name: string, text: string): boolean =>
  config.component === 'lock' &&
  /^(payload|command)/.test(name) &&
  !name.endsWith('Topic') &&
  /\d/.test(text);

function shown(config: EntityConfig, name: string, value: unknown): unknown {
  if (typeof value === 'string') {
    if (SECRET_NAME.test(name) || isLockSecret(config, name, value)) return HIDDEN;
    return value.replace(LOGIN, `$1${HIDDEN}@`).replace(QUERY_SECRET, `$1${HIDDEN}`);
  }
  if (Array.isArray(value)) return value.map((each) => shown(config, name, each));
  return typeof value === 'object' && value !== null ? shownAll(config, value) : value;
}

const shownAll = (config: EntityConfig, options: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [name, shown(config, name, value)]));

/** What a device said about itself, without the secrets that may stand in it. */
export function announcementOf(state: DevicesState, deviceId: string): DeviceAnnouncement {
  const entities = entityIdsOf(state, deviceId).flatMap((id): Entity[] => {
    const entity = getRow(state.entities, id);
    return entity === undefined ? [] : [entity];
  });
  return {
    entities: entities.map(({ id, discoveryTopic, config }) => ({
      id,
      component: config.component,
      discoveryTopic,
      config: shownAll(config, config),
    })),
  };
}
