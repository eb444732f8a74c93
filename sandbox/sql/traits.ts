import type { Decimals } from './decimals.ts';
import { combined } from './decimals.ts';
import type { Kind } from './values.ts';

/** Properties of a value besides its kind. */
export interface Traits {
  /** A char(n): the SQL gives it without its trailing blanks. */
  readonly pad?: number;
  readonly unicode?: boolean;
  /** Set by a binary COLLATE: compared byte by byte, so that case matters. */
  readonly binary?: boolean;
  /** varchar(max) and its like: not cut at eight thousand bytes. */
  readonly long?: boolean;
  /** A bigint. */
  readonly wide?: boolean;
  /** For decimals and whole-number literals. A float has none. */
  readonly decimals?: Decimals;
}

type Typed = Traits & { readonly kind: Kind };

/** The digits that a number counts as among decimals; undefined for a float and for what is no number. */
export function digitsOf({ kind, wide, decimals }: Typed): Decimals | undefined {
  if (kind === 'bit') return { precision: 1, scale: 0 };
  // A number that is written out counts by its digits.
  if (kind === 'int') return decimals ?? { precision: wide ? 19 : 10, scale: 0 };
  return kind === 'real' ? decimals : undefined;
}

/** The properties that several alternative values share. */
export function commonTraits(kind: Kind, values: readonly Typed[]): Traits {
  const known = values.filter((value) => value.kind !== 'null');
  if (kind === 'text') {
    return {
      unicode: known.some(({ unicode }) => unicode),
      binary: known.some(({ binary }) => binary),
      long: known.some(({ long }) => long),
    };
  }
  if (kind === 'int') return { wide: known.some(({ wide }) => wide) };
  if (kind !== 'real') return {};
  const digits = known.map(digitsOf).filter((each) => each !== undefined);
  if (digits.length < known.length) return {};
  return { decimals: digits.reduce((left, right) => combined('+', left, right)) };
}
