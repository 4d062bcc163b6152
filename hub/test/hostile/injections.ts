/** What somebody types into an id or a name who hopes that it is put together with something else. */
export const INJECTIONS: readonly string[] = [
  "'; drop table person; --",
  "' or '1'='1",
  '1 union select token_hash from session',
  '" or ""="',
  '0; attach database "x" as x',
  '__proto__',
  'constructor',
  'prototype.polluted',
  'toString',
  '../../../etc/passwd',
  '..\\..\\secrets\\pepper',
  '/etc/passwd',
  '.',
  '..',
  '%2e%2e%2f',
  'x\u0000.json',
  '\u0000',
  'x\r\nSet-Cookie: homeward=1',
  '{{constructor.constructor("return 1")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what somebody would type.
  '${7*7}',
  '$(id)',
  '`id`',
  '%s%s%s%n',
  '<img src=x onerror=alert(1)>',
  '{"$gt":""}',
  '*',
  '-1',
  '1e309',
  'NaN',
  '\u202e\ufeff\uffff',
  'x'.repeat(2_000),
];

/** Ids as they may stand in an address without being decoded first. */
export const RAW_IDS: readonly string[] = [
  '%',
  '%ff',
  '%c0%ae%c0%ae',
  '%00',
  '..%2f..%2f..%2fetc%2fpasswd',
  '..;/x',
  '%252e%252e%252f',
  '%5c..%5c..',
];

const NESTED = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;

/** Bodies that no route describes. None of them is JSON of a shape that is asked for anywhere. */
export const BODIES: readonly string[] = [
  '{',
  'null',
  '"text"',
  '7',
  '[]',
  '[{}]',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"__proto__":{"polluted":true}}}',
  '{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":true}}',
  '{"role":"owner","isAdmin":true,"personId":"x"}',
  `{"name":${JSON.stringify(INJECTIONS[0])},"$where":"sleep(1000)"}`,
  '{"password":{"$ne":null},"name":{"$ne":null}}',
  '{"name":["a"],"body":1e400}',
  NESTED,
  `[${'['.repeat(20_000)}`,
  `{"${'k'.repeat(60_000)}":1}`,
  `"${'x'.repeat(70_000)}"`,
  '{"a":1}{"a":2}',
  '\ufeff{"a":1}',
  "{'a':1}",
  '{"a":NaN}',
];

/** Queries beside what is asked for. */
export const QUERIES: readonly string[] = [
  '?__proto__[polluted]=1&constructor[prototype][polluted]=1',
  '?__proto__=1&constructor=2&toString=3',
  "?id=1' or '1'='1",
  '?a=%ff%fe&b=%',
  `?${'a=1&'.repeat(1_500)}`,
  '?a[]=1&a[]=2&a[b][c][d][e][f]=1',
  '?x=../../etc/passwd%00',
];
