import type { Expression, Order, Query, Select, SelectItem } from './ast.ts';
import { isQuery } from './ast.ts';
import { coerce, commonKind } from './coerce.ts';
import type { Binder, Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { rename } from './rename.ts';
import type { OutColumn } from './scope.ts';
import { quoteName, Scope, traitsOf } from './scope.ts';
import { SqlServerError, syntaxError } from './sql-server-error.ts';
import { commonTraits } from './traits.ts';
import { ExpressionTranslator } from './translate-expression.ts';
import { FromTranslator } from './translate-from.ts';

export interface Translated {
  readonly sql: string;
  /** In order; SQLite names them as here, an unnamed one is empty. */
  readonly columns: readonly OutColumn[];
}

interface Item {
  readonly name: string;
  readonly value: Emitted;
}

interface TranslatedSelect extends Translated {
  readonly items: readonly Item[];
  readonly scope: Scope;
}

/** A T-SQL query to SQLite's SQL. Throws SqlServerError for what is wrong or not spoken. */
export function translateQuery(query: Query, parent: Scope | null, binder: Binder): Translated {
  const scope = new Scope(parent);
  const named = query.with.map(({ name, columns, query: inner }) => {
    const body = translateQuery(inner, scope, binder);
    const renamed = rename(body.columns, columns, name);
    scope.named.set(name.toLowerCase(), renamed);
    return `${quoteName(name)} (${renamed.map((column) => quoteName(column.name)).join(', ')}) AS (${body.sql})`;
  });
  const prefix = named.length > 0 ? `WITH ${named.join(', ')} ` : '';
  const { sql, columns, order } =
    query.arms.length === 1 ? oneArm(query, scope, binder) : compound(query, scope, binder);
  return { sql: `${prefix}${sql}${order}${limit(query, binder, scope)}`, columns };
}

function count(expression: Expression, binder: Binder, scope: Scope): string {
  const emitted = new ExpressionTranslator(new Scope(scope), binder, translateQuery).expression(expression);
  const { sql, known } = coerce(emitted, 'int', binder);
  if (typeof known !== 'number')
    throw new SqlServerError(1060, 'The number of rows must be given by a number or a parameter.');
  if (known < 0) throw new SqlServerError(1014, 'A TOP or FETCH clause contains an invalid value.');
  return sql;
}

function limit(query: Query, binder: Binder, scope: Scope): string {
  const [only] = query.arms;
  const top = query.arms.length === 1 && only && !isQuery(only) ? only.top : null;
  if (query.offset) {
    const most = query.fetch ? count(query.fetch, binder, scope) : '-1';
    return ` LIMIT ${most} OFFSET ${count(query.offset, binder, scope)}`;
  }
  return top ? ` LIMIT ${count(top, binder, scope)}` : '';
}

function oneArm(query: Query, scope: Scope, binder: Binder): Translated & { order: string } {
  const [arm] = query.arms;
  if (!arm) throw new SqlServerError(102, "Incorrect syntax near ''.");
  if (isQuery(arm)) {
    const { sql, columns } = translateQuery(arm, scope, binder);
    return { sql: `SELECT * FROM (${sql})`, columns, order: orderOfCompound(query.order, columns) };
  }
  const select = translateSelect(arm, scope, binder, false);
  return { ...select, order: orderOfSelect(query.order, select, binder) };
}

function compound(query: Query, scope: Scope, binder: Binder): Translated & { order: string } {
  const translate = (inFull: boolean) =>
    query.arms.map((arm) => {
      if (isQuery(arm)) {
        const inner = translateQuery(arm, scope, binder);
        return { ...inner, sql: `SELECT * FROM (${inner.sql})` };
      }
      const select = translateSelect(arm, scope, binder, inFull);
      const top = arm.top ? ` LIMIT ${count(arm.top, binder, scope)}` : '';
      return top ? { ...select, sql: `SELECT * FROM (${select.sql}${top})` } : select;
    });
  let arms = translate(false);
  const [first] = arms;
  const width = first?.columns.length ?? 0;
  if (arms.some(({ columns }) => columns.length !== width)) {
    throw new SqlServerError(
      205,
      'All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.',
    );
  }
  const samePads = arms.every(({ columns }) =>
    columns.every(({ pad }, index) => pad === first?.columns[index]?.pad),
  );
  // When char columns of the arms differ in length, each arm keeps its own padding.
  if (!samePads) arms = translate(true);
  const columns = (first?.columns ?? []).map(({ name, pad }, index) => {
    const each = arms.flatMap((arm) => arm.columns[index] ?? []);
    const kind = commonKind(...each.map((column) => column.kind));
    return { name, kind, ...commonTraits(kind, each), ...(samePads && pad !== undefined ? { pad } : {}) };
  });
  const sql = arms
    .map((arm, index) => (index === 0 ? arm.sql : ` ${query.operators[index - 1]} ${arm.sql}`))
    .join('');
  return { sql, columns, order: orderOfCompound(query.order, columns) };
}

function ordinal(by: Expression, width: number): number | undefined {
  if (by.is !== 'number') return undefined;
  const position = Number(by.value);
  if (position >= 1 && position <= width) return position;
  throw new SqlServerError(
    108,
    `The ORDER BY position number ${by.value} is out of range of the number of items in the select list.`,
  );
}

function orderOfCompound(order: readonly Order[], columns: readonly OutColumn[]): string {
  const terms = order.map(({ by, descending }) => {
    const name = by.is === 'column' ? by.path.at(-1)?.toLowerCase() : undefined;
    const position =
      ordinal(by, columns.length) ?? columns.findIndex((column) => column.name.toLowerCase() === name) + 1;
    const column = columns[position - 1];
    if (!column) {
      throw new SqlServerError(
        104,
        'ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT operator.',
      );
    }
    return `${position}${column.kind === 'text' ? ' COLLATE NOCASE' : ''}${descending ? ' DESC' : ''}`;
  });
  return terms.length > 0 ? ` ORDER BY ${terms.join(', ')}` : '';
}

function orderOfSelect(order: readonly Order[], { items, scope }: TranslatedSelect, binder: Binder): string {
  const translator = new ExpressionTranslator(scope, binder, translateQuery);
  const terms = order.map(({ by, descending }) => {
    const position = ordinal(by, items.length);
    const [alias, ...qualified] = by.is === 'column' ? [...by.path].reverse() : [];
    const item =
      position === undefined
        ? qualified.length === 0 &&
          items.find(({ name }) => name !== '' && name.toLowerCase() === alias?.toLowerCase())
        : items[position - 1];
    return translator.order(item ? item.value : translator.expression(by), descending);
  });
  return terms.length > 0 ? ` ORDER BY ${terms.join(', ')}` : '';
}

function translateSelect(select: Select, parent: Scope, binder: Binder, inFull: boolean): TranslatedSelect {
  const scope = new Scope(parent);
  const translator = new ExpressionTranslator(scope, binder, translateQuery);
  const from = select.from
    ? ` FROM ${new FromTranslator(scope, parent, binder, translateQuery).from(select.from)}`
    : '';
  const condition = select.where ? translator.condition(select.where) : null;
  const conditions = [scope.counted(), condition].filter((each) => each !== null);
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  if (scope.aggregated) {
    throw new SqlServerError(147, 'An aggregate may not appear in the WHERE clause.');
  }
  const group = select.group.map((by) => translator.expression(by));
  if (group.length > 0 || select.having) scope.grouped = new Set(group.map(({ sql }) => sql));
  const translateItems = (): Item[] => select.items.flatMap((item) => translateItem(item, scope, translator));
  let items = translateItems();
  if (scope.aggregated && !scope.grouped) {
    // All rows are one group: now no bare column is allowed.
    scope.grouped = new Set();
    items = translateItems();
  }
  const having = select.having ? ` HAVING ${translator.condition(select.having)}` : '';
  const shown = items.map(({ name, value }, index) => {
    const sql = inFull ? padded(value) : value.sql;
    const collated = value.kind === 'text' && !value.column ? `${sql} COLLATE NOCASE` : sql;
    return `${collated} AS ${quoteName(name === '' ? `unnamed ${index + 1}` : name)}`;
  });
  const groupBy =
    group.length > 0 ? ` GROUP BY ${group.map((by) => translator.order(by, false)).join(', ')}` : '';
  return {
    sql: `SELECT ${select.distinct ? 'DISTINCT ' : ''}${shown.join(', ')}${from}${where}${groupBy}${having}`,
    columns: items.map(({ name, value }) => ({
      name,
      kind: value.kind,
      ...traitsOf(value),
      ...(inFull ? { pad: undefined } : {}),
    })),
    items,
    scope,
  };
}

function translateItem(item: SelectItem, scope: Scope, translator: ExpressionTranslator): Item[] {
  const { value, alias } = item;
  if (item.into !== undefined) throw syntaxError('=');
  if (value.is === 'star') {
    const wanted = scope.sources.filter(
      (source) => value.qualifier === null || source.alias.toLowerCase() === value.qualifier.toLowerCase(),
    );
    if (wanted.length === 0) {
      throw value.qualifier === null
        ? new SqlServerError(263, 'Must specify table to select from.')
        : new SqlServerError(
            107,
            `The column prefix '${value.qualifier}' does not match with a table name or alias name used in the query.`,
          );
    }
    return wanted.flatMap((source) =>
      source.columns.map(({ name }) => ({
        name,
        value: translator.expression({ is: 'column', path: [source.alias, name] }),
      })),
    );
  }
  const name = alias ?? (value.is === 'column' ? (value.path.at(-1) ?? '') : '');
  return [{ name, value: translator.expression(value) }];
}
