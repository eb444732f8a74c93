import { SqlServerError } from './sql-server-error.ts';
import type { Kind, SqlValue, Variable } from './values.ts';

/** A piece of SQLite's SQL and what its value is. */
export interface Emitted {
  readonly sql: string;
  readonly kind: Kind;
  /** A char(n): `sql` gives it without its trailing blanks. */
  readonly pad?: number;
  /** Text that may end in blanks, which comparisons must not mind. */
  readonly loose?: boolean;
  /** A bare column: brings its own collation. */
  readonly column?: boolean;
  readonly unicode?: boolean;
  /** A value known now: converted at once instead of row by row. */
  readonly known?: SqlValue;
}

/** The value with the blanks that SQL Server would have. */
export function padded({ sql, pad }: Emitted): string {
  return pad === undefined ? sql : `substr(${sql} || '${' '.repeat(pad)}', 1, ${pad})`;
}

/** The values that travel beside the SQL, never inside it. */
export class Binder {
  readonly values: Record<string, SqlValue> = {};
  readonly #names = new Map<string, string>();
  readonly #variables: ReadonlyMap<string, Variable>;
  /** Wall time now at the practice: GETDATE(). */
  readonly now: string;

  constructor(variables: ReadonlyMap<string, Variable>, now: string) {
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
    if (!variable) throw new SqlServerError(137, `Must declare the scalar variable "${name}".`);
    return variable;
  }

  emit(value: SqlValue, kind: Kind, unicode = false): Emitted {
    const loose = typeof value === 'string' && value.endsWith(' ');
    return {
      sql: value === null ? 'NULL' : this.bind(value),
      kind: value === null ? 'null' : kind,
      known: value,
      loose,
      unicode,
    };
  }
}
