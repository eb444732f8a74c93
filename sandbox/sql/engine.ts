import type { PracticeDatabase } from '../database/practice-database.ts';
import { ApplicationLocks } from './application-locks.ts';
import { BatchRun } from './batch-run.ts';
import { callProcedure, noOutput } from './call-procedure.ts';
import { checkVariables } from './check-variables.ts';
import type { BatchParameter } from './parameters.ts';
import { declaredParameters, maxParametersOfText, parameterName } from './parameters.ts';
import { parseBatch } from './parse-batch.ts';
import type { Clock } from './procedure.ts';
import { bareName, findProcedure } from './procedures.ts';
import type { JsonRow } from './reader.ts';
import { Reader } from './reader.ts';
import type { ServerState } from './server-state.ts';
import { outputText } from './shown.ts';
import { asSqlServerError } from './sqlite-error.ts';
import { createSystemTables } from './system-tables.ts';

// Rests on assumptions S4 and S35.

export type { BatchParameter } from './parameters.ts';
export type { JsonRow } from './reader.ts';

export interface BatchOutput {
  /** As the parameter was named. */
  readonly name: string;
  /** In text, as .NET's invariant culture writes it; binary as base64. */
  readonly value: string | null;
}

/**
 * The result of a run, for all three execution modes: `reader` uses `rows`, `scalar` the first cell of `rows`,
 * `nonQuery` uses `rowsAffected`. `outputs` belongs to all of them.
 */
export interface BatchResult {
  /** Names of the first result set's columns; null when no statement selects. */
  readonly columns: readonly string[] | null;
  /** The first result set; empty when no statement selects. */
  readonly rows: readonly JsonRow[];
  /**
   * Total number of rows that INSERT, UPDATE and DELETE changed. -1 if none of them ran, or with SET NOCOUNT ON, as
   * in .NET.
   */
  readonly rowsAffected: number;
  /** The parameters of direction output, inputOutput and returnValue, in order, with their current values. */
  readonly outputs: readonly BatchOutput[];
  /** RETURN of a procedure that was called by its name; null otherwise. */
  readonly returnValue: number | null;
}

/** A result whose rows are read during the iteration, which is possible once. */
export interface OpenResult {
  readonly columns: readonly string[] | null;
  readonly rows: Iterable<JsonRow>;
  /** The other parts of the result, available after all rows are read. */
  end(): Omit<BatchResult, 'rows'>;
}

/** Runs T-SQL on one practice's database. Every failure is a SqlServerError. */
export class SqlEngine {
  readonly #database: PracticeDatabase;
  readonly #now: Clock;
  readonly #reader: Reader;
  readonly locks = new ApplicationLocks();

  constructor(database: PracticeDatabase, now: Clock) {
    this.#database = database;
    this.#now = now;
    database.setUp(createSystemTables);
    this.#reader = new Reader(database, now);
  }

  /** A text of one or several statements. */
  runText(sql: string, parameters: readonly BatchParameter[], state: ServerState = {}): BatchResult {
    return this.#guarded(() => {
      const { run, statements } = this.#prepared(sql, parameters, state);
      run.run(statements);
      return { rows: run.result?.rows ?? [], ...this.#rest(run, parameters) };
    });
  }

  /**
   * The same for a result of any size. If the text ends with its only query and writes nothing, the rows are read
   * during the iteration, and errors may occur there. Otherwise everything runs at once.
   */
  openText(sql: string, parameters: readonly BatchParameter[], state: ServerState = {}): OpenResult {
    return this.#guarded(() => {
      const { run, statements } = this.#prepared(sql, parameters, state);
      const last = statements.at(-1);
      const before = statements.slice(0, -1);
      if (
        last?.is !== 'query' ||
        !before.every(({ is }) => ['declare', 'set', 'assign', 'option'].includes(is))
      ) {
        run.run(statements);
        return {
          columns: run.result?.columns ?? null,
          rows: run.result?.rows ?? [],
          end: () => this.#rest(run, parameters),
        };
      }
      run.run(before);
      const { columns, rows } = this.#reader.select(last.query, run.variables);
      return { columns, rows, end: () => ({ ...this.#rest(run, parameters), columns }) };
    });
  }

  /** A procedure by its name, its arguments by theirs. */
  runProcedure(name: string, parameters: readonly BatchParameter[], state: ServerState = {}): BatchResult {
    return this.#guarded(() => {
      const procedure = findProcedure(bareName(name), state);
      const out = parameters.find(({ direction }) => direction === 'output' || direction === 'inputOutput');
      const declared = declaredParameters(parameters);
      if (out && procedure.parameters.some((each) => each.name === parameterName(out)))
        throw noOutput(out.name);
      const { returned, result } = callProcedure(procedure, declared, this.#around(state));
      const outputs = parameters
        .filter(({ direction }) => direction === 'returnValue')
        .map((parameter) => ({ name: parameter.name, value: String(returned) }));
      return {
        columns: result?.columns ?? null,
        rows: result?.rows ?? [],
        rowsAffected: -1,
        outputs,
        returnValue: returned,
      };
    });
  }

  #prepared(sql: string, parameters: readonly BatchParameter[], state: ServerState) {
    const variables = declaredParameters(parameters, maxParametersOfText);
    const statements = parseBatch(sql);
    checkVariables(statements, variables);
    return { statements, run: new BatchRun(this.#around(state), variables) };
  }

  #rest(run: BatchRun, parameters: readonly BatchParameter[]): Omit<BatchResult, 'rows'> {
    const outputs = parameters
      .filter(({ direction = 'input' }) => direction !== 'input')
      .map((parameter) => {
        const variable = run.variables.get(parameterName(parameter));
        const value = variable ? outputText(variable.value, variable.kind, parameter.size) : null;
        return { name: parameter.name, value: parameter.direction === 'returnValue' ? null : value };
      });
    return {
      columns: run.result?.columns ?? null,
      rowsAffected: run.affected ?? -1,
      outputs,
      returnValue: null,
    };
  }

  #around(state: ServerState) {
    const locks = this.locks.openSession(state);
    return { database: this.#database, reader: this.#reader, now: this.#now, state, locks };
  }

  #guarded<T>(body: () => T): T {
    this.#reader.budget.renew();
    try {
      return body();
    } catch (error) {
      throw asSqlServerError(error);
    }
  }
}
