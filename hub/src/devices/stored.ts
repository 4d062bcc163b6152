import { rowsOf, type Table, tableOf } from '../house/table.ts';
import type { Device, Entity } from './entity.ts';
import type { CommandRow, StoredDevices } from './state.ts';
import { upgradeConfig } from './upgradeConfig.ts';

/** A command as version 0.1 stored it: it knew nothing but on and off. */
type OldCommand = Omit<CommandRow, 'command'> & { readonly on: boolean };

type OldDevice = Omit<Device, 'gatewayId' | 'topics'> & Partial<Pick<Device, 'topics'>>;

function upgradeCommand(row: CommandRow | OldCommand): CommandRow {
  if ('command' in row) return row;
  const { on, by, phase, dueAt } = row;
  return { command: { on }, by, phase, dueAt };
}

const upgradeEntity = (entity: Entity): Entity => ({ ...entity, config: upgradeConfig(entity.config) });

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
  entities: upgraded(stored.entities, upgradeEntity),
  commands: upgraded(stored.commands, upgradeCommand),
});
