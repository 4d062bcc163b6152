import { DAY_MS, type Millis, SECOND_MS } from '../shared/time.ts';

/**
 * How long the sirens sound in a test, real ms. Ours: long enough to be heard in every room and to be answered, too short for anybody
 * to leave the house for it.
 */
export const TEST_SOUND_MS: Millis = 2 * SECOND_MS;

/** A siren that has not answered counts as mute so long after it should have, real ms. Ours: the devices' own deadline comes first. */
export const TEST_SLACK_MS: Millis = SECOND_MS;

/** How long a sensor that measures counts as proven where nothing says how often it is to be checked, ms. Ours: as carbon monoxide's. */
export const MEASURED_VALID_MS: Millis = 365 * DAY_MS;

/** How long a look through the journal counts, ms. Ours: the hub looks every day, and one look may be missed. */
export const JOURNAL_VALID_MS: Millis = 2 * DAY_MS;

/** Less room than this on the disk of the data folder is little, bytes. Ours: some weeks of a large house. */
export const LITTLE_ROOM_BYTES = 500_000_000;

/** A certificate of the hub's that ends within this should have been replaced, ms. Ours: it is renewed 30 days before its end. */
export const CERTIFICATE_SOON_MS: Millis = 21 * DAY_MS;

/** Before this day no clock is right: this program did not exist. Epoch ms. */
export const EARLIEST_UTC = Date.UTC(2026, 0, 1);

/** The day on which security updates of each version of Node.js end, epoch ms. Source: the release schedule of the Node.js project. */
export const NODE_ENDS_UTC: ReadonlyMap<number, number> = new Map([
  [20, Date.UTC(2026, 3, 30)],
  [22, Date.UTC(2027, 3, 30)],
  [24, Date.UTC(2028, 3, 30)],
]);

/** Fewer owners than this who stay for good: who loses the one password loses the house. Source: safety.md §5, owner's recovery. Ours. */
export const OWNERS_WANTED = 2;
