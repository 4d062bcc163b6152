const text = (words: string) => Buffer.from(words);

const NESTED = text(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
const OPEN_ONLY = text('{"co":'.repeat(20_000));

/** Payloads that nobody can mean, by name. None of them is a state, an alarm message or an announcement. */
export const JUNK: Readonly<Record<string, Buffer>> = {
  'truncated JSON': text('{"boot":"a","seq":1,"upMs":1,"co":9'),
  '100,000 nested arrays': NESTED,
  '20,000 objects that never end': OPEN_ONLY,
  'more than 64 KiB': text(`{"co":5,"pad":"${'x'.repeat(70_000)}"}`),
  '2 MB': Buffer.alloc(2_000_000, 0x41),
  'invalid UTF-8': Buffer.from([0x7b, 0x22, 0x63, 0x6f, 0x22, 0x3a, 0xff, 0xfe, 0x7d]),
  'a lone surrogate in CESU': Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
  'a byte order mark': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf, 0x00]), text('{"co":900}')]),
  'a prototype': text(
    '{"__proto__":{"polluted":true,"co":900},"constructor":{"prototype":{"polluted":true}}}',
  ),
  'a prototype far below': text('{"a":{"b":{"__proto__":{"polluted":true}}}}'),
  'a number too large': text('{"boot":"a","seq":1e400,"upMs":1e400,"co":1e400}'),
  'a large number': text('{"co":1e308,"smoke":1e308}'),
  'NaN as a word': text('{"co":"NaN","smoke":"NaN"}'),
  'NaN as no JSON': text('{"co":NaN}'),
  Infinity: text('{"co":"Infinity","smoke":Infinity}'),
  'less than nothing': text('{"co":-1000,"smoke":-1}'),
  'a list': text('[1,2,3]'),
  null: text('null'),
  'a bare number': text('900'),
  'a bare word': text('ON'),
  'a text that was cut': text('"'),
  NUL: Buffer.alloc(64),
  'a JPEG': Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043', 'hex'),
  'an alarm without a stamp': text('{"entity":"smoke","value":"ON"}'),
  'an alarm of no entity': text('{"boot":"a","seq":1,"upMs":1,"entity":"__proto__","value":"ON"}'),
  'an alarm that is a list': text('{"boot":"a","seq":1,"upMs":1,"entity":["smoke"],"value":["ON"]}'),
  'an alarm of the wrong type': text('{"boot":"a","seq":1,"upMs":1,"entity":"smoke","value":900}'),
  'a negative count': text('{"boot":"a","seq":-1,"upMs":-1,"entity":"smoke","value":"ON"}'),
};

/** Templates that reach for what is not theirs, or would not end. Each makes its entity faulty, and nothing else. */
export const TEMPLATES: readonly string[] = [
  '{{ value_json.constructor }}',
  "{{ value_json['__proto__'].polluted }}",
  "{{ value.constructor.constructor('return process')() }}",
  "{{ ''.__class__.__mro__ }}",
  '{% for a in range(1000000000) %}{{ a }}{% endfor %}',
  '{% set a = 1 %}{{ a }}',
  '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
  '{{ "x" * 1000000000 }}',
  `{{ ${'('.repeat(400)}1${')'.repeat(400)} }}`,
  `{{ ${'value ~ '.repeat(120)}value }}`,
  '{{ 9 ** 9 ** 9 ** 9 }}',
  '{{',
  '{{ value | float(1) | eval }}',
];

/** Discovery topics that are none, and components that do not exist. `id`: who speaks. */
export const illegalTopics = (id: string): readonly string[] => [
  `homeassistant/teapot/${id}/config`,
  `homeassistant/__proto__/${id}/config`,
  `homeassistant/sensor/${id}/a.b/config`,
  `homeassistant/sensor/${id}/a b/config`,
  `homeassistant/device/${id}/é/config`,
];

const component = (options: Readonly<Record<string, unknown>>) => ({
  platform: 'sensor',
  unique_id: 'x',
  ...options,
});

/** Announcements that are JSON and still nothing that may be taken in as it stands. */
export const badAnnouncements = (id: string, victimId: string): readonly string[] => {
  const device = { identifiers: [id], name: id };
  const origin = { name: 'junk' };
  const announce = (components: unknown, more: Readonly<Record<string, unknown>> = {}) =>
    JSON.stringify({ device, origin, components, ...more });
  return [
    announce({ x: component({}) }, { root_key_of_mine: 1 }),
    announce('nothing'),
    announce([component({})]),
    announce({ x: { platform: 'teapot', unique_id: 'x', state_topic: `homeward/${id}/state` } }),
    announce({ x: component({ state_topic: ['a', 'b'] }) }),
    announce({ x: component({ state_topic: 'a/#' }) }),
    announce({ x: component({ state_topic: '$SYS/broker/uptime' }) }),
    announce({ x: component({ state_topic: 'x'.repeat(5_000) }) }),
    announce({ x: component({ state_topic: `homeward/${id}/state`, expire_after: -1e308 }) }),
    announce({ x: component({ state_topic: `homeward/${id}/state`, qos: 17 }) }),
    announce({ ['k'.repeat(5_000)]: component({ state_topic: `homeward/${id}/state` }) }),
    announce({ '': component({ state_topic: `homeward/${id}/state` }) }),
    `{"device":{"identifiers":["${id}"],"__proto__":{"polluted":true}},"origin":{"name":"a"},"components":{"__proto__":{"platform":"sensor","unique_id":"p","state_topic":"homeward/${id}/state"}}}`,
    `{"device":{"identifiers":["${id}"]},"device":{"identifiers":["${victimId}"]},"origin":{},"components":{}}`,
    JSON.stringify({ origin, components: {} }),
    JSON.stringify({ device: { identifiers: [] }, origin, components: { x: component({}) } }),
    JSON.stringify({ device: { identifiers: [{}], name: {} }, origin: 5, components: { x: component({}) } }),
  ];
};

/** An announcement that lays claim to another's topics: to hear them, or to have the hub command them. */
export const foreignClaims = (id: string, victimId: string): readonly string[] => {
  const claim = (options: Readonly<Record<string, unknown>>) =>
    JSON.stringify({
      device: { identifiers: [id], name: id },
      origin: { name: 'junk' },
      components: { claim: { unique_id: `${id}_claim`, ...options } },
    });
  const theirs = `homeward/${victimId}`;
  return [
    claim({ platform: 'switch', command_topic: `${theirs}/siren/set` }),
    claim({ platform: 'siren', command_topic: 'homeward/hub/status' }),
    claim({
      platform: 'binary_sensor',
      device_class: 'smoke',
      state_topic: `${theirs}/availability`,
      payload_on: 'online',
    }),
    claim({ platform: 'switch', command_topic: `homeassistant/device/${victimId}/config` }),
  ];
};
