import { tables } from '../database/schema.ts';
import type { FromItem } from './ast.ts';
import { coerce, commonKind } from './coerce.ts';
import type { Binder, Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { rename } from './rename.ts';
import type { OutColumn } from './scope.ts';
import { quoteName, Scope } from './scope.ts';
import { SqlServerError } from './sql-server-error.ts';
import { systemViews } from './system-tables.ts';
import { commonTraits } from './traits.ts';
import { ExpressionTranslator, type TranslateQuery } from './translate-expression.ts';

/** Translates the FROM clause and adds its names to the scope. */
export class FromTranslator {
  readonly #scope: Scope;
  readonly #parent: Scope;
  readonly #binder: Binder;
  readonly #query: TranslateQuery;

  constructor(scope: Scope, parent: Scope, binder: Binder, query: TranslateQuery) {
    this.#scope = scope;
    this.#parent = parent;
    this.#binder = binder;
    this.#query = query;
  }

  from(item: FromItem): string {
    switch (item.is) {
      case 'table': {
        const system = systemViews.get(item.name.toLowerCase());
        if (system) {
          this.#scope.add(
            item.alias,
            system.map((column) => ({ ...column, unicode: column.kind === 'text' })),
          );
          return `${quoteName(item.name.toLowerCase())} AS ${quoteName(item.alias)}`;
        }
        const common = this.#scope.commonTable(item.name);
        const table = tables.get(item.name.toUpperCase());
        const columns = common ?? table?.columns.map(({ name, type }) => columnOf(name, type));
        if (!columns) throw new SqlServerError(208, `Invalid object name '${item.name}'.`);
        this.#scope.add(item.alias, columns);
        return `${quoteName(common ? item.name : item.name.toUpperCase())} AS ${quoteName(item.alias)}`;
      }
      case 'derived': {
        const { sql, columns } = this.#query(item.query, this.#parent, this.#binder);
        const renamed = rename(columns, item.columns, item.alias);
        this.#scope.add(item.alias, renamed);
        return this.#derived(sql, renamed, item.alias);
      }
      case 'values': {
        const translator = new ExpressionTranslator(new Scope(this.#parent), this.#binder, this.#query);
        const rows = item.rows.map((row) => row.map((value) => translator.expression(value)));
        const kinds = item.columns.map((_, index) =>
          commonKind(...rows.map((row) => row[index]?.kind ?? 'null')),
        );
        const columns = item.columns.map((name, index) => ({
          name,
          kind: kinds[index] ?? 'null',
          ...commonTraits(
            kinds[index] ?? 'null',
            rows.flatMap((row) => row[index] ?? []),
          ),
        }));
        if (rows.some((row) => row.length !== columns.length)) {
          throw new SqlServerError(
            10709,
            'The number of columns for each row in a table value constructor must be the same.',
          );
        }
        this.#scope.add(item.alias, columns);
        const shown = (value: Emitted, index: number): string =>
          padded(coerce(value, kinds[index] ?? 'null', this.#binder));
        const tuples = rows.map((row) => `(${row.map(shown).join(', ')})`);
        return this.#derived(`VALUES ${tuples.join(', ')}`, columns, item.alias);
      }
      case 'join': {
        const left = this.from(item.left);
        const right = this.from(item.right);
        const counted = item.on ? this.#scope.counted() : null;
        const on = item.on
          ? new ExpressionTranslator(this.#scope, this.#binder, this.#query).condition(item.on)
          : null;
        const conditions = [counted, on].filter((each) => each !== null);
        const joined = conditions.length > 0 ? ` ON ${conditions.join(' AND ')}` : '';
        return `${left} ${item.type} JOIN ${item.right.is === 'join' ? `(${right})` : right}${joined}`;
      }
    }
  }

  /** SQLite names a derived table's columns only through a common table expression. */
  #derived(sql: string, columns: readonly OutColumn[], alias: string): string {
    const names = columns.map(({ name }) => quoteName(name)).join(', ');
    return `(WITH "tsql derived" (${names}) AS (${sql}) SELECT * FROM "tsql derived") AS ${quoteName(alias)}`;
  }
}

/** A column of a table as queries see it. */
export function columnOf(
  name: string,
  type: { kind: 'int' | 'datetime' | 'char' | 'varchar'; length?: number },
): OutColumn {
  if (type.kind === 'char') return { name, kind: 'text', pad: type.length ?? 0 };
  return { name, kind: type.kind === 'varchar' ? 'text' : type.kind };
}
