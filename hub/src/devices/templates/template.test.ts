import { describe, expect, it } from 'vitest';
import { compileTemplate, type TemplateInput } from './template.ts';
import { TemplateFault } from './templateBudget.ts';

const JSON_INPUT: TemplateInput = {
  value: '12.5',
  value_json: {
    a: 5,
    b: { c: 1.5, l: [1, 2.5, 'x', null, true] },
    s: "it's",
    t: true,
    n: null,
    e: '',
    z: 0,
    str: '20.9',
    'o-2': 20.05,
  },
};

function rendered(source: string, input: TemplateInput = JSON_INPUT): string {
  const template = compileTemplate(source);
  if (!template.ok) throw new Error(template.reason);
  return template.value.render(input);
}

function faultOf(source: string, input: TemplateInput = JSON_INPUT): string {
  try {
    rendered(source, input);
  } catch (error) {
    if (error instanceof TemplateFault) return error.code;
    throw error;
  }
  return 'none';
}

function reasonOf(source: string): string {
  const template = compileTemplate(source);
  return template.ok ? 'compiles' : template.reason;
}

// The right column is what Jinja 3.1 with Home Assistant's filters answers.
describe('what devices announce is rendered as Home Assistant renders it', () => {
  it.each([
    ['{{ value }}', '12.5'],
    ['{{ value_json.b.c }}', '1.5'],
    ["{{ value_json['b']['l'][0] }}", '1'],
    ['{{ value_json.b.l.1 }}', '2.5'],
    ['{{ value_json.b.l[-1] }}', 'True'],
    ["{{ value_json['o-2'] }}", '20.05'],
    ['{{value_json.t}}', 'True'],
    ['{{ value_json.n }}', 'None'],
    ['{{ value_json.nope }}', ''],
    ["{{ 'ON' if value_json.t else 'OFF' }}", 'ON'],
    ["{{ 'ON' if value_json.nope }}", ''],
    ['{{ value_json.a | float }}', '5.0'],
    ['{{ value_json.str | float * 2 }}', '41.8'],
    ['{{ value_json.a / 10 }}', '0.5'],
    ['{{ value_json.a | multiply(0.1) | round(2) }}', '0.5'],
    ['{{ (value_json.a | int) + 1 }}', '6'],
    ["{{ value_json.nope | default('x') }}", 'x'],
    ["{{ value_json.e | d('x', true) }}", 'x'],
    ["{{ value_json.e | default('x') }}", ''],
    ["{{ 'abc' | float(0) }}", '0'],
    ["{{ 'nan' | float(0) }}", 'nan'],
    ['{{ float(value, 0) }}', '12.5'],
    ["{{ 'on' | bool }}", 'True'],
    ["{{ value_json.s | upper ~ '!' }}", "IT'S!"],
    ['{% if value_json.a > 3 %}high{% elif value_json.a == 3 %}mid{% else %}low{% endif %}', 'high'],
    ['{# nothing #} a {{- 1 -}} b', 'a1b'],
    ["{{ {0: 'OFF', 1: 'ON'}[value_json.t] }}", 'ON'],
    ["{{ value_json.s in ['a', \"it's\"] and 'x' not in 'abc' }}", 'True'],
    [
      '{{ value_json.nope is defined }} {{ value_json.n is none }} {{ value_json.a is not defined }}',
      'False True False',
    ],
    ['{{ value_json.b }}', "{'c': 1.5, 'l': [1, 2.5, 'x', None, True]}"],
    ["{{ {'b': value_json.s, 'a': 1} | tojson }}", '{"a": 1, "b": "it\\u0027s"}'],
    ["{{ value_json.n | iif('a', 'b', 'c') }}", 'c'],
    ["{{ value | replace('.', ',') }}", '12,5'],
    ['plain text', 'plain text'],
    ['', ''],
  ])('%s → %s', (source, expected) => {
    expect(rendered(source)).toBe(expected);
  });
});

describe('numbers are Python numbers', () => {
  it.each([
    ['{{ 7 / 2 }} {{ 8 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 // 2.0 }}', '3.5 4.0 3 -4 2 3.0'],
    ['{{ 2 ** 3 }} {{ 2 ** -1 }} {{ -2 ** 2 }} {{ true + 1 }}', '8 0.5 4 2'],
    [
      '{{ 2.5 | round }} {{ 3.5 | round }} {{ -2.5 | round }} {{ 0.125 | round(2) }} {{ 2.675 | round(2) }}',
      '2 4 -2 0.12 2.67',
    ],
    [
      "{{ 2.11 | round(1, 'ceil') }} {{ 2.19 | round(1, 'floor') }} {{ 2.3 | round(1, 'half') }}",
      '2.2 2.1 2.5',
    ],
    ['{{ 1234 | round(-2) }}', '1200.0'],
    [
      '{{ 1e16 }} {{ 123456.0 }} {{ 0.00001 }} {{ 0.0001 }} {{ 1e22 * 1 }}',
      '1e+16 123456.0 1e-05 0.0001 1e+22',
    ],
    [
      '{{ -0.0 }} {{ 0.1 + 0.2 }} {{ 1 == 1.0 }} {{ 1 < 2 < 3 }} {{ true // 0.1 }}',
      '-0.0 0.30000000000000004 True True 9.0',
    ],
    ["{{ '12.7' | int }} {{ 12.7 | int }} {{ ' 5 ' | int }} {{ 'x' | int(-1) }}", '12 12 5 -1'],
  ])('%s', (source, expected) => {
    expect(rendered(source)).toBe(expected);
  });

  it('renders what JSON cannot hold exactly as a float, never as a wrong integer', () => {
    expect(rendered('{{ value_json }}', { value: '', value_json: 1e300 })).toBe('1e+300');
    expect(rendered('{{ value_json }}', { value: '', value_json: JSON.parse('1e400') })).toBe('inf');
  });
});

describe('a value that the message lacks', () => {
  it.each([
    ['{{ value_json.nope | is_defined }}'],
    ['{{ value_json.nope.deeper }}'],
    ['{{ value_json.nope | float(0) }}'],
    ['{{ value_json.nope + 1 }}'],
    ['{{ value_json.nope < 1 }}'],
    ['{{ nothing.at.all }}'],
  ])('%s is a fault: the message is ignored', (source) => {
    expect(faultOf(source)).toBe('not-defined');
  });
});

describe('nothing of a prototype is ever reached', () => {
  const hostile: TemplateInput = {
    value: 'x',
    value_json: JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "l": []}'),
  };
  it.each([
    '{{ value_json.__proto__ }}',
    '{{ value_json.constructor }}',
    "{{ value_json['prototype'] }}",
    "{{ value_json['construct' ~ 'or'] }}",
    '{{ value_json.toString }}',
    '{{ value_json.hasOwnProperty }}',
    '{{ value_json.l.length }}',
    '{{ value_json.l.map }}',
    '{{ value.constructor }}',
    '{{ value.length }}',
    '{{ constructor }}',
    '{{ __proto__ }}',
    "{{ {'a': 1}.constructor }}",
    "{{ {'a': 1}['__proto__'] }}",
    '{{ value_json.b }}',
  ])('%s renders nothing', (source) => {
    expect(rendered(source, hostile)).toBe('');
  });
});

describe('what is not in the subset is refused in plain words', () => {
  it.each([
    ['{{ value | foo }}', 'unsupported-template: filter "foo"'],
    ['{{ value | constructor }}', 'unsupported-template: filter "constructor"'],
    ['{{ value is prime }}', 'unsupported-template: test "prime"'],
    ['{{ value.upper() }}', 'unsupported-template: method call "upper"'],
    ["{{ value_json.pop('a') }}", 'unsupported-template: method call "pop"'],
    ["{{ value_json | .get('a') }}", 'unsupported-template: unexpected "."'],
    ['{{ now() }}', 'unsupported-template: function "now"'],
    ['{{ (value)(1) }}', 'unsupported-template: a call of a value'],
    ['{% for x in value %}{{ x }}{% endfor %}', 'unsupported-template: statement "for"'],
    ['{% set x = 1 %}', 'unsupported-template: statement "set"'],
    ['{% macro x() %}{% endmacro %}', 'unsupported-template: statement "macro"'],
    ['{% endif %}', 'unsupported-template: "endif" without "if"'],
    ['{% if value %}a', 'unsupported-template: an "if" without "endif"'],
    ['{% if value %}a{% else %}b{% elif value %}c{% endif %}', 'unsupported-template: "elif" after "else"'],
    ['{{ value[1:2:1] }}', 'unsupported-template: unexpected ":"'],
    ['{{ value', 'unsupported-template: {{ that does not end'],
    ['{# value', 'unsupported-template: a comment that does not end'],
    ["{{ 'abc }}", 'unsupported-template: character "\'"'],
    ['{{ value | round(1, 2, 3, 4) }}', 'unsupported-template: argument of filter "round"'],
    ['{{ value | round(digits=1) }}', 'unsupported-template: argument of filter "round"'],
    ['{{ ) }}', 'unsupported-template: unexpected ")"'],
    ['{{ value value }}', 'unsupported-template: unexpected "value"'],
    ['{{ and }}', 'unsupported-template: unexpected "and"'],
    ['{{ }}', 'unsupported-template: unexpected "}}"'],
    ['{{ 99999999999999999999 }}', 'unsupported-template: a number that large'],
    ['{{ ; }}', 'unsupported-template: character ";"'],
  ])('%s', (source, reason) => {
    expect(reasonOf(source)).toBe(reason);
  });
});

describe('every limit holds', () => {
  it('refuses a source of more than 1,024 characters', () => {
    expect(reasonOf('x'.repeat(1_024))).toBe('compiles');
    expect(reasonOf('x'.repeat(1_025))).toBe('unsupported-template: longer than 1024 characters');
  });

  it('refuses nesting deeper than 32, of whatever sort', () => {
    const deep = 'unsupported-template: nesting deeper than 32';
    expect(reasonOf(`{{ ${'('.repeat(31)}1${')'.repeat(31)} }}`)).toBe('compiles');
    expect(reasonOf(`{{ ${'('.repeat(32)}1${')'.repeat(32)} }}`)).toBe(deep);
    expect(reasonOf(`{{ ${'['.repeat(40)}${']'.repeat(40)} }}`)).toBe(deep);
    expect(reasonOf(`{{ ${'not '.repeat(40)}1 }}`)).toBe(deep);
    expect(reasonOf(`{{ ${'- '.repeat(40)}1 }}`)).toBe(deep);
    expect(reasonOf(`{{ ${'1 if 1 else '.repeat(40)}1 }}`)).toBe(deep);
    expect(reasonOf(`${'{% if 1 %}'.repeat(40)}${'{% endif %}'.repeat(40)}`)).toBe(deep);
  });

  it.each([
    ["{{ 'x' * 100000 }}", 'too-large'],
    ["{{ 'x' * 60000 * 60000 }}", 'too-large'],
    ["{{ ('x' * 60000) ~ ('x' * 60000) }}", 'too-large'],
    ["{{ 'x' * 60000 }}{{ 'x' * 60000 }}", 'too-large'],
    ["{{ ('x' * 60000) | replace('', 'yyyyyyyy') }}", 'too-large'],
    ['{{ 2 ** 100 }}', 'number-range'],
    ['{{ 9.0 ** 999 }}', 'number-range'],
    ['{{ 9007199254740991 + 1 }}', 'number-range'],
    ['{{ 1 / 0 }}', 'division-by-zero'],
    ['{{ 1 // 0.0 }}', 'division-by-zero'],
    ['{{ 1 % 0 }}', 'division-by-zero'],
    ["{{ 'a' - 1 }}", 'wrong-type'],
    ["{{ 'a' < 1 }}", 'wrong-type'],
    ["{{ 'a' | float }}", 'not-a-number'],
    ['{{ 1 | round(400) }}', 'wrong-type'],
    [`{{ [${"('x' * 65000),".repeat(50)}] }}`, 'steps'],
    [
      `{{ ${"'x' * 65000 | lower".replace("'x' * 65000", "('x' * 65000)")}${' | lower'.repeat(100)} }}`,
      'steps',
    ],
  ])('%s ends as %s', (source, code) => {
    expect(faultOf(source)).toBe(code);
  });

  it('ends on a deep or a large message, whatever the template does with it', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100; level += 1) deep = [deep];
    const wide = Array.from({ length: 20_000 }, () => 1);
    expect(faultOf('{{ value_json }}', { value: '', value_json: deep })).toBe('depth');
    expect(faultOf('{{ value_json | tojson }}', { value: '', value_json: deep })).toBe('depth');
    expect(faultOf('{{ value_json == value_json }}', { value: '', value_json: deep })).toBe('depth');
    expect(faultOf('{{ value_json }}', { value: '', value_json: wide })).toBe('steps');
    expect(faultOf('{{ value_json == value_json }}', { value: '', value_json: wide })).toBe('steps');
    expect(faultOf('{{ 2 in value_json }}', { value: '', value_json: wide })).toBe('steps');
    expect(faultOf('{{ value }}', { value: 'x'.repeat(65_537) })).toBe('too-large');
    const many = Object.fromEntries(wide.map((_, at) => [`k${at}`, 1]));
    expect(faultOf('{{ not value_json }}', { value: '', value_json: many })).toBe('steps');
    expect(faultOf('{{ value_json | length }}', { value: '', value_json: many })).toBe('steps');
    expect(rendered('{{ value_json.k9 }}', { value: '', value_json: many })).toBe('1');
    expect(faultOf("{{ value | replace('x', 'y') }}", { value: 'x'.repeat(65_000) })).toBe('steps');
  });

  it('compiles a source once, however many entities share it', () => {
    expect(compileTemplate('{{ value_json.shared }}')).toBe(compileTemplate('{{ value_json.shared }}'));
  });
});

describe('what gateways write beyond the plain subset', () => {
  const value_json = { update: { state: 'idle', installed: 3 }, list: ['a', 'b', 'c'], none: null };
  const json = { value: '', value_json };
  it.each([
    ["{{ value_json['update'].get('progress', 'null') }}", 'null'],
    ["{{ value_json['update'].get('installed', 'null') }}", '3'],
    ["{{ value_json.update.get('progress') }}", 'None'],
    ["{% if value_json.get('rssi') -%}home{%- else -%}not_home{%- endif %}", 'not_home'],
    ["{{ value_json.get('__proto__', 'none') }}{{ value_json.get('constructor') }}", 'noneNone'],
    ["{{ value_json['list'] | default('',True) | string | truncate(254, True, '', 0) }}", "['a', 'b', 'c']"],
    ["{{ 'a long text' | truncate(6, True, '', 0) }}", 'a long'],
    ["{{ 'a long text' | truncate(8, False, '…', 0) }}", 'a long…'],
    ["{{ 'a long text' | truncate(8) }}", 'a long text'],
    ["{{ 'none' | truncate(2, True, '...', 0) }}", '...'],
    ["{{ '%0.2f' | format(float('237') * 0.1) }}", '23.70'],
    ["{{ '#%02x%02X%02x' | format(255, 128, 0) }}", '#ff8000'],
    ["{{ '|%5d%%|%s' | format(12.9, 'x') }}", '|   12%|x'],
    ["{{ 'ff8000'[0:2] | int(base=16) }},{{ 'ff8000'[2:4] | int(base=16) }}", '255,128'],
    ["{{ 'abc'[1:] }}{{ 'abc'[:-1] }}{{ value_json.list[:1] }}", "bcab['a']"],
    ["{{ 'xyz' | int(7, 16) }}", '7'],
  ])('%s', (source, text) => {
    expect(rendered(source, json)).toBe(text);
  });

  it.each([
    ["{{ value_json.missing.get('a') }}", 'not-defined'],
    ["{{ value_json.list.get('a') }}", 'wrong-type'],
    ["{{ value_json.none.get('a') }}", 'wrong-type'],
    ["{{ '%q' | format(1) }}", 'wrong-type'],
    ["{{ '%d' | format('x') }}", 'not-a-number'],
    ['{{ value_json.update[0:1] }}', 'wrong-type'],
    ["{{ 'abc'['a':] }}", 'wrong-type'],
    ["{{ 'zz' | int(base=16) }}", 'not-a-number'],
  ])('%s ends with %s', (source, code) => {
    expect(() => rendered(source, json)).toThrow(expect.objectContaining({ code }));
  });
});
