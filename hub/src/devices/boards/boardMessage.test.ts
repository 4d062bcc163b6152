import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBoardClocks, readBoardAlarm, readStamp } from './boardMessage.ts';

const stamp = (upMs: number, boot = 'b1', seq = 0) => ({ boot, seq, upMs });

describe('an alarm message', () => {
  const good = { boot: 'b1', seq: 1, upMs: 5, entity: 'smoke', value: 'ON' };

  it.each<[what: string, change: object, value: unknown]>([
    ['ON', {}, true],
    ['OFF', { value: 'OFF' }, false],
    ['a number', { value: 17.5 }, 17.5],
    ['a boot number', { boot: 7 }, true],
    ['more than we know', { fw: '1.0', __proto__: null }, true],
  ])('may say %s', (_what, change, value) => {
    expect(readBoardAlarm({ ...good, ...change })).toMatchObject({ ok: true, value: { value } });
  });

  it.each<[what: string, json: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', [good]],
    ['a text', 'ON'],
    ['no boot', { ...good, boot: undefined }],
    ['an empty boot', { ...good, boot: '' }],
    ['a boot of 65 characters', { ...good, boot: 'x'.repeat(65) }],
    ['half a number', { ...good, seq: 0.5 }],
    ['a number below zero', { ...good, seq: -1 }],
    ['a number that no number can count', { ...good, seq: 2 ** 53 }],
    ['an infinite age', { ...good, upMs: Number.POSITIVE_INFINITY }],
    ['a negative age', { ...good, upMs: -1 }],
    ['no entity', { ...good, entity: '' }],
    ['an entity of 65 characters', { ...good, entity: 'x'.repeat(65) }],
    ['a small on', { ...good, value: 'on' }],
    ['a truth', { ...good, value: true }],
    ['not a number', { ...good, value: Number.NaN }],
    ['an infinite value', { ...good, value: Number.POSITIVE_INFINITY }],
  ])('may not be or have %s', (_what, json) => {
    expect(readBoardAlarm(json)).toEqual({ ok: false, reason: 'not-an-alarm-message' });
  });

  it('is read from any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        readBoardAlarm(json);
        readStamp(json);
      }),
    );
  });
});

it('a state without a full stamp has none', () => {
  expect(readStamp({ boot: 'b', seq: 1, upMs: 2, o2: 20.9 })).toEqual({ boot: 'b', seq: 1, upMs: 2 });
  expect(readStamp({ boot: 'b', seq: 1 })).toBeNull();
  expect(readStamp(5)).toBeNull();
});

describe('how old a message is', () => {
  it('is told by the board’s own clock', () => {
    const clocks = createBoardClocks();
    expect(clocks.ageOf('d', stamp(1_000), 500_000)).toBe(0);
    expect(clocks.ageOf('d', stamp(2_000), 561_000)).toBe(60_000);
    expect(clocks.ageOf('d', stamp(2_000), 561_001)).toBeGreaterThan(59_900);
  });

  it('is counted from the fastest message, even when a slow one came first', () => {
    const clocks = createBoardClocks();
    expect(clocks.ageOf('d', stamp(0), 90_000)).toBe(0);
    expect(clocks.ageOf('d', stamp(10_000), 10_000)).toBe(0);
    expect(clocks.ageOf('d', stamp(0), 90_000)).toBe(90_000);
  });

  it('is not known for the first message of a boot, and boards do not share a clock', () => {
    const clocks = createBoardClocks();
    clocks.ageOf('d', stamp(0), 0);
    expect(clocks.ageOf('d', stamp(0, 'b2'), 99_000)).toBe(0);
    expect(clocks.ageOf('e', stamp(0), 99_000)).toBe(0);
  });

  it('is never below zero and never not a number', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('a', 'b'))), (messages) => {
        const clocks = createBoardClocks();
        for (const [upMs, now, boot] of messages)
          expect(clocks.ageOf('d', stamp(upMs, boot), now)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a state message is overtaken', () => {
  it('when a newer one of the same boot came before it', () => {
    const clocks = createBoardClocks();
    expect(clocks.isOvertaken('d', stamp(100), 0)).toBe(false);
    expect(clocks.isOvertaken('d', stamp(99), 1)).toBe(true);
    expect(clocks.isOvertaken('d', stamp(100), 2)).toBe(false);
    expect(clocks.isOvertaken('e', stamp(99), 3)).toBe(false);
  });

  it('never by one of another boot', () => {
    const clocks = createBoardClocks();
    clocks.isOvertaken('d', stamp(1e9), 0);
    expect(clocks.isOvertaken('d', stamp(5, 'b2'), 1)).toBe(false);
  });

  it('never by an alarm message, which may wait for its answer longer than a state', () => {
    const clocks = createBoardClocks();
    clocks.ageOf('d', stamp(500), 0);
    expect(clocks.isOvertaken('d', stamp(400), 1)).toBe(false);
  });
});

describe('a clock that goes wrong', () => {
  it('by 50 ppm makes nothing late within a year', () => {
    const clocks = createBoardClocks();
    let age = 0;
    for (let now = 0; now < 365 * 86_400_000; now += 600_000) {
      age = Math.max(age, clocks.ageOf('n', stamp(now * (1 - 50e-6)), now));
    }
    expect(age).toBeLessThan(1_000);
  });
  it('that begins anew after 49.7 days is heard on', () => {
    const clocks = createBoardClocks();
    expect(clocks.isOvertaken('n', stamp(2 ** 32 - 10), 1_000)).toBe(false);
    expect(clocks.isOvertaken('n', stamp(5), 1_020)).toBe(false);
    expect(clocks.isOvertaken('n', stamp(4), 1_030)).toBe(true);
  });
});
