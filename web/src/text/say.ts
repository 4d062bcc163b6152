import { useI18n } from 'vue-i18n';

/** What fills a gap in a text: a word as it is, another text, or several that are joined by "and". */
export type Filling = string | number | Phrase | readonly Filling[];

/** A text to be said in the language of the moment. `n` chooses the plural form and fills `{n}`. */
export type Phrase = {
  readonly key: string;
  readonly n?: number;
  readonly with?: Readonly<Record<string, Filling>>;
};

export type Say = (phrase: Phrase) => string;

const isList = (filling: Filling): filling is readonly Filling[] => Array.isArray(filling);

/** Says phrases in the chosen language. */
export const useSay = (): Say => {
  const { t, locale } = useI18n();
  const fill = (filling: Filling): string | number => {
    if (typeof filling !== 'object') return filling;
    if (!isList(filling)) return say(filling);
    return new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(
      filling.map((one) => String(fill(one))),
    );
  };
  const say: Say = ({ key, n, with: gaps = {} }) => {
    const filled = Object.fromEntries(Object.entries(gaps).map(([gap, filling]) => [gap, fill(filling)]));
    return n === undefined ? t(key, filled) : t(key, { n, ...filled }, n);
  };
  return say;
};
