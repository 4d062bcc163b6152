import { getRow, rowsOf } from '../../src/house/table.ts';
import { announcementOf, CO, OXYGEN, SMOKE } from '../testBoard.ts';
import type { MemoryHouse } from './memoryHouse.ts';

export const VICTIM = 'victim';
export const PARTS = { smoke: SMOKE, co: CO, oxygen: OXYGEN };

/** A paired board whose values are known and which the offender must not touch. */
export function settle(house: MemoryHouse) {
  house.dispatch({ type: 'brokerFound' });
  house.dispatch({ type: 'devicePaired', deviceId: VICTIM, name: 'Victim', kind: 'board' });
  house.hear(
    `homeassistant/device/${VICTIM}/config`,
    JSON.stringify(announcementOf({ id: VICTIM, parts: PARTS })),
  );
  house.hear(`homeward/${VICTIM}/availability`, 'online');
  house.hear(`homeward/${VICTIM}/state`, '{"boot":"v","seq":1,"upMs":1,"smoke":"OFF","co":4,"oxygen":20.9}');
  return looksOf(house);
}

/** The victim's rows: immutable, so the same row means that nothing touched it. */
function looksOf(house: MemoryHouse): readonly unknown[] {
  const { devices } = house.read();
  const ids = Object.keys(PARTS).map((part) => `${VICTIM}.${part}`);
  return [
    getRow(devices.devices, VICTIM),
    getRow(devices.boards, VICTIM),
    getRow(devices.entitiesOf, VICTIM),
    ...ids.flatMap((id) => [getRow(devices.entities, id), getRow(devices.live, id)]),
  ];
}

/** What must not have happened since: a rule that failed, the victim touched, a prototype changed. */
export function wrongs(house: MemoryHouse, before: readonly unknown[], prototypes: string): string[] {
  const found = house.faults.splice(0).map(({ what, error }) => `a rule failed at ${what}: ${String(error)}`);
  const now = looksOf(house);
  if (before.some((row, at) => row !== now[at] || row === undefined)) found.push('the victim was touched');
  for (const [, alarm] of rowsOf(house.read().alarms.rows)) {
    if (alarm.entityId.startsWith(`${VICTIM}.`))
      found.push(`the victim alarms: ${alarm.kind}, ${alarm.cause}`);
  }
  if (prototypeKeys() !== prototypes) found.push('a prototype was changed');
  return found;
}

export const prototypeKeys = (): string =>
  [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).join())
    .join(';');
