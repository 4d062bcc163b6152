import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, houseWith, ofType, oxygen, play, smoke } from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import { getRow } from '../../house/table.ts';
import { reduceDevices } from '../devices.ts';
import { isRestarting, KEPT_STARTS, SEEN_MESSAGES } from './boards.ts';

const HOUR = 3_600_000;
const house = houseWith({ hall: [smoke(), oxygen()], other: [smoke()] });

type Heard = Extract<Fact, { type: 'boardAlarmHeard' }>;
const heard = (seq: number, boot = 'b1', more: Partial<Heard> = {}): Heard => ({
  type: 'boardAlarmHeard',
  deviceId: 'hall',
  entityId: 'hall.smoke',
  boot,
  seq,
  value: true,
  ageMs: 0,
  ...more,
});
const started = (boot: string, deviceId = 'hall'): Fact => ({ type: 'boardStarted', deviceId, boot });

describe('an alarm message', () => {
  it('is taken once, is a reading, and is answered', () => {
    const { facts, effects } = play(house, [[1, heard(5, 'b1', { ageMs: 61_000 })]]);
    expect(ofType(facts, 'boardAlarmTaken')).toEqual([
      { ...heard(5, 'b1', { ageMs: 61_000 }), type: 'boardAlarmTaken' },
    ]);
    expect(ofType(facts, 'reading')).toMatchObject([
      { entityId: 'hall.smoke', value: true, ageMs: 61_000, retained: false },
    ]);
    expect(ofType(facts, 'alarmRaised')).toHaveLength(1);
    expect(effects).toEqual([{ do: 'answerBoard', deviceId: 'hall', boot: 'b1', seq: 5 }]);
  });

  it('is answered each time it is repeated, and changes nothing more', () => {
    const once = play(house, [[1, heard(5)]]).house;
    const again = reduceDevices(once.devices, heard(5), at(2));
    expect(again).toEqual({
      state: once.devices,
      effects: [{ do: 'answerBoard', deviceId: 'hall', boot: 'b1', seq: 5 }],
    });
    expect(again.state).toBe(once.devices);
  });

  it('about another device’s entity is not taken and not answered', () => {
    for (const wrong of [
      heard(1, 'b', { entityId: 'other.smoke' }),
      heard(1, 'b', { entityId: 'hall.none' }),
    ]) {
      expect(reduceDevices(house.devices, wrong, at(1))).toEqual({ state: house.devices });
    }
  });

  it('is taken out of order too', () => {
    const { facts } = play(house, [
      [1, heard(7)],
      [2, heard(5)],
      [3, heard(6)],
    ]);
    expect(ofType(facts, 'boardAlarmTaken').map(({ seq }) => seq)).toEqual([7, 5, 6]);
  });

  it('that says "off" and was overtaken ends no alarm: smoke is there still', () => {
    const { facts, house: after } = play(house, [
      [1, heard(6)],
      [2, heard(5, 'b1', { value: false })],
    ]);
    expect(ofType(facts, 'boardAlarmTaken')).toHaveLength(2);
    expect(ofType(facts, 'alarmCleared')).toEqual([]);
    expect(getRow(after.devices.live, 'hall.smoke')).toMatchObject({ value: true });
  });

  it('that says "on" alarms even when it was overtaken', () => {
    const { facts } = play(house, [
      [1, heard(6, 'b1', { value: false })],
      [2, heard(5)],
    ]);
    expect(ofType(facts, 'alarmRaised')).toHaveLength(1);
  });

  it('of a number that was overtaken is taken: one reading clears nothing', () => {
    const o2 = (seq: number, value: number) => heard(seq, 'b1', { entityId: 'hall.o2', value });
    const { facts } = play(house, [
      [1, o2(2, 17)],
      [2, o2(3, 17)],
      [3, o2(1, 20.9)],
    ]);
    expect(ofType(facts, 'alarmRaised')).toHaveLength(1);
    expect(ofType(facts, 'alarmCleared')).toEqual([]);
  });

  it('with the number of an earlier one is a new one after a new boot', () => {
    const { facts } = play(house, [
      [1, heard(5)],
      [2, started('b2')],
      [3, heard(5, 'b2')],
    ]);
    expect(ofType(facts, 'boardAlarmTaken').map(({ boot }) => boot)).toEqual(['b1', 'b2']);
  });

  it('older than all that are remembered is a double', () => {
    const many = Array.from({ length: SEEN_MESSAGES }, (_, n) => [n, heard(100 + n)] as const);
    const { house: full } = play(house, many);
    expect(getRow(full.devices.boards, 'hall')?.seen).toHaveLength(64);
    expect(play(full, [[99, heard(99)]]).facts).toHaveLength(1);
    expect(ofType(play(full, [[99, heard(164)]]).facts, 'boardAlarmTaken')).toHaveLength(1);
  });

  it('is taken exactly once however it is doubled and shuffled, over two boots', () => {
    const messages = [1, 2, 3, 4, 5].flatMap((seq) => [heard(seq, 'b1'), heard(seq, 'b2')]);
    const shuffled = fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length });
    fc.assert(
      fc.property(shuffled, (order) => {
        const { facts, effects } = play(
          house,
          order.map((fact, n) => [n, fact] as const),
        );
        const taken = ofType(facts, 'boardAlarmTaken').map(({ boot, seq }) => `${boot} ${seq}`);
        expect(new Set(taken).size).toBe(taken.length);
        expect(new Set(taken)).toEqual(new Set(order.map(({ boot, seq }) => `${boot} ${seq}`)));
        expect(effects.filter((effect) => effect.do === 'answerBoard')).toHaveLength(order.length);
      }),
    );
  });
});

describe('starts of a board', () => {
  const starting = (times: number, every: number) =>
    play(
      house,
      Array.from({ length: times + 1 }, (_, n) => [n * every, started(`b${n}`)] as const),
    );

  it.each([
    [0, false],
    [3, false],
    [4, true],
    [50, true],
  ])('%d restarts within an hour are a boot loop: %s', (times, isLoop) => {
    const { house: after } = starting(times, 2_000);
    expect(isRestarting(after.devices, 'hall', times * 2_000)).toBe(isLoop);
    expect(isRestarting(after.devices, 'other', times * 2_000)).toBe(false);
  });

  it('are forgiven after an hour, to the millisecond', () => {
    const { house: after } = starting(4, 1_000);
    expect(isRestarting(after.devices, 'hall', 1_000 + HOUR - 1)).toBe(true);
    expect(isRestarting(after.devices, 'hall', 1_000 + HOUR)).toBe(false);
  });

  it('do not fill the memory', () => {
    const log = getRow(starting(500, 2_000).house.devices.boards, 'hall');
    expect(log?.starts).toHaveLength(KEPT_STARTS);
  });

  it('with the same boot id, or of nobody we know, are none', () => {
    const { devices } = play(house, [[1, started('b1')]]).house;
    expect(reduceDevices(devices, started('b1'), at(2)).state).toBe(devices);
    expect(reduceDevices(devices, started('b1', 'nobody'), at(2)).state).toBe(devices);
  });

  it('are no alarm storm: a boot loop that alarms in each run is one alarm (F-14)', () => {
    const loop = Array.from({ length: 100 }, (_, n) => [
      [n * 2_000, started(`b${n}`)] as const,
      [n * 2_000 + 1, heard(0, `b${n}`)] as const,
    ]).flat();
    const { facts, house: after } = play(house, loop);
    const raised = ofType(facts, 'alarmRaised');
    // Its restarts, and that its oxygen was never heard, are troubles of their own.
    expect(raised.map(({ kind, entityId }) => `${kind} ${entityId}`)).toEqual([
      'smoke hall.smoke',
      'trouble hall.smoke',
      'trouble hall.o2',
    ]);
    expect(after.alarms.rows.size).toBe(3);
    expect(getRow(after.devices.boards, 'hall')?.seen.length).toBeLessThanOrEqual(SEEN_MESSAGES);
  });
});
