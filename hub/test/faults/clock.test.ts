import { afterEach, expect, test } from 'vitest';
import { ClockedHouse, Machine, OXYGEN_NODE, oxygenReading } from './clockStory.ts';

const YEAR_MS = 365.25 * 86_400_000;
/** Source: safety.md F-05. */
const TOLERANCE_MS = 100;
/** On-delay of oxygen below 19.5 %, and the announced silence of the node. */
const ON_DELAY_MS = 10_000;
const EXPIRE_MS = 90_000;

let house: ClockedHouse | null = null;

afterEach(() => {
  house?.remove();
  house = null;
});

function prepare(machine = new Machine()): ClockedHouse {
  house = new ClockedHouse(machine);
  house.dispatch({ type: 'brokerFound' });
  house.dispatch(OXYGEN_NODE);
  house.dispatch(oxygenReading(20.9));
  house.pass(1_000);
  return house;
}

function expectNear(times: readonly number[], wanted: number): void {
  expect(times).toHaveLength(1);
  expect(Math.abs((times[0] ?? Number.NaN) - wanted)).toBeLessThanOrEqual(TOLERANCE_MS);
}

const JUMPS: readonly (readonly [string, (wall: number) => number])[] = [
  ['ten years ahead', (wall) => wall + 10 * YEAR_MS],
  ['ten years back', (wall) => wall - 10 * YEAR_MS],
  ['one second back', (wall) => wall - 1_000],
  ['a leap second', (wall) => wall + 1_000],
  ['1970', () => 0],
];

test.each(JUMPS)('F-05 a wall clock that jumps (%s) moves no deadline', (_, jump) => {
  const { machine } = prepare();
  const at = house?.now ?? Number.NaN;
  house?.dispatch(oxygenReading(19.0));
  house?.pass(4_000);
  machine.wallMs = jump(machine.wallMs);
  house?.pass(20_000);
  expectNear(house?.timesOf('alarmRaised') ?? [], at + ON_DELAY_MS);
  house?.pass(120_000);
  expectNear(house?.timesOf('entityLost') ?? [], at + EXPIRE_MS);
  expect(house?.faults).toEqual([]);
});

test.each(JUMPS)(
  'F-05 a wall clock that jumps (%s) while the program restarts moves no deadline',
  (_, jump) => {
    const prepared = prepare();
    const at = prepared.now;
    prepared.dispatch(oxygenReading(19.0));
    prepared.pass(4_000);
    prepared.restart((machine) => {
      machine.pass(2_000);
      machine.restartProgram();
      machine.wallMs = jump(machine.wallMs);
    });
    prepared.pass(20_000);
    expectNear(prepared.timesOf('alarmRaised'), at + ON_DELAY_MS);
  },
);

test('F-05 a deadline that passed while the program was away is due at once', () => {
  const prepared = prepare();
  prepared.dispatch(oxygenReading(19.0));
  prepared.pass(4_000);
  prepared.restart((machine) => {
    machine.pass(60_000);
    machine.restartProgram();
  });
  const at = prepared.now;
  prepared.pass(100);
  expectNear(prepared.timesOf('alarmRaised'), at);
});

test('F-05 after a power cut without a clock (1970) house time goes on from where it was last saved', () => {
  const prepared = prepare();
  const at = prepared.now;
  prepared.dispatch(oxygenReading(19.0));
  prepared.pass(4_000);
  prepared.restart((machine) => machine.cutPower(3_600_000, 0));
  expect(prepared.now).toBeGreaterThanOrEqual(at);
  prepared.pass(20_000);
  expectNear(prepared.timesOf('alarmRaised'), at + ON_DELAY_MS);
  // The network sets the clock later: that moves nothing either.
  const before = prepared.now;
  prepared.machine.wallMs = Date.UTC(2027, 0, 1);
  expect(prepared.now).toBe(before);
});

test('F-05 the journal keeps its order and house time never runs backwards, whatever the wall clock does', () => {
  const prepared = prepare();
  for (let nth = 0; nth < 40; nth++) {
    prepared.dispatch(oxygenReading(nth % 2 === 0 ? 17 : 20.9));
    prepared.dispatch(oxygenReading(nth % 2 === 0 ? 17 : 20.9));
    prepared.machine.wallMs += (nth % 3 === 0 ? -1 : 1) * nth * 86_400_000;
    prepared.pass(200_000);
  }
  const rows = prepared.rows();
  expect(rows.length).toBeGreaterThan(20);
  for (const [nth, row] of rows.entries()) {
    const before = rows[nth - 1];
    if (before !== undefined) expect(row.mono).toBeGreaterThanOrEqual(before.mono);
  }
  expect(prepared.faults).toEqual([]);
});
