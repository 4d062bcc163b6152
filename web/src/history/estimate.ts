import type { HistoryStatus } from '@homeward/hub/api';

const DAY_MS = 86_400_000;
/** Before so much was kept nobody can tell. ms */
const TELLING_MS = DAY_MS;

/** Bytes that every reading of so many days comes to, at the pace of those that are kept. Null: too few are kept. */
export const bytesOfDays = (
  { rows, bytes, oldest, rawDays }: Pick<HistoryStatus, 'rows' | 'bytes' | 'oldest' | 'rawDays'>,
  days: number,
  now: number,
): number | null => {
  if (oldest === null || rows === 0 || now - oldest < TELLING_MS) return null;
  const keptDays = Math.min((now - oldest) / DAY_MS, rawDays);
  return (bytes / keptDays) * days;
};

/** What was written as a number of days; null: it is none, or not within the bounds. */
export const daysOf = (text: string, least: number, most: number): number | null => {
  if (!/^\d{1,6}$/.test(text.trim())) return null;
  const days = Number(text.trim());
  return days >= least && days <= most ? days : null;
};

/** Bounds of HistorySettings in the contract. */
export const RAW_DAYS = { least: 1, most: 3_650 } as const;
export const HOURLY_DAYS = { least: 30, most: 36_500 } as const;
