import { mayDo } from '../people/rights.ts';
import { type Right, Role } from '../people/schema.ts';
import { changeWithoutComings, devicesWithoutComings } from './comings.ts';
import type { HouseSnapshot } from './schema.ts';

type Part = Exclude<keyof HouseSnapshot, 'seq' | 'now'>;

/** What one must be allowed to see each part of the snapshot, and what stands in its place for all others. */
const PARTS: { readonly [P in Part]: readonly [needs: Right, hidden: HouseSnapshot[P]] } = {
  verdict: ['house.see', 'blind'],
  brokerConnected: ['house.see', false],
  rooms: ['house.see', {}],
  alarms: ['alarms.see', {}],
  flood: ['alarms.see', null],
  devices: ['devices.see', {}],
  intrusion: ['presence.see', null],
  doors: ['presence.see', {}],
  occupancy: ['presence.see', null],
};

const hiddenFrom = (role: string): readonly Part[] =>
  (Object.keys(PARTS) as Part[]).filter((part) => !mayDo(role, PARTS[part][0]));

const HIDDEN: ReadonlyMap<string, readonly Part[]> = new Map(
  Role.options.map((role) => [role, hiddenFrom(role)]),
);

const hidden = (role: string): readonly Part[] => HIDDEN.get(role) ?? hiddenFrom(role);

/** Who may not see who comes and goes sees no sensor that tells of it speak. */
const seesComings = (role: string): boolean => mayDo(role, 'presence.see');

type Devices = HouseSnapshot['devices'];

/** Devices as that role may see them, who may see devices at all. */
export const devicesFor = (role: string, devices: Devices): Devices =>
  seesComings(role) ? devices : devicesWithoutComings(devices);

/** The snapshot as that role may see it. */
export function snapshotFor(role: string, snapshot: HouseSnapshot): HouseSnapshot {
  const parts = hidden(role);
  if (parts.length === 0) return snapshot;
  const seen = { ...snapshot, devices: devicesFor(role, snapshot.devices) };
  return { ...seen, ...Object.fromEntries(parts.map((part) => [part, PARTS[part][1]])) };
}

/**
 * What that role may see of a patch's change; maybe nothing at all.
 * @param devices all devices as they are after it
 */
export function changeFor(role: string, change: object, devices: Devices): object {
  const parts: readonly string[] = hidden(role);
  if (parts.length === 0) return change;
  const seen = Object.entries(change).filter(([part]) => !parts.includes(part));
  if (seesComings(role)) return Object.fromEntries(seen);
  return Object.fromEntries(
    seen.map(([part, each]) => [part, part === 'devices' ? changeWithoutComings(each, devices) : each]),
  );
}

/**
 * What the live channel shows to whom.
 * @param snapshot the house now; @param drawn as of the last patch
 */
export const seenByRole = (snapshot: () => HouseSnapshot, drawn: () => HouseSnapshot) => ({
  snapshot: (role: string): HouseSnapshot => snapshotFor(role, snapshot()),
  changeFor: (role: string, change: object): object => changeFor(role, change, drawn().devices),
});
