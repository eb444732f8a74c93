import type { Expression, Query } from './ast.ts';
import { isQuery } from './ast.ts';
import { Cursor } from './cursor.ts';
import { ExpressionParser } from './parse-expression.ts';
import { objectName, parseQuery } from './parse-query.ts';
import { parseType } from './parse-type.ts';
import { parseWrite } from './parse-write.ts';
import { permissionDenied, SqlServerError, syntaxError } from './sql-server-error.ts';
import type { ProcedureArgument, Statement } from './statements.ts';
import { tokenize } from './tokens.ts';

/** Statements that are refused for every object. */
const refused = [
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

/** The statements of one text, in order. Throws SqlServerError; what changes the database's shape is refused before anything runs. */
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
      // A batch may begin with a procedure name without EXEC.
      const bare = statements.length === 0 && this.#cursor.isName();
      statements.push(...(bare ? [this.#execute()] : this.#statement()));
    }
  }

  #statement(): Statement[] {
    const cursor = this.#cursor;
    if (cursor.isWord('SELECT', 'WITH') || cursor.isSymbol('(')) return [this.#query()];
    if (cursor.acceptWords('DECLARE')) return cursor.list(() => this.#declaration());
    if (cursor.acceptWords('SET')) return [this.#set()];
    if (cursor.acceptWords('IF')) return [this.#if()];
    if (cursor.acceptWords('BEGIN')) return this.#begun();
    if (cursor.isWord('COMMIT', 'ROLLBACK')) return [this.#ending()];
    if (cursor.acceptWords('RETURN')) return [this.#return()];
    if (cursor.acceptWords('EXEC') || cursor.acceptWords('EXECUTE')) return [this.#execute()];
    for (const action of ['INSERT', 'UPDATE', 'DELETE'] as const) {
      if (cursor.acceptWords(action)) return [parseWrite(action, cursor)];
    }
    if (cursor.isWord(...refused)) throw this.#refused();
    return cursor.fail();
  }

  #query(): Statement {
    const query = parseQuery(this.#cursor);
    if (this.#cursor.acceptWords('OPTION')) this.#option();
    const names = assigned(query);
    return names ? { is: 'assign', query, names } : { is: 'query', query };
  }

  #if(): Statement {
    const condition = this.#expressions.condition();
    const yes = this.#block();
    return { is: 'if', condition, yes, no: this.#cursor.acceptWords('ELSE') ? this.#block() : [] };
  }

  /** One statement, or several between BEGIN and END. */
  #block(): Statement[] {
    const cursor = this.#cursor;
    if (cursor.isSymbol(';') || cursor.peek().kind === 'end') cursor.fail();
    return this.#statement();
  }

  /** Behind BEGIN: a transaction, TRY and CATCH, or statements up to END. */
  #begun(): Statement[] {
    const cursor = this.#cursor;
    if (cursor.acceptWords('TRAN') || cursor.acceptWords('TRANSACTION')) {
      return [{ is: 'transaction', action: 'begin' }];
    }
    if (!cursor.acceptWords('TRY')) return this.#upToEnd();
    const body = this.#upToEnd();
    cursor.expectWords('TRY');
    cursor.expectWords('BEGIN');
    cursor.expectWords('CATCH');
    // A CATCH block may be empty.
    const caught = cursor.acceptWords('END') ? [] : this.#upToEnd();
    cursor.expectWords('CATCH');
    return [{ is: 'try', body, caught }];
  }

  #upToEnd(): Statement[] {
    const cursor = this.#cursor;
    const statements: Statement[] = [];
    for (;;) {
      while (cursor.acceptSymbol(';'));
      if (cursor.isWord('END') && statements.length === 0) cursor.fail();
      if (cursor.acceptWords('END')) return statements;
      statements.push(...this.#statement());
    }
  }

  #ending(): Statement {
    const action = this.#cursor.next().value.toUpperCase() === 'COMMIT' ? 'commit' : 'rollback';
    if (!this.#cursor.acceptWords('TRAN')) this.#cursor.acceptWords('TRANSACTION');
    return { is: 'transaction', action };
  }

  #return(): Statement {
    const { kind } = this.#cursor.peek();
    if (['number', 'variable', 'text'].includes(kind) || this.#cursor.isSymbol('(', '-')) {
      throw new SqlServerError(178, 'A RETURN statement with a return value cannot be used in this context.');
    }
    return { is: 'return' };
  }

  #option(): void {
    this.#cursor.expectSymbol('(');
    this.#cursor.expectWords('RECOMPILE');
    this.#cursor.expectSymbol(')');
  }

  #declaration(): Statement {
    const cursor = this.#cursor;
    if (cursor.peek().kind !== 'variable' || cursor.peek().value.startsWith('@@')) cursor.fail();
    const name = cursor.next().value;
    cursor.acceptWords('AS');
    const type = parseType(cursor);
    return {
      is: 'declare',
      name,
      type,
      value: cursor.acceptSymbol('=') ? this.#expressions.expression() : null,
    };
  }

  #set(): Statement {
    const cursor = this.#cursor;
    if (cursor.peek().kind === 'variable' && !cursor.peek().value.startsWith('@@')) {
      const name = cursor.next().value;
      cursor.expectSymbol('=');
      return { is: 'set', name, value: this.#expressions.expression() };
    }
    if (cursor.acceptWords('TRANSACTION', 'ISOLATION', 'LEVEL')) {
      const levels = [
        ['READ', 'UNCOMMITTED'],
        ['READ', 'COMMITTED'],
        ['REPEATABLE', 'READ'],
        ['SERIALIZABLE'],
      ];
      if (!levels.some((words) => cursor.acceptWords(...words))) cursor.fail();
      return { is: 'option', option: null, on: true };
    }
    const option = cursor.peek().value.toUpperCase();
    if (!['NOCOUNT', 'XACT_ABORT', 'ANSI_NULLS', 'QUOTED_IDENTIFIER'].includes(option)) cursor.fail();
    cursor.next();
    const on = cursor.acceptWords('ON');
    if (!on) cursor.expectWords('OFF');
    return { is: 'option', option: option === 'NOCOUNT' || option === 'XACT_ABORT' ? option : null, on };
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
      return { name, ...this.#passed() };
    }
    return { name: null, ...this.#passed() };
  }

  #passed(): { value: Expression; output: boolean } {
    const cursor = this.#cursor;
    const value = this.#constant();
    const output = cursor.acceptWords('OUTPUT') || cursor.acceptWords('OUT');
    if (output && value.is !== 'variable') {
      throw new SqlServerError(
        179,
        'Cannot use the OUTPUT option when passing a constant to a stored procedure.',
      );
    }
    return { value, output };
  }

  /** An argument of EXEC: a constant or a variable, not an expression. */
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

/** The variables that a SELECT sets; undefined when it sets none. Throws 141 for one that would do both. */
function assigned(query: Query): string[] | undefined {
  const items = query.arms.flatMap((arm) => (isQuery(arm) ? [] : arm.items));
  if (items.every(({ into }) => into === undefined)) return undefined;
  if (query.arms.length > 1 || items.some(({ into }) => into === undefined)) {
    throw new SqlServerError(
      141,
      'A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations.',
    );
  }
  return items.map(({ into = '' }) => into);
}
