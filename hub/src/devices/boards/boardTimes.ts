import { MINUTE_MS, type Millis, SECOND_MS } from '../../shared/time.ts';

/** What a board says of the time is passed on when it moved by this against its own run, ms, … */
export const MOVED_MS: Millis = SECOND_MS;

/** … or was last passed on so long ago, ms: the hub's clock may have moved. */
export const TOLD_EVERY_MS: Millis = 10 * MINUTE_MS;

/** Which of the times that boards tell with each message are news. */
export function createBoardTimes() {
  const told = new Map<string, { readonly offset: number; readonly at: Millis }>();
  return {
    /** @param offset the board's time, less how long it has run, ms */
    isNews(deviceId: string, offset: number, now: Millis): boolean {
      const last = told.get(deviceId);
      const isOld = last === undefined || now - last.at >= TOLD_EVERY_MS;
      if (!isOld && Math.abs(offset - last.offset) <= MOVED_MS) return false;
      told.set(deviceId, { offset, at: now });
      return true;
    },
  };
}
