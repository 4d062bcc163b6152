import { describe, expect, it } from 'vitest';
import { configOf, faultOf, listen, sent } from '../../../test/announcedConfig.ts';
import type { Command } from '../command.ts';
import { answers, assumedBy, controlOf } from '../platform.ts';

const BY_POSITION = { reports_position: true };

describe('a valve tells', () => {
  it.each<[object, string, unknown]>([
    [{}, 'open', { value: true, attributes: { moving: null } }],
    [{}, 'closed', { value: false, attributes: { moving: null } }],
    [{}, 'closing', { value: true, attributes: { moving: 'closing' } }],
    [{}, '{"state":"closed"}', { value: false, attributes: { moving: null } }],
    [{}, '{"position":1}', 'drop unknown-state'],
    [{}, '50', 'drop unknown-state'],
    [{}, 'None', { value: null, attributes: { moving: null } }],
    [BY_POSITION, '50', { value: true, attributes: { position: 50 } }],
    [BY_POSITION, '0', { value: false, attributes: { position: 0, moving: null } }],
    [BY_POSITION, '100', { value: true, attributes: { position: 100, moving: null } }],
    [BY_POSITION, 'opening', { attributes: { moving: 'opening' } }],
    [
      BY_POSITION,
      '{"state":"opening","position":10}',
      { value: true, attributes: { position: 10, moving: 'opening' } },
    ],
    [BY_POSITION, '{"position":10}', { value: true, attributes: { position: 10 } }],
    [BY_POSITION, 'None', { value: null, attributes: { position: null, moving: null } }],
    [BY_POSITION, 'open', 'drop not-a-number'],
    [BY_POSITION, '{"position":"x"}', 'drop not-a-number'],
    [BY_POSITION, '{"position":1', 'drop not-json'],
    [
      { ...BY_POSITION, position_open: 10, position_closed: 60 },
      '35',
      { value: true, attributes: { position: 50 } },
    ],
  ])('%j: %s', (options, payload, expected) => {
    expect(listen('valve', options)('s', payload)).toEqual(expected);
  });
});

describe('a valve is told', () => {
  it.each<[object, Command, unknown]>([
    [{}, { do: 'open' }, ['c OPEN']],
    [{}, { do: 'close' }, ['c CLOSE']],
    [{}, { do: 'stop' }, 'refused not-offered'],
    [{ payload_stop: 'HALT' }, { do: 'stop' }, ['c HALT']],
    [{}, { position: 10 }, 'refused not-offered'],
    [BY_POSITION, { position: 10 }, ['c 10']],
    [BY_POSITION, { do: 'open' }, ['c 100']],
    [BY_POSITION, { do: 'close' }, ['c 0']],
    [{ ...BY_POSITION, position_open: 60, position_closed: 10 }, { do: 'close' }, ['c 10']],
    [
      { ...BY_POSITION, position_open: 60, command_template: '{"x": "{{ position }}/{{ value }}"}' },
      { position: 50 },
      ['c {"x": "50/30"}'],
    ],
    [{ command_template: '{"v":"{{ value }}"}' }, { do: 'close' }, ['c {"v":"CLOSE"}']],
    [{ command_topic: null }, { do: 'close' }, 'refused no-command'],
  ])('%j to %j', (options, command, expected) => {
    expect(sent('valve', options, command)).toEqual(expected);
  });

  it('what it offers', () => {
    const offered = (options: object) => controlOf(configOf('valve', options));
    expect(offered({})).toEqual({ is: 'valve', moves: true, stops: false, position: false, tilt: false });
    expect(offered(BY_POSITION)).toMatchObject({ moves: true, position: true });
    expect(offered({ payload_close: null })).toBeNull();
  });

  it('and answers by what it is, or how it moves', () => {
    const config = configOf('valve', {});
    expect(answers(config, { do: 'close' }, { value: false, attributes: {} })).toBe(true);
    expect(answers(config, { do: 'close' }, { value: true, attributes: {} })).toBe(false);
    expect(assumedBy(config, { do: 'close' })).toBeNull();
    expect(assumedBy(configOf('valve', { state_topic: null }), { do: 'close' })).toMatchObject({
      value: false,
    });
  });
});

it('words of a valve that reports its position make Home Assistant refuse it', () => {
  expect(faultOf('valve', { ...BY_POSITION, state_topic: 's', payload_open: 'O' })).toBe(
    'refused bad-option: payload_open',
  );
});
