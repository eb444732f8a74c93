import { lockProcedure } from './application-locks.ts';
import type { CastTarget, Expression, Query } from './ast.ts';
import { isQuery } from './ast.ts';
import { callProcedure, findCall } from './call-procedure.ts';
import { isWriteProcedure } from './procedures.ts';
import { runWrite } from './run-write.ts';
import { SqlServerError, syntaxError, undeclared } from './sql-server-error.ts';
import type { Statement } from './statements.ts';
import type { Result, Surroundings } from './surroundings.ts';
import { Transaction } from './transaction.ts';
import type { SqlValue, Variable } from './values.ts';
import { declaredVariable, literalOf } from './variables.ts';

/** One running batch: its variables, its transaction and its results so far. */
export class BatchRun {
  readonly variables: Map<string, Variable>;
  /** The first result set. */
  result: Result | null = null;
  /** Rows that INSERT, UPDATE and DELETE changed. Null: no count. */
  affected: number | null = null;
  readonly #around: Surroundings;
  readonly #transaction: Transaction;
  #counts = true;
  #returned = false;
  /** TRY blocks that it is in. */
  #tries = 0;
  #error: SqlServerError | undefined;

  constructor(around: Surroundings, variables: Map<string, Variable>) {
    this.#around = around;
    this.variables = variables;
    this.#transaction = new Transaction(around.database);
    this.#system('@@rowcount', 0);
    this.#system('@@error', 0);
    this.#system('@@trancount', 0);
    this.#system('@@identity', null);
    this.#system('@@scope_identity', null);
  }

  /**
   * Runs the batch. After an error that ends only its statement, the next statements run, unless XACT_ABORT is on.
   * The first error is thrown at the end. Uncommitted changes are then rolled back.
   */
  run(statements: readonly Statement[]): void {
    try {
      this.#block(statements);
    } finally {
      this.#transaction.end();
      this.#around.locks.end();
    }
    if (this.#error) throw this.#error;
  }

  #block(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (this.#returned) return;
      try {
        this.#statement(statement);
      } catch (error) {
        // Inside TRY the first error leaves the block.
        if (!(error instanceof SqlServerError) || this.#tries > 0 || !this.#transaction.survives(error))
          throw this.#error ?? error;
        this.#error ??= error;
        this.#system('@@error', error.number);
        this.#rowCount(0);
        continue;
      }
      this.#system('@@error', 0);
    }
  }

  #statement(statement: Statement): void {
    const { reader } = this.#around;
    switch (statement.is) {
      case 'query':
        this.#query(statement.query);
        return;
      case 'assign':
        this.#rowCount(this.#assign(statement.query, statement.names));
        return;
      case 'declare':
        if (statement.value) this.#set(statement.name, statement.value);
        return;
      case 'set':
        this.#set(statement.name, statement.value);
        this.#rowCount(1);
        return;
      case 'option':
        if (statement.option === 'NOCOUNT') this.#counts = !statement.on;
        if (statement.option === 'XACT_ABORT') this.#transaction.abortsWhole = statement.on;
        this.#rowCount(0);
        return;
      case 'if': {
        const holds = reader.holds(statement.condition, this.variables);
        this.#rowCount(0);
        this.#block(holds ? statement.yes : statement.no);
        return;
      }
      case 'try':
        this.#try(statement);
        return;
      case 'execute':
        this.#execute(statement);
        return;
      case 'transaction':
        this.#transaction[statement.action]();
        this.#system('@@trancount', this.#transaction.depth);
        this.#rowCount(0);
        return;
      case 'return':
        this.#returned = true;
        return;
      default: {
        const { count, identity } = runWrite(statement, this.variables, this.#around);
        if (this.#counts) this.affected = (this.affected ?? 0) + count;
        if (identity !== null) {
          this.#system('@@identity', identity);
          this.#system('@@scope_identity', identity);
        }
        this.#rowCount(count);
      }
    }
  }

  /** Name errors of a text are not visible to its own CATCH. */
  #try({ body, caught }: Extract<Statement, { is: 'try' }>): void {
    this.#tries += 1;
    try {
      this.#block(body);
    } catch (error) {
      this.#tries -= 1;
      if (!(error instanceof SqlServerError) || [207, 208].includes(error.number)) throw error;
      this.#system('@@error', error.number);
      this.#block(caught);
      return;
    }
    this.#tries -= 1;
  }

  /** Reads all rows, because late rows can raise errors. Rows of later results are dropped. */
  #query(query: Query): void {
    const { reader } = this.#around;
    const set = reader.select(query, this.variables);
    let count = 0;
    if (this.result) for (const _ of set.rows) count += 1;
    else {
      const rows = reader.whole(set);
      this.result = { columns: set.columns, rows };
      count = rows.length;
    }
    this.#rowCount(count);
  }

  #set(name: string, value: Expression): void {
    const variable = this.variables.get(name.toLowerCase());
    if (!variable) throw undeclared(name);
    const cast: Expression = { is: 'cast', operand: value, target: variable.type, style: null };
    this.#hold(name, this.#around.reader.value(cast, this.variables));
  }

  #hold(name: string, value: SqlValue): void {
    const variable = this.variables.get(name.toLowerCase());
    if (!variable) throw undeclared(name);
    this.variables.set(name.toLowerCase(), { ...variable, value });
  }

  /** `SELECT @v = ...`: the last row counts. Without rows the variable is unchanged. */
  #assign(query: Query, names: readonly string[]): number {
    const [select] = query.arms;
    if (!select || isQuery(select)) throw syntaxError('=');
    if (!select.from && !select.where) {
      select.items.forEach(({ value }, index) => {
        this.#set(names[index] ?? '', value);
      });
      return 1;
    }
    const touched = names.find((name) =>
      mentions(
        select.items.map(({ value }) => value),
        name,
      ),
    );
    // Row after row would build on the one before.
    if (touched) throw syntaxError(touched);
    const items = select.items.map(({ value }, index) => {
      const variable = this.variables.get(names[index]?.toLowerCase() ?? '');
      if (!variable) throw undeclared(names[index] ?? '');
      return { value: castTo(value, variable.type), alias: null };
    });
    const { rows } = this.#around.reader.values({ ...query, arms: [{ ...select, items }] }, this.variables);
    const last = rows.at(-1);
    names.forEach((name, index) => {
      if (last) this.#hold(name, last[index] ?? null);
    });
    return rows.length;
  }

  #execute(statement: Extract<Statement, { is: 'execute' }>): void {
    const lock = lockProcedure(statement.procedure);
    if (lock) {
      const passed = statement.args.map(
        ({ name, value }) =>
          [(name ?? '').toLowerCase(), this.#around.reader.value(value, this.variables)] as const,
      );
      const returned = this.#around.locks.call(lock, new Map(passed));
      if (statement.into) this.#set(statement.into, literalOf(returned));
      return;
    }
    const { state } = this.#around;
    const procedure = findCall(statement, state);
    if (isWriteProcedure(procedure.name)) state.beforeProcedure?.();
    const given = new Map<string, Variable>();
    statement.args.forEach(({ name, value }, index) => {
      const target = (name ?? procedure.parameters[index]?.name ?? '').toLowerCase();
      const type = { name: 'nvarchar', length: 'max' } as const;
      given.set(target, {
        ...declaredVariable(type),
        value: this.#around.reader.value(value, this.variables),
      });
    });
    const { returned, result } = callProcedure(procedure, given, this.#around);
    this.result ??= result;
    if (statement.into) this.#set(statement.into, literalOf(returned));
    this.#rowCount(result?.rows.length ?? 0);
  }

  #rowCount(count: number): void {
    this.#system('@@rowcount', count);
  }

  #system(name: string, value: number | null): void {
    this.variables.set(name, { ...declaredVariable({ name: 'int', length: null }), value });
  }
}

function castTo(operand: Expression, target: CastTarget): Expression {
  return { is: 'cast', operand, target, style: null };
}

/** Whether a tree contains a variable. */
function mentions(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { is, name: named } = node as { is?: unknown; name?: unknown };
  if (is === 'variable' && String(named).toLowerCase() === name.toLowerCase()) return true;
  return Object.values(node).some((child) => mentions(child, name));
}
