import { describe, expect, it } from 'vitest';
import { readEntity } from './announcements/announcedEntity.ts';
import type { Command } from './command.ts';
import { encodeCommand } from './platform.ts';
import type { PlatformName } from './platforms/table.ts';

/** The payload, or the reason of the refusal. */
function encoded(component: PlatformName, options: object, command: Command): string {
  const entity = readEntity(component, 'x', { state_topic: 's', command_topic: 'c', ...options });
  if (!entity.ok) throw new Error(entity.reason);
  const messages = encodeCommand(entity.value.config, command);
  if (!messages.ok) return `refused ${messages.reason}`;
  expect(messages.value.map(({ topic }) => topic)).toEqual(['c']);
  return messages.value.map(({ payload }) => payload).join();
}

const TONES = { available_tones: ['fire'] };

describe('a siren without a template gets JSON', () => {
  it.each<[object, Command, string]>([
    [{}, { on: true, durationS: 10 }, '{"state":"ON","duration":10}'],
    [{}, { on: false }, '{"state":"OFF"}'],
    [
      TONES,
      { on: true, tone: 'fire', durationS: 30, volume: 0.8 },
      '{"state":"ON","tone":"fire","duration":30,"volume_level":0.8}',
    ],
    [TONES, { on: true, tone: 'loud' }, '{"state":"ON"}'],
    [TONES, { on: false, tone: 'fire', durationS: 30 }, '{"state":"OFF"}'],
    [
      { support_duration: false, support_volume_set: false },
      { on: true, durationS: 30, volume: 1 },
      '{"state":"ON"}',
    ],
    [{}, { on: true, durationS: 0.2, volume: 7 }, '{"state":"ON","duration":1,"volume_level":1}'],
    [{}, { on: true, durationS: Number.NaN, volume: Number.NaN }, '{"state":"ON"}'],
    [
      {},
      { on: true, durationS: Number.POSITIVE_INFINITY, volume: -1 },
      '{"state":"ON","duration":86400,"volume_level":0}',
    ],
    [{ payload_on: 'go"' }, { on: true }, '{"state":"go\\""}'],
  ])('%j %j → %s', (options, command, payload) => {
    expect(encoded('siren', options, command)).toBe(payload);
  });
});

describe('a template makes the payload', () => {
  it.each<[PlatformName, object, Command, string]>([
    ['siren', { command_template: '{{ value }}:{{ duration }}' }, { on: true, durationS: 5 }, 'ON:5'],
    [
      'siren',
      { command_template: '{{ state }} {{ tone | default("x") }}', ...TONES },
      { on: true, tone: 'fire' },
      'ON fire',
    ],
    ['siren', { command_template: '{{ state }}', command_off_template: 'silence' }, { on: false }, 'silence'],
    ['siren', { command_template: '{{ state }}' }, { on: false }, 'OFF'],
    ['siren', { command_template: '{{ none }}' }, { on: true }, 'refused nothing-to-send'],
    ['siren', { command_template: '{{ tone }}' }, { on: true }, 'refused nothing-to-send'],
    ['siren', { command_template: '{{ 1 / 0 }}' }, { on: true }, 'refused template: division-by-zero'],
    [
      'siren',
      { command_template: '{{ now() }}' },
      { on: true },
      'refused unsupported-template: function "now"',
    ],
    [
      'siren',
      { command_template: "{{ {'s': state, 'd': duration} | tojson }}" },
      { on: true, durationS: 3 },
      '{"d": 3, "s": "ON"}',
    ],
    // As Zigbee2MQTT announces it: no siren of ours stops after ten seconds by itself.
    ['siren', { command_template: '{{ duration | default(10) }}' }, { on: true }, '1800'],
    ['siren', { command_template: '{{ duration | default(10) }}' }, { on: true, durationS: 3 }, '3'],
    [
      'siren',
      { command_template: '{{ duration | default(10) }}', support_duration: false },
      { on: true },
      '10',
    ],
    ['switch', { command_template: '{"state": "{{ value }}"}' }, { on: true }, '{"state": "ON"}'],
  ])('%s %j %j → %s', (component, options, command, payload) => {
    expect(encoded(component, options, command)).toBe(payload);
  });
});

describe('a switch', () => {
  it('gets its plain payload, whatever else was asked', () => {
    expect(encoded('switch', {}, { on: true, tone: 'fire', durationS: 3 })).toBe('ON');
    expect(encoded('switch', { payload_off: '0' }, { on: false })).toBe('0');
  });
});

describe('what takes no command', () => {
  it('is refused', () => {
    expect(encoded('sensor', {}, { on: true })).toBe('refused no-command');
    expect(encoded('binary_sensor', {}, { on: true })).toBe('refused no-command');
    const entity = readEntity('switch', 'x', { command_topic: 'c' });
    if (!entity.ok) throw new Error(entity.reason);
    const payload = encodeCommand({ ...entity.value.config, commandTopic: null }, { on: true });
    expect(payload).toEqual({ ok: false, reason: 'no-command-topic' });
  });
});
