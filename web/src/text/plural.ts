const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
const arabic = new Intl.PluralRules('ar');

/** Which of the six Arabic forms a number takes. A text that does not vary has one form for all. */
export const arabicForm = (count: number, forms: number): number => {
  if (forms < FORMS.length) return Math.max(0, forms - 1);
  return FORMS.indexOf(arabic.select(count));
};

/** English: one or many, with the singular first. */
export const englishForm = (count: number, forms: number): number => (forms === 1 || count === 1 ? 0 : 1);
