/** Where the page of an alarm stands. */
export const alarmPath = (alarmId: string): string => `/alarms/${encodeURIComponent(alarmId)}`;
/** All that is known of what happened around it. */
export const incidentPath = (alarmId: string): string => `${alarmPath(alarmId)}/incident`;
