import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf, faultOf, listen, sent } from '../../../test/announcedConfig.ts';
import type { Command } from '../command.ts';
import { answers, assumedBy, commandTopicsOf, controlOf, inputsOf } from '../platform.ts';
import type { Known } from '../told.ts';
import { numberIn, percentIn } from './span.ts';

const POSITION = { position_topic: 'p', set_position_topic: 'sp' };
const INVERTED = { ...POSITION, position_open: 0, position_closed: 255 };
const TILT = { tilt_command_topic: 'tc', tilt_status_topic: 'ts', tilt_min: 0, tilt_max: 90 };
const NO_STATE = { state_topic: null };

describe('a cover tells', () => {
  it.each<[object, string, string, unknown]>([
    [{}, 's', 'open', { value: true, attributes: { moving: null } }],
    [{}, 's', 'closed', { value: false, attributes: { moving: null } }],
    // What moves is open in part, until it says that it is closed.
    [{}, 's', 'opening', { value: true, attributes: { moving: 'opening' } }],
    [{}, 's', 'closing', { value: true, attributes: { moving: 'closing' } }],
    [{}, 's', 'stopped', { attributes: { moving: null } }],
    [{}, 's', 'None', { value: null, attributes: { moving: null } }],
    [{}, 's', 'OPEN', 'drop unknown-state'],
    [{ state_closed: 'zu' }, 's', 'zu', { value: false, attributes: { moving: null } }],
    [{ ...POSITION, ...NO_STATE }, 'p', '0', { value: false, attributes: { position: 0 } }],
    [{ ...POSITION, ...NO_STATE }, 'p', '1', { value: true, attributes: { position: 1 } }],
    [{ ...POSITION, ...NO_STATE }, 'p', '140', { value: true, attributes: { position: 100 } }],
    [{ ...POSITION, ...NO_STATE }, 'p', 'None', { value: null, attributes: { position: null } }],
    [{ ...POSITION, ...NO_STATE }, 'p', 'half', 'drop not-a-number'],
    // Its words count where it has them.
    [POSITION, 'p', '50', { attributes: { position: 50 } }],
    [{ ...INVERTED, ...NO_STATE }, 'p', '255', { value: false, attributes: { position: 0 } }],
    [{ ...INVERTED, ...NO_STATE }, 'p', '0', { value: true, attributes: { position: 100 } }],
    [{ ...INVERTED, ...NO_STATE }, 'p', '128', { value: true, attributes: { position: 50 } }],
    [
      { ...POSITION, ...TILT },
      'p',
      '{"position":40,"tilt_position":45}',
      { attributes: { position: 40, tilt: 50 } },
    ],
    [POSITION, 'p', '{"tilt_position":45}', 'drop not-a-number'],
    [POSITION, 'p', '{"position":40', 'drop not-json'],
    [
      { ...POSITION, position_template: '{{ value_json.position }}' },
      'p',
      '{"position":7}',
      { attributes: { position: 7 } },
    ],
    [TILT, 'ts', '45', { attributes: { tilt: 50 } }],
    [TILT, 'ts', '', 'drop empty'],
    [
      { ...TILT, tilt_status_template: '{{ value_json.t }}' },
      'ts',
      '{"t":90}',
      { attributes: { tilt: 100 } },
    ],
  ])('%j on %s: %s', (options, topic, payload, expected) => {
    expect(listen('cover', options)(topic, payload)).toEqual(expected);
  });

  it('all at once what comes on one topic', () => {
    const options = {
      value_template: '{{ value_json.state }}',
      position_topic: 's',
      position_template: '{{ value_json.position }}',
      tilt_status_topic: 's',
      tilt_status_template: '{{ value_json.tilt }}',
      state_open: 'OPEN',
      state_closed: 'CLOSE',
    };
    expect(inputsOf(configOf('cover', options))).toEqual([{ topic: 's', part: 'state+position+tilt' }]);
    expect(listen('cover', options)('s', '{"state":"OPEN","position":30,"tilt":10}')).toEqual({
      value: true,
      attributes: { moving: null, position: 30, tilt: 10 },
    });
    expect(listen('cover', options)('s', '{"position":30}')).toEqual({ attributes: { position: 30 } });
  });
});

it('a cover that only says that it stopped is open or closed by its position, whichever comes first', () => {
  const hear = listen('cover', POSITION);
  expect(hear('s', 'stopped')).toEqual({ attributes: { moving: null } });
  expect(hear('p', '60')).toEqual({ value: true, attributes: { position: 60 } });
  expect(hear('s', 'closing')).toEqual({ value: true, attributes: { moving: 'closing' } });
  expect(hear('p', '0')).toEqual({ attributes: { position: 0 } });
  expect(hear('s', 'stopped')).toEqual({ value: false, attributes: { moving: null } });
});

describe('a cover is told', () => {
  it.each<[object, Command, unknown]>([
    [{}, { do: 'open' }, ['c OPEN']],
    [{}, { do: 'close' }, ['c CLOSE']],
    [{}, { do: 'stop' }, ['c STOP']],
    [{ payload_stop: null }, { do: 'stop' }, 'refused not-offered'],
    [{ payload_open: null }, { do: 'close' }, 'refused not-offered'],
    [{}, { position: 50 }, 'refused not-offered'],
    [POSITION, { position: 50 }, ['sp 50']],
    [INVERTED, { position: 0 }, ['sp 255']],
    [INVERTED, { position: 100 }, ['sp 0']],
    [
      {
        ...INVERTED,
        set_position_template: '{"p": {{ position }}, "raw": {{ value }}, "o": {{ position_open }} }',
      },
      { position: 50 },
      ['sp {"p": 50, "raw": 128, "o": 0 }'],
    ],
    [TILT, { tilt: 50 }, ['tc 45']],
    [{ ...TILT, tilt_command_template: '{{ tilt_position }}/{{ tilt_max }}' }, { tilt: 50 }, ['tc 50/90']],
    [{}, { on: true }, 'refused not-offered'],
  ])('%j to %j', (options, command, expected) => {
    expect(sent('cover', options, command)).toEqual(expected);
  });

  it('what it offers, and on no other topics', () => {
    const all = { ...POSITION, ...TILT };
    expect(controlOf(configOf('cover', all))).toEqual({
      is: 'cover',
      moves: true,
      stops: true,
      position: true,
      tilt: true,
    });
    expect(commandTopicsOf(configOf('cover', all))).toEqual(['c', 'sp', 'tc']);
    expect(controlOf(configOf('cover', { command_topic: null }))).toBeNull();
    expect(controlOf(configOf('cover', { command_topic: null, ...POSITION }))).toEqual({
      is: 'cover',
      moves: false,
      stops: false,
      position: true,
      tilt: false,
    });
  });

  it.each<[Command, Known, boolean]>([
    [{ do: 'open' }, { value: true, attributes: {} }, true],
    [{ do: 'open' }, { value: true, attributes: { moving: 'closing' } }, false],
    [{ do: 'open' }, { value: false, attributes: { moving: 'opening' } }, true],
    [{ do: 'close' }, { value: true, attributes: { moving: 'closing' } }, true],
    [{ do: 'close' }, { value: true, attributes: {} }, false],
    [{ do: 'close' }, { value: false, attributes: {} }, true],
    [{ do: 'stop' }, { value: true, attributes: { moving: 'opening' } }, false],
    [{ do: 'stop' }, { value: true, attributes: {} }, true],
    [{ position: 50 }, { value: true, attributes: { position: 48 } }, true],
    [{ position: 50 }, { value: true, attributes: { position: 40 } }, false],
    [{ position: 50 }, { value: true, attributes: { position: 40, moving: 'opening' } }, true],
    [{ tilt: 50 }, { value: true, attributes: { tilt: 50 } }, true],
    [{ tilt: 50 }, { value: true, attributes: {} }, false],
  ])('%j, telling %j: answered %s', (command, known, expected) => {
    expect(answers(configOf('cover', {}), command, known)).toBe(expected);
  });

  it('and believed only when it tells nothing', () => {
    expect(assumedBy(configOf('cover', {}), { do: 'open' })).toBeNull();
    expect(assumedBy(configOf('cover', { ...NO_STATE, ...POSITION }), { do: 'open' })).toBeNull();
    const mute = configOf('cover', NO_STATE);
    expect(assumedBy(mute, { do: 'open' })).toEqual({ value: true, attributes: { moving: null } });
    expect(assumedBy(mute, { do: 'close' })).toEqual({ value: false, attributes: { moving: null } });
    expect(assumedBy(mute, { do: 'stop' })).toEqual({ attributes: { moving: null } });
    expect(assumedBy(configOf('cover', { tilt_command_topic: 't' }), { tilt: 5 })).toEqual({
      attributes: { tilt: 5 },
    });
    const optimistic = configOf('cover', { ...POSITION, optimistic: true });
    expect(assumedBy(optimistic, { position: 0 })).toEqual({
      value: false,
      attributes: { position: 0, moving: null },
    });
  });
});

describe('a cover that Home Assistant refuses', () => {
  it.each([
    [{ set_position_topic: 'sp' }, 'set_position_topic'],
    [{ position_template: '{{ value }}' }, 'position_template'],
    [{ tilt_command_template: '{{ value }}' }, 'tilt_command_template'],
    [{ position_topic: 'p', position_open: 0 }, 'position_closed and position_open'],
    [{ position_topic: 'p', position_open: 'wide' }, 'position_open'],
  ])('is left out: %j', (options, option) => {
    expect(faultOf('cover', { command_topic: 'c', ...options })).toBe(`refused bad-option: ${option}`);
  });
});

it('every percentage comes back from the device as it was sent, on any span that is fine enough', () => {
  const ends = fc.tuple(
    fc.integer({ min: -70_000, max: 70_000 }),
    fc.integer({ min: 100, max: 70_000 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(ends, fc.integer({ min: 0, max: 100 }), ([from, width, isInverted], percent) => {
      const [closed, open] = isInverted ? [from + width, from] : [from, from + width];
      expect(percentIn({ closed, open }, numberIn({ closed, open }, percent))).toBe(percent);
    }),
  );
});
