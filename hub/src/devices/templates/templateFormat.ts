import { type Budget, TemplateFault } from './templateBudget.ts';
import { floatOf } from './templateNumber.ts';
import { textOf } from './templateText.ts';

/** Values that one format may place. */
export const FORMAT_ARGUMENTS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** `%s`, `%d`, `%x`, `%X`, `%.2f` and `%%`, with a width and zeros before. */
const PLACE = /%(0?)(\d{0,2})(?:\.(\d{1,2}))?([sdixXf%])/g;

/** Python's `text % values` for what stands in announcements; another place is a fault. */
export function format(template: unknown, values: readonly unknown[], budget: Budget): string {
  const source = textOf(template, budget);
  budget.text(source.length);
  if (source.replace(PLACE, '').includes('%')) throw new TemplateFault('wrong-type', 'format');
  let at = 0;
  const text = source.replace(
    PLACE,
    (_, zero: string, width: string, digits: string | undefined, kind: string) => {
      if (kind === '%') return '%';
      const value = values[at];
      at += 1;
      return placed(value, kind, digits, budget).padStart(Number(width), zero === '' ? ' ' : '0');
    },
  );
  budget.text(text.length);
  return text;
}

function placed(value: unknown, kind: string, digits: string | undefined, budget: Budget): string {
  if (kind === 's') return textOf(value, budget);
  const number = floatOf(value);
  if (number === null || !Number.isFinite(number)) throw new TemplateFault('not-a-number', 'format');
  if (kind === 'f') return number.toFixed(Number(digits ?? 6));
  const whole = Math.trunc(number);
  if (kind === 'x') return whole.toString(16);
  return kind === 'X' ? whole.toString(16).toUpperCase() : String(whole);
}
