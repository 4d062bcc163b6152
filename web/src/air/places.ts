/** Where the pages of the air stand. */
export const AIR = '/air';
export const HEALTH = '/air/health';
export const LIMITS = '/air/limits';
export const roomPath = (roomId: string): string => `/air/rooms/${encodeURIComponent(roomId)}`;
export const sensorPath = (entityId: string): string => `/air/sensors/${encodeURIComponent(entityId)}`;
export const calibratePath = (entityId: string): string => `${sensorPath(entityId)}/calibrate`;
