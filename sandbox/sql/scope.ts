import { SqlServerError } from './sql-server-error.ts';
import type { Traits } from './traits.ts';
import type { Kind } from './values.ts';

/** A column of a table, a derived table or a result. `pad`: a char(n), kept trimmed, to be padded to n on its way out. */
export interface OutColumn extends Traits {
  readonly name: string;
  readonly kind: Kind;
}

/** The traits of a column or an expression, without what else it is. */
export function traitsOf({ pad, unicode, binary, long, wide, decimals }: Traits): Traits {
  return { pad, unicode, binary, long, wide, decimals };
}

interface Source {
  readonly alias: string;
  readonly columns: readonly OutColumn[];
}

export interface Resolved {
  readonly alias: string;
  readonly column: OutColumn;
  /** The scope that the name belongs to: an outer one when the subquery is correlated. */
  readonly scope: Scope;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The names that one SELECT can use, and behind it those of the queries around it. */
export class Scope {
  readonly sources: Source[] = [];
  readonly named = new Map<string, readonly OutColumn[]>();
  /** The GROUP BY expressions, as SQL. Null without aggregation. */
  grouped: ReadonlySet<string> | null = null;
  /** Whether the query contains an aggregate of this scope's rows. */
  aggregated = false;
  readonly parent: Scope | null;

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  add(alias: string, columns: readonly OutColumn[]): void {
    if (this.sources.some((source) => same(source.alias, alias))) {
      throw new SqlServerError(
        1011,
        `The correlation name '${alias}' is specified multiple times in a FROM clause.`,
      );
    }
    this.sources.push({ alias, columns });
  }

  /**
   * Whether its rows may be looked at more often than a table has them: they are joined, or read again by a query around
   * it. Then this condition, always true, counts each look.
   */
  counted(): string | null {
    if (this.sources.length === 0 || (this.sources.length === 1 && !this.#isNested())) return null;
    // A comparison of one column of each: anything simpler SQLite would work out once, before the rows.
    const columns = this.sources.map(
      ({ alias, columns: [first] }) => `${quoteName(alias)}.${quoteName(first?.name ?? '')}`,
    );
    return `tsql_step(${columns.join(' IS ')})`;
  }

  #isNested(): boolean {
    return this.parent !== null && (this.parent.sources.length > 0 || this.parent.#isNested());
  }

  commonTable(name: string): readonly OutColumn[] | undefined {
    return this.named.get(name.toLowerCase()) ?? this.parent?.commonTable(name);
  }

  /** Throws 207, 209 or 4104. */
  resolve(path: readonly string[]): Resolved {
    const name = path.at(-1) ?? '';
    const qualifier = path.at(-2);
    const found = this.sources
      .filter((source) => qualifier === undefined || same(source.alias, qualifier))
      .flatMap(({ alias, columns }) =>
        columns.filter((column) => same(column.name, name)).map((column) => ({ alias, column, scope: this })),
      );
    if (found.length > 1) throw new SqlServerError(209, `Ambiguous column name '${name}'.`);
    const [only] = found;
    if (only) return only;
    if (qualifier !== undefined && this.sources.some(({ alias }) => same(alias, qualifier))) {
      throw new SqlServerError(207, `Invalid column name '${name}'.`);
    }
    if (this.parent) return this.parent.resolve(path);
    throw qualifier === undefined
      ? new SqlServerError(207, `Invalid column name '${name}'.`)
      : new SqlServerError(4104, `The multi-part identifier "${path.join('.')}" could not be bound.`);
  }
}

/** A name as SQLite takes it, whatever it holds. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
