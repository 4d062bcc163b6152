/** A span of one weekday, as the hub keeps it: 1 Monday … 7 Sunday, minutes of the day. */
export type WeeklyWindow = {
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
};

/** Days that share a span, as a person writes it. Times as "08:30"; `to` not after `from`: until then on the next day. */
export type PlanRow = { readonly days: readonly number[]; readonly from: string; readonly to: string };

export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
const DAY_MIN = 1_440;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minute of the day of a time; null: it is none. */
export const minuteOf = (time: string): number | null => {
  const found = TIME.exec(time);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
};

/** A minute of the day as a time; midnight at the end of a day is 24:00. */
export const timeOfDay = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Whether a row says when: a day at least, and two times that are not the same. */
export const isWhole = ({ days, from, to }: PlanRow): boolean =>
  days.length > 0 && minuteOf(from) !== null && minuteOf(to) !== null && from !== to;

/** What the hub keeps of rows that are whole. Until midnight is until the end of that day. */
export const windowsOf = (rows: readonly PlanRow[]): WeeklyWindow[] =>
  rows.filter(isWhole).flatMap(({ days, from, to }) =>
    days
      .toSorted((a, b) => a - b)
      .map((weekday) => ({
        weekday,
        fromMinute: minuteOf(from) ?? 0,
        toMinute: to === '00:00' ? DAY_MIN : (minuteOf(to) ?? DAY_MIN),
      })),
  );

/** Windows with the same times together, in the order of the week. */
export const rowsFrom = (windows: readonly WeeklyWindow[]): PlanRow[] => {
  const rows = new Map<string, PlanRow>();
  for (const { weekday, fromMinute, toMinute } of windows.toSorted((a, b) => a.weekday - b.weekday)) {
    const [from, to] = [timeOfDay(fromMinute), timeOfDay(toMinute)];
    const before = rows.get(`${from} ${to}`)?.days ?? [];
    rows.set(`${from} ${to}`, { days: [...before, weekday], from, to });
  }
  return [...rows.values()];
};
