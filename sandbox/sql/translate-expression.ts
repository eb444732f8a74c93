import { inCodePage } from '../database/code-page.ts';
import { emitAggregate, emitStringAggregate } from './aggregates.ts';
import { emitArithmetic } from './arithmetic.ts';
import type { Condition, Expression, Query, Window } from './ast.ts';
import { emitCast } from './cast.ts';
import { coerce, commonKind, comparable } from './coerce.ts';
import { collated } from './collation.ts';
import { among, cases, compared, like } from './comparisons.ts';
import { dateAdd, dateDiff, dateField, datePart } from './date-functions.ts';
import type { Binder, Emitted } from './emitted.ts';
import { emitFunction } from './functions.ts';
import { emitNumber, emitSign, emitVariable } from './literals.ts';
import type { OutColumn, Scope } from './scope.ts';
import { quoteName, traitsOf } from './scope.ts';
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
      // GROUP BY may list the whole expression. Then its parts are not checked.
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
        return compared(node.operator, this.expression(node.left), this.expression(node.right), this.#binder);
      case 'between': {
        const operand = this.expression(node.operand);
        const above = compared('>=', operand, this.expression(node.low), this.#binder);
        const within = `${above} AND ${compared('<=', operand, this.expression(node.high), this.#binder)}`;
        return node.negated ? `(NOT (${within}))` : `(${within})`;
      }
      case 'in':
        return this.#in(this.expression(node.operand), node.list, node.negated);
      case 'like':
        return like(
          this.expression(node.operand),
          this.expression(node.pattern),
          node.escape ? this.expression(node.escape) : null,
          node.negated,
        );
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
        return binder.emit(node.unicode ? node.value : inCodePage(node.value), 'text', {
          unicode: node.unicode,
          long: node.value.length > 8000,
        });
      case 'number':
        return emitNumber(node.value, binder);
      case 'binary':
        return binder.emit(node.value, 'binary');
      case 'null':
        return { sql: 'NULL', kind: 'null', known: null };
      case 'variable':
        return emitVariable(binder.variable(node.name), binder);
      case 'column':
        return this.#column(node.path);
      case 'star':
        throw syntaxError('*');
      case 'sign': {
        const operand = this.expression(node.operand);
        return emitSign(node.sign, operand, binder);
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
      case 'collate':
        return collated(this.expression(node.operand), node.collation);
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
    return { ...traitsOf(column), sql, kind: column.kind, column: true };
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
    return among(
      operand,
      list.map((item) => this.expression(item)),
      negated,
      this.#binder,
    );
  }

  #case(branches: readonly { when: Condition; value: Expression }[], otherwise: Expression | null): Emitted {
    const emitted = branches.map(({ when, value }) => ({
      when: this.condition(when),
      value: this.expression(value),
    }));
    return cases(emitted, otherwise ? this.expression(otherwise) : null, this.#binder);
  }

  #scalar(query: Query): Emitted {
    const { sql, columns } = this.#query(query, this.#scope, this.#binder);
    const only = single(columns);
    // More than one row is error 512. SQLite would take the first row.
    const one = `SELECT CASE WHEN count(*) > 1 THEN tsql_one_row(1) ELSE max(c) END FROM "tsql one"`;
    return {
      sql: `(WITH "tsql one" (c) AS (${sql}) ${one})`,
      ...traitsOf(only),
      kind: only.kind,
      loose: true,
    };
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
    try {
      const [first] = args;
      if (!first || args.length !== (name === 'STRING_AGG' ? 2 : 1)) {
        throw new SqlServerError(174, `The ${name} function requires 1 argument(s).`);
      }
      if (first.is === 'star') {
        if (!name.startsWith('COUNT')) throw syntaxError('*');
        return { sql: `count(*)${window}`, kind: 'int', wide: name === 'COUNT_BIG' };
      }
      const value = this.expression(first);
      if (name !== 'STRING_AGG') return emitAggregate(name, value, distinct, window);
      return emitStringAggregate(value, this.expression(args[1] as Expression), window);
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

/** The only column of a subquery in an expression. Throws 116 for more columns. */
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
