import { describe, expect, it } from 'vitest';
import { ofType } from '../../../test/builders.ts';
import { createWiredHub } from '../../../test/wiredHub.ts';
import { getRow } from '../../house/table.ts';
import { doubtOf } from './doubt.ts';

const CO = { dev_cla: 'carbon_monoxide', unit_of_meas: 'ppm', name: 'CO' };
const WARMTH = { dev_cla: 'temperature', unit_of_meas: '°F', name: 'Warmth' };

/** A paired board with one sensor that announced that, and what its values make. */
function boardWith(sensor: object) {
  const hub = createWiredHub();
  let mono = 0;
  hub.start();
  hub.dispatch({ type: 'brokerFound' });
  hub.dispatch({ type: 'devicePaired', deviceId: 'board', name: 'Board', kind: 'board' });
  const part = { p: 'sensor', stat_t: 'homeward/board/s', uniq_id: 'a', ...sensor };
  hub.hear('homeassistant/device/board/config', {
    dev: { ids: ['board'], name: 'Board' },
    o: { name: 'homeward' },
    cmps: { s: part },
  });
  return {
    hub,
    says(...values: readonly number[]): void {
      for (const value of values) {
        mono += 10_000;
        hub.passTo(mono);
        hub.hear('homeward/board/s', String(value));
      }
    },
    doubt: () => doubtOf(hub.house().health, 'board.s'),
    state: () => getRow(hub.house().health.health, 'board.s')?.findings.range?.state ?? 'ok',
    told: () =>
      ofType(hub.facts, 'limitCrossed').map(({ kind, level, cause }) => `${kind} ${level} ${cause}`),
    troubles: () => ofType(hub.facts, 'troubleBegan').map(({ cause, level }) => `${cause} ${level}`),
  };
}

describe('§3.2 ADC rail: a value at an end of its converter', () => {
  const pinned = { ...CO, hw_min: -2, hw_max: 1_000 };

  it('is suspect once and a fault three times, at either end', () => {
    for (const rail of [-2, 1_000, 1_001]) {
      const board = boardWith(pinned);
      board.says(0, rail);
      expect([rail, board.state(), board.doubt()]).toEqual([rail, 'suspect', 'suspect']);
      board.says(rail);
      expect(board.state()).toBe('suspect');
      board.says(rail);
      expect([board.state(), board.troubles()]).toEqual(['fault', ['range warning']]);
    }
  });

  it('AIR-2 warns at once at the dangerous end, and alarms when the next is there too', () => {
    const board = boardWith(pinned);
    board.says(0, 1_000);
    expect(board.told()).toEqual(['co warning unverified']);
    board.says(1_000);
    expect(board.told()).toEqual(['co warning unverified', 'co alarm unverified']);
  });

  it('at the other end says nothing of the air: it raises nothing, and clears nothing', () => {
    const low = boardWith(pinned);
    low.says(0, -2, -2, -2);
    expect(low.told()).toEqual([]);
    const board = boardWith(pinned);
    board.says(0, 1_000, 1_000);
    board.says(...Array.from({ length: 60 }, () => -2));
    expect(ofType(board.hub.facts, 'limitCleared')).toEqual([]);
    board.says(...Array.from({ length: 60 }, () => 0));
    expect(ofType(board.hub.facts, 'limitCleared')).toHaveLength(1);
  });

  it('within them is a value like any other', () => {
    const board = boardWith(pinned);
    board.says(0, -1.9, 999.9);
    expect([board.state(), board.told().at(-1)]).toEqual(['ok', 'co critical limit']);
  });

  it('is told in the unit that the sensor announced', () => {
    const board = boardWith({ ...WARMTH, hw_min: -40, hw_max: '257' });
    board.says(70, -40);
    expect(board.state()).toBe('suspect');
    const hot = boardWith({ ...WARMTH, hw_max: 150 });
    hot.says(70, 149, 150);
    expect(hot.state()).toBe('suspect');
  });

  it('is heard in an alarm message too', () => {
    const board = boardWith(pinned);
    board.says(0);
    board.hub.hear('homeward/board/alarm', { boot: 'b', seq: 1, upMs: 1, entity: 's', value: 1_000 });
    expect([board.state(), board.told()]).toEqual(['suspect', ['co warning unverified']]);
  });

  it.each<[what: string, ends: object]>([
    ['none', {}],
    ['no numbers', { hw_min: 'low', hw_max: null }],
    ['none that are finite', { hw_min: '-1e400', hw_max: '1e400' }],
    ['ends that are none', { hw_min: 1_000, hw_max: -2 }],
  ])('of a sensor that announced %s cannot be known', (_, ends) => {
    const board = boardWith({ ...CO, ...ends });
    board.says(0, 1_000, 1_000, 1_000);
    expect([board.state(), board.told()]).toEqual(['ok', ['co critical limit']]);
  });
});
