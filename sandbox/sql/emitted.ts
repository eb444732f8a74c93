import { SqlServerError, undeclared } from './sql-server-error.ts';
import type { Traits } from './traits.ts';
import type { Kind, SqlValue, Variable, Variables } from './values.ts';

/** A piece of SQLite's SQL and what its value is. */
export interface Emitted extends Traits {
  readonly sql: string;
  readonly kind: Kind;
  /** Text that may end in blanks, which comparisons must ignore. */
  readonly loose?: boolean;
  /** A plain column: it has its own collation. */
  readonly column?: boolean;
  /** A value known now: converted at once instead of row by row. */
  readonly known?: SqlValue;
}

/** The value with the blanks that SQL Server would have. */
export function padded({ sql, pad }: Emitted): string {
  return pad === undefined ? sql : `substr(${sql} || '${' '.repeat(pad)}', 1, ${pad})`;
}

const biggestBound = 2 ** 31;

/** The values that travel beside the SQL, never inside it. */
export class Binder {
  readonly values: Record<string, SqlValue> = {};
  readonly #names = new Map<string, string>();
  readonly #variables: Variables;
  /** Wall time now at the practice: GETDATE(). */
  readonly now: string;

  constructor(variables: Variables, now: string) {
    this.#variables = variables;
    this.now = now;
  }

  bind(value: SqlValue): string {
    const key = `${typeof value} ${value}`;
    const known = this.#names.get(key);
    if (known) return known;
    const name = `:b${this.#names.size + 1}`;
    this.#names.set(key, name);
    this.values[name] = value;
    return name;
  }

  /** Throws 137. */
  variable(name: string): Variable {
    const variable = this.#variables.get(name.toLowerCase());
    if (!variable) throw undeclared(name);
    return variable;
  }

  emit(value: SqlValue, kind: Kind, traits: Traits = {}): Emitted {
    if (value === null) return { sql: 'NULL', kind: 'null', known: null };
    const loose = kind === 'text' && String(value).endsWith(' ');
    return { ...traits, sql: this.#sql(value, kind), kind, known: value, loose };
  }

  /** Bound integers from 2^31 on would become doubles, so they are written as literals. */
  #sql(value: string | number, kind: Kind): string {
    if (kind !== 'int' || Math.abs(Number(value)) < biggestBound) return this.bind(value);
    if (!/^-?\d+$/.test(String(value)))
      throw new SqlServerError(8115, 'Arithmetic overflow error converting expression to data type bigint.');
    return `(${value})`;
  }
}
