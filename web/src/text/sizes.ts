import { isolate } from './numbers.ts';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;
const KILO = 1_000;

/** A size on a disk as people read it: "65 MB". Never turned round. */
export const sizeText = (bytes: number): string => {
  const place = bytes < KILO ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const size = bytes / KILO ** place;
  const digits = size < 10 && place > 0 ? 1 : 0;
  const figure = new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(size);
  return isolate(`${figure}\u00a0${UNITS[place]}`);
};

/** A count as people read it: "2,592,000". */
export const countText = (count: number): string => isolate(new Intl.NumberFormat('en').format(count));
