import { describe, expect, it } from 'vitest';
import { parse } from 'vue/compiler-sfc';
import { sourcesEnding } from './sources.ts';

const TEXT_NODE = 2;
const ATTRIBUTE = 6;
const LETTERS = /\p{L}/u;
/** Attributes that people read or hear. */
const READ_ALOUD = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'hint', 'what', 'fact']);

type Node = {
  readonly type: number;
  readonly content?: unknown;
  readonly children?: readonly Node[];
  readonly props?: readonly {
    readonly type: number;
    readonly name: string;
    readonly value?: { readonly content: string };
  }[];
};

const literalsIn = (node: Node): readonly string[] => {
  const own = node.type === TEXT_NODE && typeof node.content === 'string' ? [node.content] : [];
  const read = (node.props ?? [])
    .filter((prop) => prop.type === ATTRIBUTE && READ_ALOUD.has(prop.name))
    .map((prop) => prop.value?.content ?? '');
  return [...own, ...read, ...(node.children ?? []).flatMap(literalsIn)].filter((text) => LETTERS.test(text));
};

describe('the sources of the app', () => {
  it.each(sourcesEnding('.vue'))('$name: all visible text stands in text/', ({ text }) => {
    const { descriptor } = parse(text);
    const root = descriptor.template?.ast as unknown as Node;
    expect(literalsIn(root)).toEqual([]);
  });

  it('finds a literal when there is one', () => {
    const { descriptor } = parse('<template><p title="Hi">Safe <b>{{ word }}</b></p></template>');
    expect(literalsIn(descriptor.template?.ast as unknown as Node)).toEqual(['Hi', 'Safe ']);
  });

  it.each(sourcesEnding('.css', '.vue'))('$name: logical properties only', ({ name, text }) => {
    const css = name.endsWith('.css') ? text : (parse(text).descriptor.styles[0]?.content ?? '');
    const physical =
      /(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|float)\s*:|text-align:\s*(?:left|right)/gm;
    expect(css.match(physical) ?? []).toEqual([]);
  });

  it.each(sourcesEnding('.ts', '.vue'))(
    '$name: only hub/ reaches the network and the contract',
    ({ name, text }) => {
      if (name.startsWith('hub/')) return;
      expect(text).not.toMatch(/\bfetch\(|socket\.io-client|new WebSocket|XMLHttpRequest|sendBeacon/);
      expect(text.match(/import (?!type\b)[^;]*from '@homeward\/hub\/api'/g) ?? []).toEqual([]);
    },
  );

  it('say the night twice in the same colours: chosen, and by the setting of the screen', () => {
    const dark = sourcesEnding('dark.css')[0]?.text ?? '';
    const [chosen = '', bySetting = ''] = dark.split('@media (prefers-color-scheme: dark)');
    const pairs = (css: string) =>
      [...css.matchAll(/(--[\w-]+|color-scheme):\s*([^;]+);/g)]
        .map(([, name, value]) => `${name}: ${value}`)
        .sort();
    expect(pairs(chosen).length).toBeGreaterThan(40);
    expect(pairs(bySetting)).toEqual(pairs(chosen));
  });
});
