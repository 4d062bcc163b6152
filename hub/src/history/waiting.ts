import type { Millis } from '../shared/time.ts';
import { ENDED } from './chartColumns.ts';
import { WAITING_ROWS } from './limits.ts';
import type { Batch, SlotName } from './messages.ts';

type Slot = { readonly slot: number; readonly unit: string; readonly states: boolean };

/** Columns begin with room for so many readings. */
const FIRST_ROOM = 256;

/**
 * Readings that wait to be written, in columns: taking one in makes nothing new, so that a thousand a second cost next
 * to nothing where alarms are settled.
 */
export function createWaiting() {
  const slots = new Map<string, Slot>();
  const names: SlotName[] = [];
  /** Entities that were lost and said nothing since. */
  const ended = new Set<string>();
  let count = 0;
  let seq = 0;
  let numbers = new Uint32Array(FIRST_ROOM);
  let times = new Float64Array(FIRST_ROOM);
  let values = new Float64Array(FIRST_ROOM);

  /** An entity whose unit changed, or that became on and off, is another series from then on. */
  function slotOf(entity: string, unit: string, states: boolean): number {
    const known = slots.get(entity);
    if (known !== undefined && known.unit === unit && known.states === states) return known.slot;
    const slot = names.length;
    names.push({ slot, entity, unit, states });
    slots.set(entity, { slot, unit, states });
    return slot;
  }

  function grow(): void {
    const room = Math.min(2 * numbers.length, WAITING_ROWS);
    const [oldNumbers, oldTimes, oldValues] = [numbers, times, values];
    numbers = new Uint32Array(room);
    numbers.set(oldNumbers);
    times = new Float64Array(room);
    times.set(oldTimes);
    values = new Float64Array(room);
    values.set(oldValues);
  }

  /** Answers false: there is no room. */
  function put(slot: number, value: number, utc: Millis): boolean {
    if (count === WAITING_ROWS) return false;
    if (count === numbers.length) grow();
    numbers[count] = slot;
    times[count] = utc;
    values[count] = value;
    count += 1;
    return true;
  }

  return {
    size: (): number => count,
    /** Every series since the start, in the order of their numbers. */
    names: (from: number): readonly SlotName[] => names.slice(from),
    /**
     * Takes in one reading.
     * @returns false: there is no room
     */
    add(entity: string, value: number | boolean, unit: string | null, utc: Millis): boolean {
      ended.delete(entity);
      return put(slotOf(entity, unit ?? '', typeof value === 'boolean'), Number(value), utc);
    },
    /** From then on it is not known whether it is on or off. Answers false: there is no room. */
    end(entity: string, utc: Millis): boolean {
      const known = slots.get(entity);
      if (known?.states !== true || ended.has(entity)) return true;
      ended.add(entity);
      return put(known.slot, ENDED, utc);
    },
    /** What was on or off when it ended is so again, though nothing was heard. Answers false: there is no room. */
    resume(entity: string, value: boolean, utc: Millis): boolean {
      const known = slots.get(entity);
      return known === undefined || !ended.delete(entity) || put(known.slot, Number(value), utc);
    },
    /** All that waits, as the next batch; null: nothing does. */
    cut(): Batch | null {
      if (count === 0) return null;
      seq += 1;
      const batch = {
        seq,
        slots: numbers.slice(0, count),
        times: times.slice(0, count),
        values: values.slice(0, count),
      };
      count = 0;
      if (numbers.length > 64 * FIRST_ROOM) {
        // A disk that was slow once need not cost memory for good.
        numbers = new Uint32Array(FIRST_ROOM);
        times = new Float64Array(FIRST_ROOM);
        values = new Float64Array(FIRST_ROOM);
      }
      return batch;
    },
  };
}
