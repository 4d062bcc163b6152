import { describe, expect, it } from 'vitest';
import { SENSOR, SIREN, SWITCH } from '../../test/builders.ts';
import {
  answers,
  assumedBy,
  commandTopicsOf,
  controlOf,
  createDecoder,
  encodeCommand,
  inputsOf,
  maxBytesOf,
} from './platform.ts';

const KNOWN = { value: true, attributes: {} };

describe('inputs', () => {
  it('are the state and the attributes, and one where they share a topic', () => {
    expect(inputsOf(SENSOR)).toEqual([{ topic: 't/state', part: 'state' }]);
    expect(inputsOf({ ...SENSOR, attributesTopic: 'a' })).toEqual([
      { topic: 't/state', part: 'state' },
      { topic: 'a', part: 'attributes' },
    ]);
    expect(inputsOf({ ...SENSOR, attributesTopic: 't/state' })).toEqual([
      { topic: 't/state', part: 'state+attributes' },
    ]);
    expect(inputsOf({ ...SWITCH, stateTopic: null })).toEqual([]);
  });

  it('that share a topic tell all at once, and what cannot be read of one hides nothing of the other', () => {
    const decoder = createDecoder({
      ...SENSOR,
      valueTemplate: '{{ value_json.t }}',
      attributesTopic: 't/state',
    });
    const decode = (payload: string) =>
      decoder.ok ? decoder.value.decode('state+attributes', payload, false) : decoder;
    expect(decode('{"t":21,"battery":80}')).toEqual({
      kind: 'told',
      told: { value: 21, attributes: { t: 21, battery: 80 } },
    });
    expect(decode('{"battery":80}')).toEqual({ kind: 'told', told: { attributes: { battery: 80 } } });
    expect(decode('x')).toEqual({ kind: 'drop', reason: 'not-json' });
  });

  it('may be 64 KiB large', () => {
    expect(maxBytesOf(SENSOR, 'state')).toBe(65_536);
    expect(maxBytesOf(SENSOR, 'nonsense')).toBe(65_536);
  });
});

describe('commands', () => {
  it('are offered by what takes them', () => {
    expect(controlOf(SENSOR)).toBeNull();
    expect(controlOf(SWITCH)).toEqual({ is: 'switch' });
    expect(controlOf(SIREN)).toEqual({ is: 'siren', tones: ['fire_t3', 'co_t4', 'gas'] });
    expect(encodeCommand(SENSOR, { on: true })).toEqual({ ok: false, reason: 'no-command' });
    expect(encodeCommand(SWITCH, { do: 'lock' })).toEqual({ ok: false, reason: 'not-offered' });
    expect(commandTopicsOf(SIREN)).toEqual(['t/set']);
    expect(commandTopicsOf(SENSOR)).toEqual([]);
  });

  it('are answered by the state that was asked for', () => {
    expect(answers(SWITCH, { on: true }, KNOWN)).toBe(true);
    expect(answers(SWITCH, { on: false }, KNOWN)).toBe(false);
    expect(answers(SENSOR, { on: true }, KNOWN)).toBe(false);
  });

  it('are taken for done by what never answers', () => {
    expect(assumedBy(SWITCH, { on: true })).toBeNull();
    expect(assumedBy({ ...SWITCH, optimistic: true }, { on: true })).toEqual({ value: true });
    expect(assumedBy({ ...SIREN, stateTopic: null }, { on: false })).toEqual({ value: false });
    expect(assumedBy(SENSOR, { on: false })).toBeNull();
  });
});
