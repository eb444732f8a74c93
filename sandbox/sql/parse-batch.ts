import type { Expression, ProcedureArgument, Statement } from './ast.ts';
import { Cursor } from './cursor.ts';
import { ExpressionParser } from './parse-expression.ts';
import { objectName, parseQuery } from './parse-query.ts';
import { permissionDenied, type SqlServerError, syntaxError } from './sql-server-error.ts';
import { tokenize } from './tokens.ts';

const writes = [
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'TRUNCATE',
  'DROP',
  'ALTER',
  'CREATE',
  'GRANT',
  'REVOKE',
  'DENY',
  'BACKUP',
  'RESTORE',
];
const elsewhere = [
  'INTO',
  'FROM',
  'TOP',
  'TABLE',
  'VIEW',
  'PROCEDURE',
  'PROC',
  'INDEX',
  'DATABASE',
  'LOGIN',
  'USER',
  'IF',
  'EXISTS',
];

/** The statements of one text, in order. Throws SqlServerError; whatever writes is refused before anything runs. */
export function parseBatch(sql: string): Statement[] {
  return new BatchParser(new Cursor(tokenize(sql))).batch();
}

class BatchParser {
  readonly #cursor: Cursor;
  readonly #expressions: ExpressionParser;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#expressions = new ExpressionParser(cursor, parseQuery);
  }

  batch(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      while (this.#cursor.acceptSymbol(';'));
      if (this.#cursor.peek().kind === 'end') return statements;
      statements.push(...this.#statement());
    }
  }

  #statement(): Statement[] {
    const cursor = this.#cursor;
    if (cursor.isWord('SELECT', 'WITH') || cursor.isSymbol('(')) {
      const query = parseQuery(cursor);
      if (cursor.acceptWords('OPTION')) this.#option();
      return [{ is: 'query', query }];
    }
    if (cursor.acceptWords('DECLARE')) return cursor.list(() => this.#declaration());
    if (cursor.acceptWords('SET')) return this.#set();
    if (cursor.acceptWords('IF')) return [this.#if()];
    if (cursor.acceptWords('EXEC') || cursor.acceptWords('EXECUTE')) return [this.#execute()];
    if (cursor.isWord(...writes)) throw this.#refused();
    // A batch may begin with a procedure's bare name.
    if (cursor.isName()) return [this.#execute()];
    return cursor.fail();
  }

  #if(): Statement {
    const condition = this.#expressions.condition();
    const yes = this.#block();
    return { is: 'if', condition, yes, no: this.#cursor.acceptWords('ELSE') ? this.#block() : [] };
  }

  /** One statement, or several between BEGIN and END. */
  #block(): Statement[] {
    const cursor = this.#cursor;
    if (!cursor.acceptWords('BEGIN')) {
      if (cursor.isSymbol(';') || cursor.peek().kind === 'end') cursor.fail();
      return this.#statement();
    }
    const statements: Statement[] = [];
    for (;;) {
      while (cursor.acceptSymbol(';'));
      if (cursor.acceptWords('END')) return statements.length > 0 ? statements : cursor.fail();
      statements.push(...this.#statement());
    }
  }

  #option(): void {
    this.#cursor.expectSymbol('(');
    this.#cursor.expectWords('RECOMPILE');
    this.#cursor.expectSymbol(')');
  }

  #declaration(): Statement {
    const cursor = this.#cursor;
    if (cursor.peek().kind !== 'variable') cursor.fail();
    const name = cursor.next().value;
    cursor.acceptWords('AS');
    const type = this.#expressions.castTarget();
    return {
      is: 'declare',
      name,
      type,
      value: cursor.acceptSymbol('=') ? this.#expressions.expression() : null,
    };
  }

  #set(): Statement[] {
    const cursor = this.#cursor;
    if (cursor.peek().kind === 'variable') {
      const name = cursor.next().value;
      cursor.expectSymbol('=');
      return [{ is: 'set', name, value: this.#expressions.expression() }];
    }
    if (cursor.acceptWords('TRANSACTION', 'ISOLATION', 'LEVEL', 'READ')) {
      if (!cursor.acceptWords('UNCOMMITTED')) cursor.expectWords('COMMITTED');
      return [];
    }
    if (!['NOCOUNT', 'ANSI_NULLS', 'QUOTED_IDENTIFIER'].includes(cursor.peek().value.toUpperCase()))
      cursor.fail();
    cursor.next();
    if (!cursor.acceptWords('ON')) cursor.expectWords('OFF');
    return [];
  }

  #execute(): Statement {
    const cursor = this.#cursor;
    let into: string | null = null;
    if (cursor.peek().kind === 'variable') {
      into = cursor.next().value;
      cursor.expectSymbol('=');
    }
    const procedure = objectName(cursor.path());
    const follows = cursor.peek().kind;
    const more =
      !['symbol', 'end', 'word'].includes(follows) ||
      cursor.isWord('NULL', 'DEFAULT') ||
      cursor.isSymbol('-');
    return { is: 'execute', into, procedure, args: more ? cursor.list(() => this.#argument()) : [] };
  }

  #argument(): ProcedureArgument {
    const cursor = this.#cursor;
    if (cursor.peek().kind === 'variable' && cursor.peek(1).value === '=') {
      const name = cursor.next().value;
      cursor.expectSymbol('=');
      return { name, value: this.#constant() };
    }
    return { name: null, value: this.#constant() };
  }

  /** What T-SQL takes as an argument: a constant or a variable, nothing that has to be worked out. */
  #constant(): Expression {
    const near = this.#cursor.peek().value;
    const value = this.#expressions.expression();
    const plain = value.is === 'sign' ? value.operand : value;
    if (['text', 'number', 'null', 'variable', 'column'].includes(plain.is)) return value;
    throw syntaxError(near);
  }

  #refused(): SqlServerError {
    const action = this.#cursor.next().value.toUpperCase();
    while (this.#cursor.isWord(...elsewhere)) this.#cursor.next();
    if (!this.#cursor.isName()) return syntaxError(this.#cursor.peek().value || action);
    return permissionDenied(action, objectName(this.#cursor.path()));
  }
}
