import type { FromItem, Query, Select, SelectItem } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { ExpressionParser } from './parse-expression.ts';
import { permissionDenied } from './sql-server-error.ts';

/** A SELECT with all that belongs to it, from WITH to FETCH. */
export function parseQuery(cursor: Cursor): Query {
  return new QueryParser(cursor).query();
}

/** Databases of a Bp Premier server that a three-part name can name. */
const databases = ['bpspatients', ''];

/** `APPOINTMENTS`, `dbo.APPOINTMENTS`, `BPSPatients.dbo.APPOINTMENTS`, `BPSPatients..APPOINTMENTS`: its last part. */
export function objectName(path: readonly string[]): string {
  const [name = '', schema = 'dbo', database = 'BPSPatients', ...more] = [...path].reverse();
  const known = ['dbo', ''].includes(schema.toLowerCase()) && databases.includes(database.toLowerCase());
  return known && more.length === 0 ? name : path.join('.');
}

class QueryParser {
  readonly #cursor: Cursor;
  readonly #expressions: ExpressionParser;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#expressions = new ExpressionParser(cursor, parseQuery);
  }

  query(): Query {
    const cursor = this.#cursor;
    const named = cursor.acceptWords('WITH') ? cursor.list(() => this.#commonTable()) : [];
    const arms = [this.#arm()];
    const operators: string[] = [];
    while (cursor.isWord('UNION', 'EXCEPT', 'INTERSECT')) {
      const operator = cursor.next().value.toUpperCase();
      operators.push(cursor.acceptWords('ALL') ? `${operator} ALL` : operator);
      arms.push(this.#arm());
    }
    const order = cursor.acceptWords('ORDER', 'BY') ? this.#expressions.orders() : [];
    let offset = null;
    let fetch = null;
    if (order.length > 0 && cursor.acceptWords('OFFSET')) {
      offset = this.#expressions.expression();
      if (!cursor.acceptWords('ROWS')) cursor.expectWords('ROW');
      if (cursor.acceptWords('FETCH')) {
        if (!cursor.acceptWords('NEXT')) cursor.expectWords('FIRST');
        fetch = this.#expressions.expression();
        if (!cursor.acceptWords('ROWS')) cursor.expectWords('ROW');
        cursor.expectWords('ONLY');
      }
    }
    return { with: named, arms, operators, order, offset, fetch };
  }

  #commonTable() {
    const name = this.#cursor.expectName();
    const columns = this.#columnNames();
    this.#cursor.expectWords('AS');
    this.#cursor.expectSymbol('(');
    const query = this.query();
    this.#cursor.expectSymbol(')');
    return { name, columns, query };
  }

  #columnNames(): string[] | null {
    if (!this.#cursor.acceptSymbol('(')) return null;
    const names = this.#cursor.list(() => this.#cursor.expectName());
    this.#cursor.expectSymbol(')');
    return names;
  }

  #arm(): Select | Query {
    if (!this.#cursor.acceptSymbol('(')) return this.#select();
    const query = this.query();
    this.#cursor.expectSymbol(')');
    return query;
  }

  #select(): Select {
    const cursor = this.#cursor;
    const expressions = this.#expressions;
    cursor.expectWords('SELECT');
    const distinct = cursor.acceptWords('DISTINCT');
    if (!distinct) cursor.acceptWords('ALL');
    const top = this.#top();
    const items = cursor.list(() => this.#item());
    if (cursor.acceptWords('INTO')) throw permissionDenied('CREATE TABLE', objectName(cursor.path()));
    let from = cursor.acceptWords('FROM') ? this.#joined() : null;
    while (from && cursor.acceptSymbol(','))
      from = { is: 'join', type: 'CROSS', left: from, right: this.#joined(), on: null };
    const where = cursor.acceptWords('WHERE') ? expressions.condition() : null;
    const group = cursor.acceptWords('GROUP', 'BY') ? cursor.list(() => expressions.expression()) : [];
    const having = cursor.acceptWords('HAVING') ? expressions.condition() : null;
    return { distinct, top, items, from, where, group, having };
  }

  #top() {
    const cursor = this.#cursor;
    if (!cursor.acceptWords('TOP')) return null;
    let top = null;
    if (cursor.acceptSymbol('(')) {
      top = this.#expressions.expression();
      cursor.expectSymbol(')');
    } else if (cursor.peek().kind === 'number') top = { is: 'number' as const, value: cursor.next().value };
    if (
      !top ||
      cursor.isWord('PERCENT') ||
      (cursor.isWord('WITH') && cursor.peek(1).value.toUpperCase() === 'TIES')
    )
      cursor.fail();
    return top;
  }

  #item(): SelectItem {
    const cursor = this.#cursor;
    if (cursor.acceptSymbol('*')) return { value: { is: 'star', qualifier: null }, alias: null };
    const assigns = cursor.peek(1).kind === 'symbol' && cursor.peek(1).value === '=';
    if (assigns && cursor.peek().kind === 'variable') {
      const into = cursor.next().value;
      cursor.expectSymbol('=');
      return { value: this.#expressions.expression(), alias: null, into };
    }
    if (assigns && cursor.isName()) {
      const alias = cursor.expectName();
      cursor.expectSymbol('=');
      return { value: this.#expressions.expression(), alias };
    }
    const value = this.#expressions.expression();
    if (value.is === 'column' && value.path.at(-1) === '*') {
      return { value: { is: 'star', qualifier: value.path.at(-2) ?? null }, alias: null };
    }
    return { value, alias: this.#alias() };
  }

  #alias(): string | null {
    const cursor = this.#cursor;
    const said = cursor.acceptWords('AS');
    if (cursor.peek().kind === 'text') return cursor.next().value;
    if (said || cursor.isName()) return cursor.expectName();
    return null;
  }

  #joined(): FromItem {
    const cursor = this.#cursor;
    let left = this.#source();
    for (;;) {
      const type = this.#joinType();
      if (!type) return left;
      const right = this.#source();
      if (type !== 'CROSS') cursor.expectWords('ON');
      left = { is: 'join', type, left, right, on: type === 'CROSS' ? null : this.#expressions.condition() };
    }
  }

  #joinType(): string | null {
    const cursor = this.#cursor;
    if (cursor.acceptWords('JOIN') || cursor.acceptWords('INNER', 'JOIN')) return 'INNER';
    if (cursor.acceptWords('CROSS', 'JOIN')) return 'CROSS';
    for (const side of ['LEFT', 'RIGHT', 'FULL']) {
      if (cursor.acceptWords(side, 'JOIN') || cursor.acceptWords(side, 'OUTER', 'JOIN')) return side;
    }
    return null;
  }

  #source(): FromItem {
    const cursor = this.#cursor;
    if (cursor.acceptSymbol('(')) return this.#parenthesisedSource();
    const name = objectName(cursor.path());
    const alias = this.#alias();
    this.#hints();
    return { is: 'table', name, alias: alias ?? name };
  }

  #parenthesisedSource(): FromItem {
    const cursor = this.#cursor;
    if (cursor.acceptWords('VALUES')) {
      const rows = cursor.list(() => {
        cursor.expectSymbol('(');
        const row = cursor.list(() => this.#expressions.expression());
        cursor.expectSymbol(')');
        return row;
      });
      cursor.expectSymbol(')');
      const alias = this.#alias() ?? cursor.fail();
      return { is: 'values', rows, alias, columns: this.#columnNames() ?? cursor.fail() };
    }
    if (!cursor.isWord('SELECT', 'WITH') && !cursor.isSymbol('(')) {
      const inner = this.#joined();
      cursor.expectSymbol(')');
      return inner;
    }
    const query = this.query();
    cursor.expectSymbol(')');
    const alias = this.#alias() ?? cursor.fail();
    return { is: 'derived', query, alias, columns: this.#columnNames() };
  }

  /** `WITH (NOLOCK)` and the like say how to lock, not what to read. */
  #hints(): void {
    const cursor = this.#cursor;
    if (!cursor.isWord('WITH') || cursor.peek(1).value !== '(') return;
    cursor.next();
    cursor.next();
    cursor.list(() => {
      const hint = cursor.expectName().toUpperCase();
      if (!['NOLOCK', 'READUNCOMMITTED', 'READCOMMITTED', 'READPAST', 'ROWLOCK'].includes(hint))
        cursor.fail();
    });
    cursor.expectSymbol(')');
  }
}
