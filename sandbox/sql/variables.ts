import type { CastTarget, Expression } from './ast.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Variable } from './values.ts';
import { isUnicodeType, kindOfType } from './values.ts';

/** A variable that holds NULL yet. Throws 2715 for a type that is not known. */
export function declaredVariable(type: CastTarget): Variable {
  const kind = kindOfType(type.name);
  if (!kind)
    throw new SqlServerError(2715, `Column, parameter, or variable #1: Cannot find data type ${type.name}.`);
  // A text that is declared without a length holds one character.
  const length = kind === 'text' && type.length === null && /char$/.test(type.name) ? 1 : type.length;
  return { type: { ...type, length }, kind, value: null, unicode: isUnicodeType(type.name) };
}

export function literalOf(value: number): Expression {
  const digits: Expression = { is: 'number', value: String(Math.abs(value)) };
  return value < 0 ? { is: 'sign', sign: '-', operand: digits } : digits;
}
