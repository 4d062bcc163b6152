import {
  AlarmCause,
  AlarmEvent,
  AlarmKind,
  AlarmState,
  LIFE_SAFETY,
  PROBLEMS,
  Quantity,
  Right,
  Role,
} from '@homeward/hub/api';
import { beforeAll, describe, expect, it } from 'vitest';
import { stepsOf } from '../../src/alarms/life.ts';
import { ar } from '../../src/text/ar.ts';
import { en } from '../../src/text/en.ts';
import { i18n, speak } from '../../src/text/i18n.ts';
import { arabicForm } from '../../src/text/plural.ts';
import { flatten, sourcesEnding } from './sources.ts';

const english = flatten(en);
const arabic = flatten(ar);
const gapsOf = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const { t } = i18n.global as unknown as {
  t: (key: string, gaps?: Record<string, unknown>, plural?: number) => string;
};

/** Names and signs that are the same in every language. */
const SAME_EVERYWHERE = new Set([
  'people.languages.en',
  'people.languages.ar',
  'people.session.called',
  'quantity.carbon_monoxide',
  'quantity.carbon_dioxide',
  'quantity.nitrogen_dioxide',
  'quantity.hydrogen_sulfide',
  'devices.pair.tls',
  'devices.pair.kinds.zigbee',
  'devices.pair.kinds.esphome',
  'devices.pair.kinds.tasmota',
  'home.say',
  'home.why.over',
  'air.limit.at',
  'journal.fact.alarm',
]);

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect([...arabic.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each([...english.keys()])('%s is translated and not empty', (key) => {
    const theirs = arabic.get(key) ?? '';
    expect(theirs.trim()).not.toBe('');
    if (!SAME_EVERYWHERE.has(key)) {
      expect(theirs).not.toBe(english.get(key));
      expect(theirs).toMatch(/[\u0600-\u06ff]/);
    }
  });

  it.each([...english.keys()])('%s has the same gaps', (key) => {
    const counts = (gap: string): boolean => gap !== '{n}';
    expect(gapsOf(arabic.get(key) ?? '').filter(counts)).toEqual(
      gapsOf(english.get(key) ?? '').filter(counts),
    );
  });

  it('have six Arabic forms wherever the English has two', () => {
    for (const [key, text] of english) {
      if (!text.includes(' | ')) continue;
      expect([key, arabic.get(key)?.split(' | ').length]).toEqual([key, 6]);
    }
  });

  it('have words for every problem, quantity and kind', () => {
    expect(Object.keys(en.problem)).toEqual(expect.arrayContaining(Object.keys(PROBLEMS)));
    expect(Object.keys(en.quantity).sort()).toEqual([...Quantity.options].sort());
    expect([...flatten(en.people.right).keys()].sort()).toEqual([...Right.options].sort());
    expect(Object.keys(en.people.role).sort()).toEqual([...Role.options].sort());
    expect(Object.keys(en.people.roleWhat).sort()).toEqual([...Role.options].sort());
    expect(Object.keys(en.kind).sort()).toEqual([...AlarmKind.options].sort());
    expect(Object.keys(en.alarms.cause)).toEqual(expect.arrayContaining(AlarmCause.options));
    expect(Object.keys(en.alarmLife.event).sort()).toEqual([...AlarmEvent.options].sort());
    expect(Object.keys(en.alarmLife.state)).toEqual(expect.arrayContaining(AlarmState.options));
    expect(Object.keys(en.kindIn).sort()).toEqual([...AlarmKind.options].sort());
  });

  it('have four steps for every kind that endangers life, and at least general ones for the rest', () => {
    for (const kind of AlarmKind.options) {
      if (LIFE_SAFETY.has(kind)) expect(stepsOf(kind)).toBe(kind);
      for (const step of ['one', 'two', 'three', 'four'])
        expect(english.has(`alarms.step.${stepsOf(kind)}.${step}`)).toBe(true);
    }
  });

  it('never speak of switching anything when gas is in the air', () => {
    const words = [...Object.values(en.alarms.step.gas), en.home.step.gas].join(' ');
    expect(words).not.toMatch(/switch|turn|light|lamp|fan|plug|relay/i);
    const theirs = [...Object.values(ar.alarms.step.gas), ar.home.step.gas].join(' ');
    expect(theirs).not.toMatch(/تشغيل|إطفاء|أطفئ|مفتاح|مصباح|مروحة|شغّل/);
  });

  it('use the words of the household', () => {
    const mayNameThePage = new Set([
      'nav.devices',
      'devices.title',
      'devices.all',
      'devices.gone.button',
      'devices.pair.linesWhat',
    ]);
    for (const [key, text] of english)
      if (!mayNameThePage.has(key))
        expect([key, text.replace(/\{\w+\}/g, '')]).toEqual([
          key,
          expect.not.stringMatching(/\b(error|device|devices|offline|invalid|compliant)\b/i),
        ]);
  });

  it('are all said somewhere', () => {
    const app = sourcesEnding('.vue', '.ts')
      .filter(({ name }) => !/^text\/(?:en|ar)/.test(name))
      .map(({ text }) => text)
      .join('\n');
    const named = new Set([...app.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key));
    const begun = [...app.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start = '']) => start);
    const unsaid = [...english.keys()].filter(
      (key) => !named.has(key) && !begun.some((start) => key.startsWith(start)),
    );
    expect(unsaid).toEqual([]);
  });

  it('are there for every key that the app names', () => {
    for (const { name, text } of sourcesEnding('.vue', '.ts'))
      for (const [, key = ''] of text.matchAll(/\bt\(\s*'([\w.-]+)'/g))
        expect([name, key, english.has(key)]).toEqual([name, key, true]);
  });
});

describe('plural forms', () => {
  beforeAll(async () => {
    await speak('ar');
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [10, 3],
    [11, 4],
    [26, 4],
    [99, 4],
    [100, 5],
    [102, 5],
    [103, 3],
  ])('%d takes the Arabic form %d', (count, form) => {
    expect(arabicForm(count, 6)).toBe(form);
  });

  it.each([
    [1, 'قبل ثانية'],
    [2, 'قبل ثانيتين'],
    [3, 'قبل 3 ثوانٍ'],
    [11, 'قبل 11 ثانية'],
  ])('%d seconds in Arabic', (n, text) => {
    expect(t('age.s', { n }, n)).toBe(text);
  });

  it('puts language and direction on the page', async () => {
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl']);
    await speak('en');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['en', 'ltr']);
    expect(t('home.why.heard', { n: 1 }, 1)).toBe('The one sensor was heard just now.');
    expect(t('home.why.heard', { n: 14 }, 14)).toBe('All 14 sensors heard just now.');
  });
});
