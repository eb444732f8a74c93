import { coerce, commonKind, comparable, typeOfKind } from './coerce.ts';
import type { Binder, Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';
import { commonTraits } from './traits.ts';

const operators: Readonly<Record<string, string>> = { '!=': '<>', '!<': '>=', '!>': '<=' };

export function compared(operator: string, first: Emitted, second: Emitted, binder: Binder): string {
  const kind = commonKind(first.kind, second.kind);
  const binary = Boolean(first.binary || second.binary);
  const left = { ...coerce(first, kind, binder), binary };
  const right = { ...coerce(second, kind, binder), binary };
  // One operand's collation is enough. A plain column has its own.
  const plainRight = comparable({ ...right, column: true });
  const plainLeft = right.column ? comparable({ ...left, column: true }) : comparable(left);
  return `(${plainLeft} ${operators[operator] ?? operator} ${plainRight})`;
}

/** IN with a list of values. */
export function among(operand: Emitted, items: readonly Emitted[], negated: boolean, binder: Binder): string {
  const kind = commonKind(operand.kind, ...items.map((item) => item.kind));
  const values = items.map((item) => comparable({ ...coerce(item, kind, binder), column: true }));
  return `(${comparable(coerce(operand, kind, binder))} ${negated ? 'NOT ' : ''}IN (${values.join(', ')}))`;
}

/** Throws 506 for an escape that is not one character, and 8116 for an operand that is not text. */
export function like(operand: Emitted, pattern: Emitted, escapeBy: Emitted | null, negated: boolean): string {
  if (escapeBy && (typeof escapeBy.known !== 'string' || [...escapeBy.known].length !== 1)) {
    throw new SqlServerError(
      506,
      `The invalid escape character "${escapeBy.known ?? 'NULL'}" was specified in a LIKE predicate.`,
    );
  }
  if (operand.kind === 'datetime' || operand.kind === 'binary') {
    throw new SqlServerError(
      8116,
      `Argument data type ${typeOfKind[operand.kind]} is invalid for argument 1 of like function.`,
    );
  }
  const unicode = operand.unicode || pattern.unicode ? 1 : 0;
  const binary = operand.binary || pattern.binary ? 1 : 0;
  return `(${negated ? 'NOT ' : ''}tsql_like(${padded(operand)}, ${padded(pattern)}, ${escapeBy?.sql ?? 'NULL'}, ${unicode}, ${binary}))`;
}

/** CASE: its values in the kind that they have in common. */
export function cases(
  branches: readonly { readonly when: string; readonly value: Emitted }[],
  otherwise: Emitted | null,
  binder: Binder,
): Emitted {
  const values = [...branches.map(({ value }) => value), ...(otherwise ? [otherwise] : [])];
  const kind = commonKind(...values.map((value) => value.kind));
  const out = (value: Emitted): string => padded(coerce(value, kind, binder));
  const whens = branches.map(({ when, value }) => `WHEN ${when} THEN ${out(value)}`);
  return {
    sql: `CASE ${whens.join(' ')} ELSE ${otherwise ? out(otherwise) : 'NULL'} END`,
    kind,
    loose: true,
    ...commonTraits(kind, values),
  };
}
