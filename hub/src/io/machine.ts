import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { versions } from 'node:process';

/** Anything for the group or for others. */
const FOR_OTHERS = 0o077;

/** Whether other users of the machine may look into the data folder. What cannot be looked at is held against it. */
export function isOpenToOthers(folder: string): boolean {
  try {
    return (statSync(folder).mode & FOR_OTHERS) !== 0;
  } catch {
    return true;
  }
}

/** Bytes that are free for us on the disk of that folder; null: it cannot be known. */
export function freeBytesAt(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Where systemd's time keeper says that the clock is right. Source: systemd-timesyncd.service(8). */
const TIMESYNC = '/run/systemd/timesync';

/** Whether the clock of the machine follows a time server; null: another time keeper, which tells us nothing. */
export function isClockSynchronised(folder = TIMESYNC): boolean | null {
  return existsSync(folder) ? existsSync(join(folder, 'synchronized')) : null;
}

/** First number of the version of Node.js that runs this. */
export const nodeMajor = (): number => Number.parseInt(versions.node, 10);
