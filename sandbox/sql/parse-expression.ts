import type { Condition, Expression, Order, Query, Window } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseType } from './parse-type.ts';
import { SqlServerError } from './sql-server-error.ts';

/** Reads a whole query at the cursor; handed in, since queries and expressions hold each other. */
export type ParseQuery = (cursor: Cursor) => Query;

type Parsed = { readonly value: Expression } | { readonly condition: Condition };

const comparisons = ['=', '<>', '!=', '<', '>', '<=', '>=', '!<', '!>'];

/** Reserved words that are names of functions all the same. */
const functionWords = ['LEFT', 'RIGHT', 'CONVERT', 'COALESCE', 'NULLIF'];

/** T-SQL's expressions and conditions by recursive descent. */
export class ExpressionParser {
  readonly #cursor: Cursor;
  readonly #parseQuery: ParseQuery;

  constructor(cursor: Cursor, parseQuery: ParseQuery) {
    this.#cursor = cursor;
    this.#parseQuery = parseQuery;
  }

  expression(): Expression {
    const near = this.#cursor.peek().value;
    const parsed = this.#additive();
    if ('value' in parsed) return parsed.value;
    throw new SqlServerError(102, `Incorrect syntax near '${near}'.`);
  }

  condition(): Condition {
    const near = this.#cursor.peek().value;
    const parsed = this.#or();
    if ('condition' in parsed) return parsed.condition;
    throw new SqlServerError(
      4145,
      `An expression of non-boolean type specified in a context where a condition is expected, near '${near}'.`,
    );
  }

  orders(): Order[] {
    return this.#cursor.list(() => {
      const by = this.expression();
      const descending = this.#cursor.acceptWords('DESC');
      if (!descending) this.#cursor.acceptWords('ASC');
      return { by, descending };
    });
  }

  #asCondition(parsed: Parsed): Condition {
    if ('condition' in parsed) return parsed.condition;
    throw new SqlServerError(
      4145,
      `An expression of non-boolean type specified in a context where a condition is expected, near '${this.#cursor.peek().value}'.`,
    );
  }

  #asValue(parsed: Parsed): Expression {
    if ('value' in parsed) return parsed.value;
    return this.#cursor.fail();
  }

  #or(): Parsed {
    let left = this.#and();
    while (this.#cursor.acceptWords('OR')) {
      left = {
        condition: { is: 'or', left: this.#asCondition(left), right: this.#asCondition(this.#and()) },
      };
    }
    return left;
  }

  #and(): Parsed {
    let left = this.#not();
    while (this.#cursor.acceptWords('AND')) {
      left = {
        condition: { is: 'and', left: this.#asCondition(left), right: this.#asCondition(this.#not()) },
      };
    }
    return left;
  }

  #not(): Parsed {
    if (!this.#cursor.acceptWords('NOT')) return this.#predicate();
    return { condition: { is: 'not', operand: this.#asCondition(this.#not()) } };
  }

  #predicate(): Parsed {
    const cursor = this.#cursor;
    if (cursor.acceptWords('EXISTS')) return { condition: { is: 'exists', query: this.#subquery() } };
    const first = this.#additive();
    if (cursor.isSymbol(...comparisons)) {
      const operator = cursor.next().value;
      return {
        condition: {
          is: 'compare',
          operator,
          left: this.#asValue(first),
          right: this.#asValue(this.#additive()),
        },
      };
    }
    if (cursor.acceptWords('IS')) {
      const negated = cursor.acceptWords('NOT');
      cursor.expectWords('NULL');
      return { condition: { is: 'isNull', negated, operand: this.#asValue(first) } };
    }
    const negated = cursor.isWord('NOT') && cursor.acceptWords('NOT');
    if (cursor.acceptWords('BETWEEN')) {
      const operand = this.#asValue(first);
      const low = this.expression();
      cursor.expectWords('AND');
      return { condition: { is: 'between', negated, operand, low, high: this.expression() } };
    }
    if (cursor.acceptWords('LIKE')) {
      const operand = this.#asValue(first);
      const pattern = this.expression();
      const escapeBy = cursor.acceptWords('ESCAPE') ? this.expression() : null;
      return { condition: { is: 'like', negated, operand, pattern, escape: escapeBy } };
    }
    if (cursor.acceptWords('IN')) return { condition: this.#in(this.#asValue(first), negated) };
    if (negated) return cursor.fail();
    return first;
  }

  #in(operand: Expression, negated: boolean): Condition {
    this.#cursor.expectSymbol('(');
    const list = this.#cursor.isWord('SELECT', 'WITH')
      ? this.#parseQuery(this.#cursor)
      : this.#cursor.list(() => this.expression());
    this.#cursor.expectSymbol(')');
    return { is: 'in', negated, operand, list };
  }

  #additive(): Parsed {
    let left = this.#multiplicative();
    while (this.#cursor.isSymbol('+', '-')) {
      const operator = this.#cursor.next().value as '+' | '-';
      left = {
        value: {
          is: 'arithmetic',
          operator,
          left: this.#asValue(left),
          right: this.#asValue(this.#multiplicative()),
        },
      };
    }
    return left;
  }

  #multiplicative(): Parsed {
    let left = this.#unary();
    while (this.#cursor.isSymbol('*', '/', '%')) {
      const operator = this.#cursor.next().value as '*' | '/' | '%';
      left = {
        value: { is: 'arithmetic', operator, left: this.#asValue(left), right: this.#asValue(this.#unary()) },
      };
    }
    return left;
  }

  #unary(): Parsed {
    if (!this.#cursor.isSymbol('-', '+')) return this.#collated();
    const sign = this.#cursor.next().value as '-' | '+';
    return { value: { is: 'sign', sign, operand: this.#asValue(this.#unary()) } };
  }

  #collated(): Parsed {
    let parsed = this.#primary();
    while (this.#cursor.acceptWords('COLLATE')) {
      const operand = this.#asValue(parsed);
      parsed = { value: { is: 'collate', operand, collation: this.#cursor.expectName() } };
    }
    return parsed;
  }

  #primary(): Parsed {
    const cursor = this.#cursor;
    const token = cursor.peek();
    if (token.kind === 'text') {
      cursor.next();
      return { value: { is: 'text', value: token.value, unicode: token.unicode ?? false } };
    }
    if (token.kind === 'number') return { value: { is: 'number', value: cursor.next().value } };
    if (token.kind === 'binary') {
      const digits = cursor.next().value.slice(2).toUpperCase();
      return { value: { is: 'binary', value: digits.length % 2 === 1 ? `0${digits}` : digits } };
    }
    if (token.kind === 'variable') return { value: { is: 'variable', name: cursor.next().value } };
    if (cursor.acceptWords('NULL')) return { value: { is: 'null' } };
    if (cursor.acceptWords('CASE')) return { value: this.#case() };
    if (cursor.isSymbol('(')) return this.#parenthesised();
    if (cursor.isName() || cursor.isWord(...functionWords)) return { value: this.#named() };
    return cursor.fail();
  }

  #parenthesised(): Parsed {
    const inner = this.#cursor.peek(1);
    if (inner.kind === 'word' && ['SELECT', 'WITH'].includes(inner.value.toUpperCase())) {
      return { value: { is: 'subquery', query: this.#subquery() } };
    }
    this.#cursor.expectSymbol('(');
    const parsed = this.#or();
    this.#cursor.expectSymbol(')');
    return parsed;
  }

  #subquery(): Query {
    this.#cursor.expectSymbol('(');
    const query = this.#parseQuery(this.#cursor);
    this.#cursor.expectSymbol(')');
    return query;
  }

  #case(): Expression {
    const cursor = this.#cursor;
    const operand = cursor.isWord('WHEN') ? null : this.expression();
    const branches: { when: Condition; value: Expression }[] = [];
    while (cursor.acceptWords('WHEN')) {
      const when: Condition = operand
        ? { is: 'compare', operator: '=', left: operand, right: this.expression() }
        : this.condition();
      cursor.expectWords('THEN');
      branches.push({ when, value: this.expression() });
    }
    if (branches.length === 0) cursor.fail();
    const otherwise = cursor.acceptWords('ELSE') ? this.expression() : null;
    cursor.expectWords('END');
    return { is: 'case', branches, otherwise };
  }

  #named(): Expression {
    const cursor = this.#cursor;
    const follows = cursor.peek(1);
    if (!(follows.kind === 'symbol' && follows.value === '(') || cursor.peek().kind === 'name') {
      return { is: 'column', path: cursor.path() };
    }
    const name = cursor.next().value.toUpperCase();
    cursor.expectSymbol('(');
    if (name === 'CAST') {
      const operand = this.expression();
      cursor.expectWords('AS');
      return this.#closed({ is: 'cast', operand, target: parseType(cursor), style: null });
    }
    if (name === 'CONVERT') {
      const target = parseType(cursor);
      cursor.expectSymbol(',');
      const operand = this.expression();
      const style = cursor.acceptSymbol(',') ? Number(cursor.next().value) : null;
      return this.#closed({ is: 'cast', operand, target, style });
    }
    if (name === 'IIF') {
      const condition = this.condition();
      cursor.expectSymbol(',');
      const yes = this.expression();
      cursor.expectSymbol(',');
      return this.#closed({ is: 'iif', condition, yes, no: this.expression() });
    }
    return this.#call(name);
  }

  #closed(expression: Expression): Expression {
    this.#cursor.expectSymbol(')');
    return expression;
  }

  #call(name: string): Expression {
    const cursor = this.#cursor;
    const distinct = cursor.acceptWords('DISTINCT');
    let args: Expression[] = [];
    if (cursor.acceptSymbol('*')) args = [{ is: 'star', qualifier: null }];
    else if (!cursor.isSymbol(')')) args = cursor.list(() => this.expression());
    cursor.expectSymbol(')');
    return { is: 'call', name, args, distinct, over: cursor.acceptWords('OVER') ? this.#window() : null };
  }

  #window(): Window {
    const cursor = this.#cursor;
    cursor.expectSymbol('(');
    const partition = cursor.acceptWords('PARTITION', 'BY') ? cursor.list(() => this.expression()) : [];
    const order = cursor.acceptWords('ORDER', 'BY') ? this.orders() : [];
    cursor.expectSymbol(')');
    return { partition, order };
  }
}
