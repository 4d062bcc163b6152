/** Where the page of a device stands. */
export const devicePath = (deviceId: string): string => `/devices/${encodeURIComponent(deviceId)}`;
