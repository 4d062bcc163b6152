import { type Budget, MAX_DEPTH, TemplateFault } from './templateBudget.ts';

/** A number that Python holds as float although it is whole: it prints as "20.0". */
export class PythonFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A dict written in a template. Keys that Python holds equal (1, 1.0, True) are one. */
export class Dict {
  private readonly entries = new Map<string, readonly [key: unknown, value: unknown]>();

  set(key: unknown, value: unknown): void {
    this.entries.set(hashable(key), [key, value]);
  }
  get(key: unknown): unknown {
    return this.entries.get(hashable(key))?.[1];
  }
  has(key: unknown): boolean {
    return this.entries.has(hashable(key));
  }
  pairs(): readonly (readonly [unknown, unknown])[] {
    return [...this.entries.values()];
  }
}

function hashable(key: unknown): string {
  if (typeof key === 'string') return `s${key}`;
  const number = numberOf(key);
  if (number !== null) return `n${number}`;
  if (key === null) return 'none';
  throw new TemplateFault('wrong-type', 'key');
}

/** Python's type of a value, as far as templates can tell it apart. */
export type Kind = 'undefined' | 'none' | 'bool' | 'int' | 'float' | 'string' | 'list' | 'map';

export function kindOf(value: unknown): Kind {
  if (value === null) return 'none';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'int' : 'float';
    case 'object':
      if (value instanceof PythonFloat) return 'float';
      return Array.isArray(value) ? 'list' : 'map';
    default:
      return 'undefined';
  }
}

/** The number that a bool, int or float is; null for all else. A text that looks like one is none. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof PythonFloat ? value.value : null;
}

/** Keys that reach nothing even when the message itself carries them. */
const BARRED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The pairs of a dict of either sort, own keys only. */
export function pairsOf(map: unknown): readonly (readonly [unknown, unknown])[] {
  if (map instanceof Dict) return map.pairs();
  return typeof map === 'object' && map !== null ? Object.entries(map) : [];
}

/** The own value of an object under a key, else undefined: never anything of a prototype. */
export function ownValue(object: unknown, key: unknown): unknown {
  if (object instanceof Dict) return object.get(key);
  if (typeof object !== 'object' || object === null || typeof key !== 'string') return undefined;
  if (BARRED.has(key) || !Object.hasOwn(object, key)) return undefined;
  return (object as Readonly<Record<string, unknown>>)[key];
}

/** `object.key` or `object[key]`: undefined where there is none; a fault when the object itself is undefined. */
export function memberOf(object: unknown, key: unknown): unknown {
  const kind = kindOf(object);
  if (kind === 'undefined') throw new TemplateFault('not-defined', typeof key === 'string' ? key : '');
  if (kind === 'map') return ownValue(object, key);
  if ((kind === 'list' || kind === 'string') && kindOf(key) === 'int') {
    return (object as readonly unknown[] | string).at(numberOf(key) ?? 0);
  }
  return undefined;
}

/** Python's truth: undefined, None, 0, "" and what is empty are false. Pays for the keys of an object, which have to be counted. */
export function isTrue(value: unknown, budget: Budget): boolean {
  const number = numberOf(value);
  if (number !== null) return number !== 0;
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  if (kindOf(value) !== 'map') return false;
  const count = pairsOf(value).length;
  budget.spend(Math.floor(count / 8));
  return count > 0;
}

/** Python's `==`: 1, 1.0 and True are equal, a text never equals a number. Pays for what it compares. */
export function isEqual(left: unknown, right: unknown, budget: Budget, depth = 0): boolean {
  budget.spend(1);
  if (depth > MAX_DEPTH) throw new TemplateFault('depth');
  const number = numberOf(left);
  if (number !== null) return number === numberOf(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((each, at) => isEqual(each, right[at], budget, depth + 1))
    );
  }
  if (kindOf(left) === 'map' && kindOf(right) === 'map') return isEqualMap(left, right, budget, depth);
  if (kindOf(left) === 'undefined') return kindOf(right) === 'undefined';
  if (typeof left === 'string') budget.text(left.length);
  return left === right;
}

function isEqualMap(left: unknown, right: unknown, budget: Budget, depth: number): boolean {
  const pairs = pairsOf(left);
  budget.spend(pairs.length);
  if (pairs.length !== pairsOf(right).length) return false;
  return pairs.every(([key, value]) => isEqual(value, ownValue(right, key), budget, depth + 1));
}
