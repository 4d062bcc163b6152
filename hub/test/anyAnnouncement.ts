import fc from 'fast-check';
import { ABBREVIATIONS } from '../src/devices/abbreviations.ts';
import { Component } from '../src/devices/schema.ts';
import { HOSTILE_KEYS, objectText, spoiled, wordsOf, written } from './anyJson.ts';

/** Options without a short form. */
const FULL_NAMES = wordsOf(
  'name qos hw_quantity schema brightness effect type pattern mode min max step content_type',
);
const OPTION_KEYS = [...ABBREVIATIONS.main.keys(), ...ABBREVIATIONS.main.values(), ...FULL_NAMES];

const SNIPPETS = [
  ...wordsOf(
    "{{ }} {% %} value_json .a ['b'] | float round(2) if else endif constructor __proto__ ( ) [ ] { } 'x'",
  ),
  ...wordsOf(
    "* ** 99999 ~ not in is defined : , 1 value position code .get('a') [0:2] truncate(3) format(1) tojson",
  ),
  "replace('', value)",
  ' ',
];

/** Sources of templates: pieces of some, in any order. */
export const anyTemplate: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...SNIPPETS), { maxLength: 40 })
  .map((parts) => parts.join(' '));

/** Templates that compile, so that what comes behind them is tried as well. */
const GOOD_TEMPLATES = [
  '{{ value }}',
  '{{ value_json.a }}',
  '{{ value_json.state }}',
  '{{ value_json.position | int }}',
  "{{ {'v': value, 'c': code} | tojson }}",
  '{"v": {{ value }} }',
];

const OPTION_TEXTS = [
  ...wordsOf(
    'a/b ~/x x/~ ~ # + $SYS/a +/+/a/b a/+ sensor light ON OFF all any json template basic b64 password',
  ),
  ...wordsOf(
    'trigger first brightness rgb hs xy color_temp rgbw onoff enum timestamp date smoke config diagnostic',
  ),
];

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...OPTION_TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...GOOD_TEMPLATES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 1, arbitrary: anyTemplate },
);
const keys = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...OPTION_KEYS) },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_KEYS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
);
const scalars = fc.oneof(
  texts,
  fc.integer(),
  fc.integer({ min: 0, max: 300 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 5 }).map(objectText),
  ),
}));

/** What each platform cannot do without; the others are there by chance. */
const NEEDED: readonly (readonly [string, unknown])[] = [
  ['uniq_id', 'u'],
  ['stat_t', 's/t'],
  ['cmd_t', 'c/t'],
  ['t', 'p/t'],
  ['img_t', 'p/t'],
  ['ops', ['a', 'b', 'c']],
  ['evt_typ', ['press', 'hold']],
  ['atype', 'trigger'],
  ['type', 'action'],
  ['stype', 'on'],
  ['cmd_on_tpl', 'on'],
  ['cmd_off_tpl', 'off'],
  ['pl_inst', 'go'],
];
const DEVICE: readonly [string, unknown] = ['dev', objectText([['ids', 'x']])];

const components = fc.oneof(
  { weight: 19, arbitrary: fc.constantFrom(...Component.options) },
  { weight: 1, arbitrary: fc.constantFrom('fan', 'alarm_control_panel', '__proto__', '') },
);

/** Options that come close to what is accepted: the needed ones are mostly there, the others are anything. */
const nearlyOptions = fc
  .tuple(
    fc.subarray([...NEEDED], { minLength: NEEDED.length - 2 }),
    fc.array(fc.tuple(keys, anything), { maxLength: 8 }),
  )
  .map(([needed, more]) => [...needed, ...more]);

const nearlyEntity = fc
  .tuple(components, nearlyOptions)
  .map(([platform, options]) => objectText([['p', platform], ...options]));

const nearlySingle = nearlyOptions.map((options) => objectText([DEVICE, ...options]));

const nearlyDevice = fc
  .tuple(
    fc.array(fc.tuple(fc.oneof(keys, fc.string()), fc.oneof(nearlyEntity, anything)), { maxLength: 6 }),
    fc.array(fc.tuple(keys, anything), { maxLength: 1 }),
  )
  .map(([parts, more]) =>
    objectText([DEVICE, ['o', objectText([['name', 'n']])], ['cmps', objectText(parts)], ...more]),
  );

export type AnyMessage = { readonly topic: string; readonly payload: string };

const singleForm: fc.Arbitrary<AnyMessage> = fc
  .tuple(components, nearlySingle.map(written))
  .map(([component, payload]) => ({ topic: `homeassistant/${component}/n/o/config`, payload }));
const deviceForm: fc.Arbitrary<AnyMessage> = nearlyDevice
  .map(written)
  .map((payload) => ({ topic: 'homeassistant/device/n/config', payload }));
const oddTopics = fc
  .array(fc.oneof(fc.constantFrom('homeassistant', 'config', 'sensor'), fc.string({ maxLength: 5 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join('/'));
const oddPayloads = fc.oneof(
  anything.map(written),
  fc.string({ maxLength: 60 }),
  spoiled(nearlySingle.map(written)),
);

/** A discovery message: nearly right, spoiled, or nonsense, in either form, of every platform. */
export const anyAnnouncement: fc.Arbitrary<AnyMessage> = fc.oneof(
  { weight: 6, arbitrary: singleForm },
  { weight: 4, arbitrary: deviceForm },
  {
    weight: 1,
    arbitrary: fc.record({
      topic: fc.oneof(
        oddTopics,
        singleForm.map(({ topic }) => topic),
      ),
      payload: oddPayloads,
    }),
  },
);
