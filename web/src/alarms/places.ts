/** Where the page of an alarm stands. */
export const alarmPath = (alarmId: string): string => `/alarms/${encodeURIComponent(alarmId)}`;
