import { emitArithmetic } from './arithmetic.ts';
import type { Condition, Expression, Query, Window } from './ast.ts';
import { emitCast } from './cast.ts';
import { coerce, commonKind, comparable } from './coerce.ts';
import { dateAdd, dateDiff, dateField, datePart } from './date-functions.ts';
import type { Binder, Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { emitFunction } from './functions.ts';
import type { OutColumn, Scope } from './scope.ts';
import { quoteName } from './scope.ts';
import { SqlServerError, syntaxError } from './sql-server-error.ts';

/** Translates a query inside an expression; handed in, since queries and expressions hold each other. */
export type TranslateQuery = (
  query: Query,
  scope: Scope,
  binder: Binder,
) => { sql: string; columns: readonly OutColumn[] };

const aggregates: readonly string[] = ['COUNT', 'COUNT_BIG', 'SUM', 'MIN', 'MAX', 'AVG', 'STRING_AGG'];
const rankings: readonly string[] = ['ROW_NUMBER', 'RANK', 'DENSE_RANK'];
const dateCalls: readonly string[] = ['DATEADD', 'DATEDIFF', 'DATEPART'];
const operators: Readonly<Record<string, string>> = { '!=': '<>', '!<': '>=', '!>': '<=' };

/** Expressions and conditions of one scope, from T-SQL's tree to SQLite's SQL. */
export class ExpressionTranslator {
  readonly #scope: Scope;
  readonly #binder: Binder;
  readonly #query: TranslateQuery;
  #insideAggregate = false;
  #asGrouped = true;

  constructor(scope: Scope, binder: Binder, query: TranslateQuery) {
    this.#scope = scope;
    this.#binder = binder;
    this.#query = query;
  }

  expression(node: Expression): Emitted {
    const grouped = this.#scope.grouped;
    if (grouped && this.#asGrouped && !this.#insideAggregate && node.is !== 'column') {
      // A whole expression may be what GROUP BY lists: then what is in it is not looked at.
      this.#asGrouped = false;
      const plain = this.#emit(node);
      this.#asGrouped = true;
      if (grouped.has(plain.sql)) return plain;
    }
    return this.#emit(node);
  }

  condition(node: Condition): string {
    switch (node.is) {
      case 'and':
      case 'or':
        return `(${this.condition(node.left)} ${node.is.toUpperCase()} ${this.condition(node.right)})`;
      case 'not':
        return `(NOT ${this.condition(node.operand)})`;
      case 'isNull':
        return `(${this.expression(node.operand).sql} IS ${node.negated ? 'NOT ' : ''}NULL)`;
      case 'exists':
        return `EXISTS (${this.#query(node.query, this.#scope, this.#binder).sql})`;
      case 'compare':
        return this.#compare(node.operator, this.expression(node.left), this.expression(node.right));
      case 'between': {
        const operand = this.expression(node.operand);
        const within = `${this.#compare('>=', operand, this.expression(node.low))} AND ${this.#compare('<=', operand, this.expression(node.high))}`;
        return node.negated ? `(NOT (${within}))` : `(${within})`;
      }
      case 'in':
        return this.#in(this.expression(node.operand), node.list, node.negated);
      case 'like':
        return this.#like(node);
    }
  }

  /** `ORDER BY` terms: text sorts without regard to case. */
  order(value: Emitted, descending: boolean): string {
    return `${comparable(value)}${descending ? ' DESC' : ''}`;
  }

  #emit(node: Expression): Emitted {
    const binder = this.#binder;
    switch (node.is) {
      case 'text':
        return binder.emit(node.value, 'text', node.unicode);
      case 'number':
        return /^\d+$/.test(node.value)
          ? { sql: node.value, kind: 'int', known: Number(node.value) }
          : { sql: String(Number(node.value)), kind: 'real', known: Number(node.value) };
      case 'null':
        return { sql: 'NULL', kind: 'null', known: null };
      case 'variable': {
        const { value, kind, unicode } = binder.variable(node.name);
        return binder.emit(value, kind, unicode);
      }
      case 'column':
        return this.#column(node.path);
      case 'star':
        throw syntaxError('*');
      case 'sign': {
        const operand = this.expression(node.operand);
        const number = operand.kind === 'text' ? coerce(operand, 'int', binder) : operand;
        return node.sign === '+' ? number : { sql: `(- ${number.sql})`, kind: number.kind };
      }
      case 'arithmetic':
        return emitArithmetic(node.operator, this.expression(node.left), this.expression(node.right), binder);
      case 'call':
        return this.#call(node.name, node.args, node.distinct, node.over);
      case 'cast':
        return emitCast(this.expression(node.operand), node.target, node.style, binder);
      case 'iif':
        return this.#case([{ when: node.condition, value: node.yes }], node.no);
      case 'case':
        return this.#case(node.branches, node.otherwise);
      case 'subquery':
        return this.#scalar(node.query);
    }
  }

  #column(path: readonly string[]): Emitted {
    const { alias, column, scope } = this.#scope.resolve(path);
    const sql = `${quoteName(alias)}.${quoteName(column.name)}`;
    const checked = scope.grouped && this.#asGrouped && !(this.#insideAggregate && scope === this.#scope);
    if (checked && !scope.grouped?.has(sql)) {
      throw new SqlServerError(
        8120,
        `Column '${alias}.${column.name}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.`,
      );
    }
    return { sql, kind: column.kind, pad: column.pad, column: true };
  }

  #compare(operator: string, first: Emitted, second: Emitted): string {
    const kind = commonKind(first.kind, second.kind);
    const left = coerce(first, kind, this.#binder);
    const right = coerce(second, kind, this.#binder);
    // One collation is enough, and a bare column has its own.
    const plainRight = comparable({ ...right, column: true });
    const plainLeft = right.column ? comparable({ ...left, column: true }) : comparable(left);
    return `(${plainLeft} ${operators[operator] ?? operator} ${plainRight})`;
  }

  #in(operand: Emitted, list: readonly Expression[] | Query, negated: boolean): string {
    const not = negated ? 'NOT ' : '';
    if ('arms' in list) {
      const { sql, columns } = this.#query(list, this.#scope, this.#binder);
      const only = single(columns);
      const kind = commonKind(operand.kind, only.kind);
      const left = comparable(coerce(operand, kind, this.#binder));
      const inner = coerce({ sql: 'c', kind: only.kind }, kind, this.#binder).sql;
      const rows = inner === 'c' ? sql : `WITH "tsql one" (c) AS (${sql}) SELECT ${inner} FROM "tsql one"`;
      return `(${left} ${not}IN (${rows}))`;
    }
    const items = list.map((item) => this.expression(item));
    const kind = commonKind(operand.kind, ...items.map((item) => item.kind));
    const values = items.map((item) => comparable({ ...coerce(item, kind, this.#binder), column: true }));
    return `(${comparable(coerce(operand, kind, this.#binder))} ${not}IN (${values.join(', ')}))`;
  }

  #like(node: Extract<Condition, { is: 'like' }>): string {
    const operand = this.expression(node.operand);
    const pattern = this.expression(node.pattern);
    const escapeBy = node.escape ? this.expression(node.escape) : null;
    if (escapeBy && (typeof escapeBy.known !== 'string' || [...escapeBy.known].length !== 1)) {
      throw new SqlServerError(
        506,
        `The invalid escape character "${escapeBy.known ?? 'NULL'}" was specified in a LIKE predicate.`,
      );
    }
    if (operand.kind === 'datetime')
      throw new SqlServerError(
        8116,
        'Argument data type datetime is invalid for argument 1 of like function.',
      );
    const unicode = operand.unicode || pattern.unicode ? 1 : 0;
    return `(${node.negated ? 'NOT ' : ''}tsql_like(${padded(operand)}, ${padded(pattern)}, ${escapeBy?.sql ?? 'NULL'}, ${unicode}))`;
  }

  #case(branches: readonly { when: Condition; value: Expression }[], otherwise: Expression | null): Emitted {
    const values = branches.map(({ value }) => this.expression(value));
    const last = otherwise ? this.expression(otherwise) : null;
    const kind = commonKind(...values.map((value) => value.kind), last?.kind ?? 'null');
    const out = (value: Emitted): string => padded(coerce(value, kind, this.#binder));
    const whens = branches.map(
      ({ when }, index) => `WHEN ${this.condition(when)} THEN ${out(values[index] as Emitted)}`,
    );
    return { sql: `CASE ${whens.join(' ')} ELSE ${last ? out(last) : 'NULL'} END`, kind, loose: true };
  }

  #scalar(query: Query): Emitted {
    const { sql, columns } = this.#query(query, this.#scope, this.#binder);
    const { kind, pad } = single(columns);
    // More than one row is error 512, where SQLite would take the first.
    const one = `SELECT CASE WHEN count(*) > 1 THEN tsql_one_row(1) ELSE max(c) END FROM "tsql one"`;
    return { sql: `(WITH "tsql one" (c) AS (${sql}) ${one})`, kind, pad, loose: true };
  }

  #call(name: string, args: readonly Expression[], distinct: boolean, over: Window | null): Emitted {
    if (dateCalls.includes(name)) return this.#dateCall(name, args);
    if (rankings.includes(name)) {
      if (!over || over.order.length === 0) {
        throw new SqlServerError(4112, `The function '${name}' must have an OVER clause with ORDER BY.`);
      }
      return { sql: `${name.toLowerCase()}()${this.#window(over)}`, kind: 'int' };
    }
    if (aggregates.includes(name)) return this.#aggregate(name, args, distinct, over);
    if (over || distinct)
      throw new SqlServerError(195, `'${name}' is not a recognized built-in function name.`);
    return emitFunction(
      name,
      args.map((argument) => this.expression(argument)),
      this.#binder,
    );
  }

  #window(over: Window): string {
    const partition = over.partition.map((by) => comparable(this.expression(by)));
    const order = over.order.map(({ by, descending }) => this.order(this.expression(by), descending));
    const parts = [
      ...(partition.length > 0 ? [`PARTITION BY ${partition.join(', ')}`] : []),
      ...(order.length > 0 ? [`ORDER BY ${order.join(', ')}`] : []),
    ];
    return ` OVER (${parts.join(' ')})`;
  }

  #aggregate(name: string, args: readonly Expression[], distinct: boolean, over: Window | null): Emitted {
    const outer = this.#insideAggregate;
    if (over === null) this.#scope.aggregated = true;
    this.#insideAggregate = over === null || outer;
    const window = over ? this.#window(over) : '';
    const unique = distinct ? 'DISTINCT ' : '';
    try {
      const [first] = args;
      if (!first || args.length !== (name === 'STRING_AGG' ? 2 : 1)) {
        throw new SqlServerError(174, `The ${name} function requires 1 argument(s).`);
      }
      if (first.is === 'star') {
        if (!name.startsWith('COUNT')) throw syntaxError('*');
        return { sql: `count(*)${window}`, kind: 'int' };
      }
      const value = this.expression(first);
      if (name.startsWith('COUNT')) return { sql: `count(${unique}${value.sql})${window}`, kind: 'int' };
      if (name === 'STRING_AGG') {
        const separator = this.expression(args[1] as Expression);
        return {
          sql: `group_concat(${padded(value)}, ${separator.sql})${window}`,
          kind: 'text',
          loose: true,
        };
      }
      if (name === 'MIN' || name === 'MAX') {
        return {
          sql: `${name.toLowerCase()}(${comparable(value)})${window}`,
          kind: value.kind,
          pad: value.pad,
          loose: value.loose,
        };
      }
      if (value.kind !== 'int' && value.kind !== 'real' && value.kind !== 'null') {
        throw new SqlServerError(
          8117,
          `Operand data type ${value.kind} is invalid for ${name.toLowerCase()} operator.`,
        );
      }
      const sql = `${name.toLowerCase()}(${unique}${value.sql})${window}`;
      return name === 'AVG' && value.kind === 'int'
        ? { sql: `CAST(${sql} AS INTEGER)`, kind: 'int' }
        : { sql, kind: value.kind };
    } finally {
      this.#insideAggregate = outer;
    }
  }

  #dateCall(name: string, args: readonly Expression[]): Emitted {
    const [word, ...values] = args;
    if (values.length !== (name === 'DATEPART' ? 1 : 2)) {
      throw new SqlServerError(
        174,
        `The ${name.toLowerCase()} function requires ${name === 'DATEPART' ? 2 : 3} argument(s).`,
      );
    }
    const part = datePart(word?.is === 'column' ? (word.path[0] ?? '') : '', name.toLowerCase());
    const emitted = values.map((value) => this.expression(value));
    const date = (index: number): Emitted => coerce(emitted[index] as Emitted, 'datetime', this.#binder);
    if (name === 'DATEPART') return dateField(part, date(0));
    if (name === 'DATEDIFF') return dateDiff(part, date(0), date(1));
    return dateAdd(part, coerce(emitted[0] as Emitted, 'int', this.#binder), date(1));
  }
}

/** The one column that a subquery in an expression may have. Throws 116. */
function single(columns: readonly OutColumn[]): OutColumn {
  const [only, ...more] = columns;
  if (!only || more.length > 0) {
    throw new SqlServerError(
      116,
      'Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.',
    );
  }
  return only;
}
