import { rowsOf, type Table, tableOf } from '../house/table.ts';
import type { Device, Entity, EntityConfig } from './entity.ts';
import type { CommandRow } from './rows.ts';
import type { StoredDevices } from './state.ts';
import { upgradeConfig } from './upgradeConfig.ts';

/** A command as version 0.1 stored it: it knew nothing but on and off. */
type OldCommand = Omit<CommandRow, 'command'> & { readonly on: boolean };

type OldDevice = Omit<Device, 'gatewayId' | 'topics'> & Partial<Pick<Device, 'topics'>>;

function upgradeCommand(row: CommandRow | OldCommand): CommandRow {
  if ('command' in row) return row;
  const { on, by, phase, dueAt } = row;
  return { command: { on }, by, phase, dueAt };
}

/** What tells whether a device is online is the same for all that it has, or for a house: read once, it is kept once. */
function createUpgradeEntity(): (entity: Entity) => Entity {
  const known = new Map<string, EntityConfig['availability']>();
  return (entity) => {
    const config = upgradeConfig(entity.config);
    const said = JSON.stringify(config.availability);
    const availability = known.get(said) ?? config.availability;
    known.set(said, availability);
    return { ...entity, config: { ...config, availability } };
  };
}

/** Version 0.1 knew no gateways behind devices; the filters of a gateway were put in by the database's migration. */
const upgradeDevice = (device: Device | OldDevice): Device =>
  'gatewayId' in device ? device : { ...device, gatewayId: null, topics: device.topics ?? null };

function upgraded<T>(table: Table<T>, upgrade: (row: T) => T): Table<T> {
  return tableOf([...rowsOf(table)].map(([id, row]) => [id, upgrade(row)] as const));
}

/** What an earlier Homeward stored, in today's form. It is written back as its rows change. */
export const upgradeStored = <S extends StoredDevices>(stored: S): S => ({
  ...stored,
  devices: upgraded(stored.devices, upgradeDevice),
  entities: upgraded(stored.entities, createUpgradeEntity()),
  commands: upgraded(stored.commands, upgradeCommand),
});
