/** Operators between two values; comparisons stand apart because they chain (`1 < x < 3`). */
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '~';
export type CompareOperator = '==' | '!=' | '<' | '>' | '<=' | '>=' | 'in' | 'not in';

/** A compiled expression. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
  | {
      readonly kind: 'slice';
      readonly of: Expression;
      /** Null: from the first, to the last. */
      readonly from: Expression | null;
      readonly to: Expression | null;
    }
  | {
      readonly kind: 'filter';
      readonly name: string;
      readonly of: Expression;
      /** One slot per parameter of the filter, in its order; null: not given. */
      readonly args: readonly (Expression | null)[];
    }
  | { readonly kind: 'test'; readonly name: string; readonly of: Expression; readonly negated: boolean }
  | { readonly kind: 'not' | 'negate' | 'plus'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'binary';
      readonly op: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly { readonly op: CompareOperator; readonly right: Expression }[];
    }
  | {
      readonly kind: 'choose';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression | null;
    };

/** A piece of a template between its delimiters. `test` is null for `else`. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly of: Expression }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: Expression | null; readonly body: readonly Piece[] }[];
    };
