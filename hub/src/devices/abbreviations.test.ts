import { describe, expect, it } from 'vitest';
import { ABBREVIATIONS, baseTopicOf, expandBaseTopic, expandNames } from './abbreviations.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const expand = (options: Record<string, unknown>): unknown => {
  const named = expandNames(options);
  return plain(expandBaseTopic(named, baseTopicOf(named)));
};

describe('abbreviations', () => {
  it('are expanded with their base topic as in test vector 1', () => {
    expect(expand({ '~': 'a/b', stat_t: '~/s', cmd_t: 'x/~', avty: [{ t: '~/up' }] })).toEqual({
      state_topic: 'a/b/s',
      command_topic: 'x/a/b',
      availability: [{ topic: 'a/b/up' }],
    });
  });

  it('hold in their own scope only', () => {
    expect(
      expand({
        dev: { ids: 'x', mf: 'M', stat_t: 1 },
        o: { name: 'n', sw: '1', mf: 2 },
        mf: 3,
        ids: 4,
        stat_t: 's',
      }),
    ).toEqual({
      device: { identifiers: 'x', manufacturer: 'M', stat_t: 1 },
      origin: { name: 'n', sw_version: '1', mf: 2 },
      mf: 3,
      ids: 4,
      state_topic: 's',
    });
  });

  it('may be mixed with full names, and what is unknown stays', () => {
    expect(expand({ state_topic: 'a', val_tpl: 'b', hw_quantity: 'oxygen' })).toEqual({
      state_topic: 'a',
      value_template: 'b',
      hw_quantity: 'oxygen',
    });
  });

  it('name every option once and keep no odd word', () => {
    expect(ABBREVIATIONS.main.size).toBe(174);
    expect(ABBREVIATIONS.device.size).toBe(10);
    expect(ABBREVIATIONS.origin.size).toBe(2);
    for (const table of Object.values(ABBREVIATIONS)) {
      for (const [short, full] of table) {
        expect(short).toMatch(/^[a-z_]+$/);
        expect(full).toMatch(/^[a-z_]+$/);
        expect(full.length).toBeGreaterThanOrEqual(short.length);
      }
    }
    expect(ABBREVIATIONS.main.get('whit_scl')).toBe('white_scale');
    expect(ABBREVIATIONS.main.get('pl_arm_nite')).toBe('payload_arm_night');
  });

  it('take one availability object for a list of one', () => {
    expect(expand({ '~': 'b', availability: { t: '~/up' } })).toEqual({ availability: [{ topic: 'b/up' }] });
  });
});

describe('the base topic', () => {
  it.each([
    ['~/a', 'base/a'],
    ['a/~', 'a/base'],
    ['~/a/~', 'base/a/base'],
    ['~', 'base'],
    ['a/~/b', 'a/~/b'],
    ['', ''],
  ])('turns %s into %s', (topic, expected) => {
    expect(expand({ '~': 'base', stat_t: topic })).toEqual({ state_topic: expected });
  });

  it('touches only keys that end in topic, and only texts', () => {
    expect(expand({ '~': 'b', name: '~', cmd_t: 5, json_attr_t: '~' })).toEqual({
      name: '~',
      command_topic: 5,
      json_attributes_topic: 'b',
    });
    expect(expand({ '~': 5, stat_t: '~/a' })).toEqual({ state_topic: '~/a' });
  });
});

describe('hostile keys', () => {
  it('never reach a prototype', () => {
    const options = expandNames(
      JSON.parse(
        '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "dev": {"__proto__": {"polluted": 1}}}',
      ),
    );
    expect(Object.getPrototypeOf(options)).toBeNull();
    expect(Object.getPrototypeOf(options.device)).toBeNull();
    expect(options.polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
