import { describe, expect, it } from 'vitest';
import { met } from '../../test/alarmPlay.ts';
import { emptyHouse, houseWith, play, smoke, smokeReading } from '../../test/builders.ts';
import { type Alarm, AlarmFlood } from '../alarms/schema.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import { rowsOf } from './table.ts';
import { roomIdOf, verdictOfAlarm, viewAlarm, viewFlood } from './viewAlarm.ts';

const SMOKE = { kind: 'smoke', entityId: 'k.smoke' } as const;
const WHY = { roomId: 'unplaced', reason: 'painting', by: 'Ana' };
const viewsOf = (house: House): Alarm[] =>
  [...rowsOf(house.alarms.rows)].map(([, row]) => viewAlarm(house, row));

/** What the app sees of the one alarm after these facts, a second apart. */
function viewAfter(...facts: readonly Fact[]): Alarm {
  const { house } = play(
    houseWith({ k: [smoke()] }),
    facts.map((fact, n) => [n * 1_000, fact] as const),
  );
  const [view] = viewsOf(house);
  if (view === undefined) throw new Error('There is no alarm.');
  return view;
}

describe('how the app sees an alarm that was put aside', () => {
  it.each<[what: string, facts: Fact[], seen: Partial<Alarm>, verdict: ReturnType<typeof verdictOfAlarm>]>([
    ['told', [smokeReading('k.smoke', true)], { banner: false, mayHush: true }, 'alarm'],
    [
      'shelved while it holds',
      [smokeReading('k.smoke', true), { type: 'shelveAsked', ...SMOKE, ...WHY, minutes: 60 }],
      { state: 'shelved', banner: true, mayHush: false },
      'warning',
    ],
    [
      'shelved while it is normal',
      [{ type: 'shelveAsked', ...SMOKE, ...WHY, minutes: 60 }],
      { state: 'shelved', banner: true, active: false },
      'check',
    ],
    [
      'out of service',
      [{ type: 'takenOutAsked', ...SMOKE, ...WHY }],
      { state: 'outOfService', banner: true },
      'check',
    ],
    [
      'of comfort, out of service',
      [{ type: 'takenOutAsked', ...SMOKE, kind: 'humidity', ...WHY }],
      { state: 'outOfService', banner: false },
      'check',
    ],
  ])('%s', (_what, facts, seen, verdict) => {
    const view = viewAfter(...facts);
    expect(view).toMatchObject(seen);
    expect(verdictOfAlarm(view)).toBe(verdict);
  });
});

it('the first of several is marked, and each that follows names it', () => {
  const facts: Fact[] = [
    met('alarm', { ...SMOKE, value: true }),
    met('alarm', { kind: 'co', entityId: 'k.co', value: 80 }),
  ];
  const { house } = play(
    emptyHouse(),
    facts.map((fact, n) => [n, fact] as const),
  );
  const [fire, co] = ['smoke', 'co'].map((kind) => viewsOf(house).find((view) => view.kind === kind));
  expect(fire).toMatchObject({ firstOut: true });
  expect(fire?.firstOutId).toBeUndefined();
  expect(co).toMatchObject({ firstOut: false, firstOutId: fire?.id });
});

it('ALM-5: a flood is shown with the number of alarms that can wait, and without those that cannot', () => {
  const damp = Array.from({ length: 10 }, (_, n) =>
    met('advisory', { kind: 'humidity', entityId: `s${n}`, latching: false }),
  );
  const { house: before } = play(
    emptyHouse(),
    damp.map((fact, n) => [n, fact] as const),
  );
  expect(viewFlood(before)).toBeNull();
  const { house } = play(before, [[20, met('alarm', { ...SMOKE, value: true })]]);
  const flood = viewFlood(house);
  expect(AlarmFlood.parse(flood)).toEqual(flood);
  expect(flood?.merged).toBe(10);
  expect(viewsOf(house)).toHaveLength(11);
});

it('the room of an alarm is the room of its sensor; of what is not there, none', () => {
  const house = houseWith({ k: [smoke()] });
  expect(roomIdOf(house, 'k.smoke')).toBe('unplaced');
  expect(roomIdOf(house, 'nobody')).toBeNull();
});
