import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABBREVIATIONS } from './abbreviations.ts';
import { decodeAvailability } from './decode.ts';
import { type Discovered, readDiscovery } from './discovery.ts';
import type { EntityConfig } from './entity.ts';
import { createDecoder, inputsOf } from './platform.ts';
import { compileTemplate } from './template.ts';
import { TemplateFault } from './templateBudget.ts';

/** Fixed, so that a failure is the same one at every run. */
const SEED = 20_261_103;

const BEFORE = Object.getOwnPropertyNames(Object.prototype).sort().join();

function expectCleanPrototypes(): void {
  expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(BEFORE);
  expect(Object.keys({}).length + Object.keys([]).length).toBe(0);
}

const HOSTILE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '~',
  '',
  'a b',
  '\u0000',
  'é',
];
const OPTION_KEYS = [
  ...ABBREVIATIONS.main.keys(),
  ...ABBREVIATIONS.main.values(),
  'name',
  'qos',
  'hw_quantity',
];
const SNIPPETS = [
  '{{',
  '}}',
  '{%',
  '%}',
  'value_json',
  '.a',
  "['b']",
  '|',
  'float',
  'round(2)',
  'if',
  'else',
  'endif',
  'constructor',
  '__proto__',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  "'x'",
  '*',
  '**',
  '99999',
  '~',
  ' ',
  'not',
  'in',
  'is',
  'defined',
  "replace('', value)",
  ':',
  ',',
  '1',
];

const templates = fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 40 }).map((parts) => parts.join(' '));
const texts = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    'a/b',
    '~/x',
    'x/~',
    '~',
    '#',
    '+',
    '$SYS/a',
    'sensor',
    'binary_sensor',
    'switch',
    'siren',
    'light',
    'ON',
    'all',
    'any',
  ),
  templates,
);
const keys = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...OPTION_KEYS) },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_KEYS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
);
const scalars = fc.oneof(texts, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(keys, tie('value')), { maxLength: 5 })
      .map((pairs) => pairs as unknown)
      .map(objectText),
  ),
}));

/** Marks an object that is to be written as text: only so can `__proto__` be a key of its own. */
class Written {
  readonly pairs: readonly (readonly [string, unknown])[];
  constructor(pairs: readonly (readonly [string, unknown])[]) {
    this.pairs = pairs;
  }
}

function objectText(pairs: unknown): Written {
  return new Written(pairs as readonly (readonly [string, unknown])[]);
}

function written(value: unknown): string {
  if (value instanceof Written) {
    return `{${value.pairs.map(([key, each]) => `${JSON.stringify(key)}:${written(each)}`).join(',')}}`;
  }
  return Array.isArray(value) ? `[${value.map(written).join(',')}]` : (JSON.stringify(value) ?? 'null');
}

const pairsOf = fc.array(fc.tuple(keys, anything), { maxLength: 10 });

/** Options that come close to what is accepted: the required ones are mostly there, the others are anything. */
const nearlyEntity = pairsOf.map((pairs) =>
  objectText([['p', 'sensor'], ['uniq_id', 'u'], ['stat_t', 's/t'], ['cmd_t', 'c/t'], ...pairs]),
);
const nearlyDevice = fc
  .tuple(
    fc.array(fc.tuple(fc.oneof(keys, fc.string()), fc.oneof(nearlyEntity, anything)), { maxLength: 6 }),
    fc.array(fc.tuple(keys, anything), { maxLength: 1 }),
  )
  .map(([components, more]) =>
    objectText([
      ['dev', objectText([['ids', 'x']])],
      ['o', objectText([['name', 'n']])],
      ['cmps', objectText(components)],
      ...more,
    ]),
  );
const payloads = fc.oneof(
  { weight: 4, arbitrary: nearlyEntity.map(written) },
  { weight: 4, arbitrary: nearlyDevice.map(written) },
  { weight: 2, arbitrary: anything.map(written) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(nearlyEntity.map(written), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([text, at, noise]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + noise + text.slice(place + 1);
      }),
  },
);
const topics = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(
      'homeassistant/device/n/config',
      'homeassistant/sensor/n/o/config',
      'homeassistant/siren/o/config',
      'homeassistant/switch/o/config',
      'homeassistant/binary_sensor/n/o/config',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom('homeassistant', 'config', 'sensor'), fc.string({ maxLength: 5 })), {
        maxLength: 6,
      })
      .map((parts) => parts.join('/')),
  },
);

/** What may be said of every announcement, whatever announced it. */
function expectBounded(found: Extract<Discovered, { kind: 'announced' }>): void {
  if (found.entities.length > 64 || found.warnings.length > 65) throw new Error('too many');
  const names = [...found.entities.map(({ key }) => key), ...found.removedKeys];
  if (!names.every((key) => /^[a-zA-Z0-9_-]{1,64}$/.test(key))) throw new Error('a key');
  if (new Set(names).size !== names.length) throw new Error('a key twice');
  if (found.warnings.some((warning) => warning.length > 400)) throw new Error('a long warning');
  if (found.device.identifiers.length === 0) throw new Error('no identifier');
  for (const { config } of found.entities) {
    const used = [config.stateTopic, config.commandTopic, ...config.availability.map(({ topic }) => topic)];
    if (used.some((topic) => topic !== null && (/[+#]|^\$/.test(topic) || topic === '')))
      throw new Error('a topic');
  }
}

const FEW = ['1', '{"a":{"b":"x"},"constructor":1}', ''];

function use(config: EntityConfig, payload: string): void {
  const decoder = createDecoder(config);
  for (const { part } of inputsOf(config)) if (decoder.ok) decoder.value.decode(part, payload, false);
  for (const topic of config.availability) decodeAvailability(topic, payload);
}

/** Every entity that was taken in reads a few payloads: none may throw. */
function useAll(found: Extract<Discovered, { kind: 'announced' }>): void {
  for (const { config } of found.entities) for (const payload of FEW) use(config, payload);
}

describe('discovery', () => {
  it('survives 20,000 hostile messages: nothing throws, nothing is polluted, nothing grows', {
    timeout: 60_000,
  }, () => {
    let taken = 0;
    fc.assert(
      fc.property(topics, payloads, (topic, payload) => {
        const found = readDiscovery(topic, payload);
        if (found.kind === 'announced') {
          taken += found.entities.length;
          expectBounded(found);
          useAll(found);
        } else if (found.kind !== 'withdrawn' && found.reason.length > 400) throw new Error('a long reason');
      }),
      { numRuns: 20_000, seed: SEED },
    );
    expect(taken).toBeGreaterThan(2_000);
    expectCleanPrototypes();
  });
});

describe('templates', () => {
  it('survive 10,000 hostile sources: they refuse, fault or answer a bounded text', {
    timeout: 60_000,
  }, () => {
    const input = { value: 'x'.repeat(1_000), value_json: { a: 'y'.repeat(60_000), b: [1, [2]] } };
    let compiled = 0;
    const sources = fc.oneof(
      templates,
      templates.map((inner) => `{{ ${inner.replace(/\{\{|\}\}|\{%|%\}/g, '')} }}`),
    );
    fc.assert(
      fc.property(sources, (source) => {
        const template = compileTemplate(source);
        if (!template.ok) return template.reason.startsWith('unsupported-template: ');
        compiled += 1;
        try {
          return template.value.render(input).length <= 65_536;
        } catch (error) {
          return error instanceof TemplateFault;
        }
      }),
      { numRuns: 10_000, seed: SEED },
    );
    expect(compiled).toBeGreaterThan(300);
    expectCleanPrototypes();
  });
});

describe('decoding', () => {
  it('answers every payload there is with a finite number, a null or a drop', { timeout: 60_000 }, () => {
    const found = readDiscovery(
      'homeassistant/sensor/o/config',
      '{"stat_t":"s","unit_of_meas":"%","val_tpl":"{{ value_json.a }}"}',
    );
    const [entity] = found.kind === 'announced' ? found.entities : [];
    const decoder = entity === undefined ? null : createDecoder(entity.config);
    if (!decoder?.ok) throw new Error('no decoder');
    const { decode } = decoder.value;
    const bytes = fc.uint8Array({ maxLength: 200 });
    const json = anything.map((value) => `{"a":${written(value)}}`);
    fc.assert(
      fc.property(fc.oneof(bytes, json, fc.json()), (payload) => {
        const decoded = decode('state', payload, false);
        if (decoded.kind === 'drop') return true;
        if (decoded.kind !== 'told') return false;
        const { value } = decoded.told;
        return value === null || Number.isFinite(value);
      }),
      { numRuns: 5_000, seed: SEED },
    );
    expectCleanPrototypes();
  });
});
