import { describe, expect, it } from 'vitest';
import { configOf, faultOf, listen, sent } from '../../../test/announcedConfig.ts';
import type { Command } from '../command.ts';
import { answers, assumedBy, controlOf } from '../platform.ts';
import type { Known } from '../told.ts';

const AT_REST = { moving: null, jammed: null, latch: null };

describe('a lock', () => {
  it.each<[object, string, unknown]>([
    [{}, 'LOCKED', { value: false, attributes: AT_REST }],
    [{}, 'UNLOCKED', { value: true, attributes: AT_REST }],
    [{}, 'OPEN', { value: true, attributes: { ...AT_REST, latch: 'open' } }],
    // Nobody knows where the bolt is while it moves, or is stuck.
    [{}, 'LOCKING', { attributes: { moving: 'locking', jammed: null } }],
    [{}, 'UNLOCKING', { attributes: { moving: 'unlocking', jammed: null } }],
    [{}, 'OPENING', { attributes: { moving: 'opening', jammed: null } }],
    [{}, 'JAMMED', { value: null, attributes: { moving: null, jammed: true } }],
    [{}, 'None', { value: null, attributes: AT_REST }],
    [{}, 'locked', 'drop unknown-state'],
    [{ state_locked: 'zu', state_jammed: 'klemmt' }, 'zu', { value: false, attributes: AT_REST }],
    [{ state_jammed: 'klemmt' }, 'JAMMED', 'drop unknown-state'],
    [
      { value_template: '{{ value_json.state }}' },
      '{"state":"LOCKED"}',
      { value: false, attributes: AT_REST },
    ],
  ])('%j told %s', (options, payload, expected) => {
    expect(listen('lock', options)('s', payload)).toEqual(expected);
  });

  it.each<[object, Command, unknown]>([
    [{}, { do: 'lock' }, ['c LOCK']],
    [{}, { do: 'unlock' }, ['c UNLOCK']],
    [{}, { do: 'open' }, 'refused not-offered'],
    [{}, { on: true }, 'refused not-offered'],
    [{}, { do: 'close' }, 'refused not-offered'],
    [{ payload_open: 'OPEN', payload_lock: 'zu' }, { do: 'open' }, ['c OPEN']],
    [{ payload_lock: 'zu"' }, { do: 'lock' }, ['c zu"']],
    [
      { command_template: "{{ {'action': value, 'code': code} | tojson }}" },
      { do: 'lock' },
      ['c {"action": "LOCK", "code": null}'],
    ],
  ])('%j asked to %j', (options, command, expected) => {
    expect(sent('lock', options, command)).toEqual(expected);
  });

  it('offers to open only where it can pull the latch', () => {
    expect(controlOf(configOf('lock', {}))).toEqual({ is: 'lock', opens: false });
    expect(controlOf(configOf('lock', { payload_open: 'OPEN' }))).toEqual({ is: 'lock', opens: true });
  });

  it.each<[Command, Known, boolean]>([
    [{ do: 'lock' }, { value: false, attributes: {} }, true],
    [{ do: 'lock' }, { value: true, attributes: {} }, false],
    [{ do: 'lock' }, { value: true, attributes: { moving: 'locking' } }, true],
    [{ do: 'lock' }, { value: null, attributes: { jammed: true } }, false],
    [{ do: 'unlock' }, { value: true, attributes: {} }, true],
    [{ do: 'unlock' }, { value: false, attributes: { moving: 'locking' } }, false],
    [{ do: 'open' }, { value: false, attributes: { moving: 'opening' } }, true],
  ])('asked to %j and telling %j: answered %s', (command, known, expected) => {
    expect(answers(configOf('lock', {}), command, known)).toBe(expected);
  });

  it('is taken for locked at once only when it never answers', () => {
    expect(assumedBy(configOf('lock', {}), { do: 'lock' })).toBeNull();
    expect(assumedBy(configOf('lock', { optimistic: true }), { do: 'lock' })).toEqual({ value: false });
    expect(assumedBy(configOf('lock', { state_topic: null }), { do: 'unlock' })).toEqual({ value: true });
  });

  it('keeps a hostile code format without compiling it', () => {
    const format = `(${'a+'.repeat(50)})+$`;
    expect(configOf('lock', { code_format: format }).settings).toMatchObject({ codeFormat: format });
    expect(faultOf('lock', { command_topic: 'c', code_format: '(((' })).toBeNull();
    expect(faultOf('lock', { state_topic: 's' })).toBe('refused bad-option: command_topic');
  });
});
