import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Condition, Expression, Query, Statement } from './ast.ts';
import { Binder } from './emitted.ts';
import { parseBatch } from './parse-batch.ts';
import type { Clock, Procedure } from './procedure.ts';
import { bareName, findProcedure } from './procedures.ts';
import { defineRunTime } from './run-time.ts';
import { SqlServerError } from './sql-server-error.ts';
import { translateQuery } from './translate-query.ts';
import type { SqlValue, Variable } from './values.ts';
import { convertText, isUnicodeType, kindOfType } from './values.ts';

export type JsonRow = Readonly<Record<string, string | number | boolean | null>>;

export interface BatchResult {
  /** The first result set; empty when no statement selects. */
  readonly rows: readonly JsonRow[];
  /** RETURN of a procedure that was called by its name; null otherwise. */
  readonly returned: number | null;
}

export interface BatchParameter {
  /** With the at sign. */
  readonly name: string;
  /** .NET's SqlDbType name, or `String`. */
  readonly type: string;
  readonly value: string | null;
}

/** SQL Server takes no more. */
const mostParameters = 2100;

/** Runs T-SQL against one practice's database. Everything that goes wrong is a SqlServerError. */
export class SqlEngine {
  readonly #database: PracticeDatabase;
  readonly #now: Clock;
  #failure: unknown;

  constructor(database: PracticeDatabase, now: Clock) {
    this.#database = database;
    this.#now = now;
    defineRunTime(database, (error) => {
      this.#failure = error;
    });
  }

  /** A text of one or several statements. `missing`: procedures that this practice's version does not have. */
  runText(sql: string, parameters: readonly BatchParameter[], missing: readonly string[] = []): BatchResult {
    const variables = declared(parameters);
    const run: Run = { variables, sets: [], missing };
    for (const statement of parseBatch(sql)) this.#statement(statement, run);
    return { rows: run.sets[0] ?? [], returned: null };
  }

  /** A procedure by its name, its arguments by theirs. */
  runProcedure(
    name: string,
    parameters: readonly BatchParameter[],
    missing: readonly string[] = [],
  ): BatchResult {
    const procedure = findProcedure(bareName(name), missing);
    const run: Run = { variables: new Map(), sets: [], missing };
    const returned = this.#call(procedure, declared(parameters), run);
    return { rows: run.sets[0] ?? [], returned };
  }

  #statement(statement: Statement, run: Run): void {
    switch (statement.is) {
      case 'query':
        run.sets.push(this.#select(statement.query, run.variables));
        return;
      case 'declare': {
        const kind = kindOfType(statement.type.name);
        if (!kind) throw new SqlServerError(2715, `Cannot find data type ${statement.type.name}.`);
        const value: Variable = { kind, value: null, unicode: isUnicodeType(statement.type.name) };
        run.variables.set(statement.name.toLowerCase(), value);
        if (statement.value) this.#assign(statement.name, statement.value, run);
        return;
      }
      case 'set':
        this.#assign(statement.name, statement.value, run);
        return;
      case 'if': {
        const holds = this.#value(truth(statement.condition), run.variables) === 1;
        for (const each of holds ? statement.yes : statement.no) this.#statement(each, run);
        return;
      }
      case 'execute':
        this.#execute(statement, run);
    }
  }

  #assign(name: string, value: Expression, run: Run): void {
    const variable = run.variables.get(name.toLowerCase());
    if (!variable) throw new SqlServerError(137, `Must declare the scalar variable "${name}".`);
    const result = this.#value(value, run.variables);
    const converted = typeof result === 'string' ? convertText(result, variable.kind) : result;
    run.variables.set(name.toLowerCase(), { ...variable, value: converted });
  }

  #execute(statement: Extract<Statement, { is: 'execute' }>, run: Run): void {
    const procedure = findProcedure(statement.procedure, run.missing);
    const given = new Map<string, Variable>();
    statement.args.forEach(({ name, value }, index) => {
      const target = name ?? procedure.parameters[index]?.name;
      if (!target)
        throw new SqlServerError(
          8144,
          `Procedure or function ${procedure.name} has too many arguments specified.`,
        );
      given.set(target.toLowerCase(), {
        kind: 'text',
        value: this.#value(value, run.variables),
        unicode: false,
      });
    });
    const returned = this.#call(procedure, given, run);
    if (statement.into) this.#assign(statement.into, { is: 'number', value: String(returned) }, run);
  }

  #call(procedure: Procedure, given: ReadonlyMap<string, Variable>, run: Run): number {
    const known = new Set(procedure.parameters.map(({ name }) => name));
    for (const name of given.keys()) {
      if (!known.has(name))
        throw new SqlServerError(8145, `${name} is not a parameter for procedure ${procedure.name}.`);
    }
    const args: Record<string, SqlValue> = {};
    const variables = new Map<string, Variable>();
    for (const { name, kind, optional } of procedure.parameters) {
      const value = given.get(name)?.value ?? (optional || given.has(name) ? null : undefined);
      if (value === undefined) {
        throw new SqlServerError(
          201,
          `Procedure or function '${procedure.name}' expects parameter '${name}', which was not supplied.`,
        );
      }
      const converted = typeof value === 'string' ? convertText(value, kind) : value;
      args[name] = converted;
      variables.set(name, { kind, value: converted, unicode: false });
    }
    const outcome = procedure.run(args, this.#database, this.#now);
    if (outcome.select !== undefined) {
      for (const statement of parseBatch(outcome.select)) this.#statement(statement, { ...run, variables });
    }
    if (outcome.rows) run.sets.push(outcome.rows);
    return outcome.returned ?? 0;
  }

  #value(expression: Expression, variables: ReadonlyMap<string, Variable>): SqlValue {
    const items = [{ value: expression, alias: 'v' }];
    const select = { distinct: false, top: null, items, from: null, where: null, group: [], having: null };
    const [row] = this.#select(
      { with: [], arms: [select], operators: [], order: [], offset: null, fetch: null },
      variables,
    );
    const value = row?.v ?? null;
    return typeof value === 'boolean' ? Number(value) : value;
  }

  #select(query: Query, variables: ReadonlyMap<string, Variable>): JsonRow[] {
    const binder = new Binder(variables, this.#now());
    const { sql, columns } = translateQuery(query, null, binder);
    const names = columns.map(({ name }, index) => (name === '' ? `Column${index + 1}` : name));
    const shown = columns.map((_, index) => `c${index}`);
    // Numbered names outside, so that two columns of one name do not hide each other on their way.
    const numbered = `WITH "tsql result" (${shown.join(', ')}) AS (${sql}) SELECT * FROM "tsql result"`;
    const rows = this.#guarded(() => this.#database.all<Record<string, SqlValue>>(numbered, binder.values));
    return rows.map((row) =>
      Object.fromEntries(
        columns.map(({ kind, pad }, index) => {
          const value = row[`c${index}`] ?? null;
          const out = typeof value === 'string' && pad !== undefined ? value.padEnd(pad) : value;
          return [names[index], kind === 'bit' && out !== null ? out !== 0 : out];
        }),
      ),
    );
  }

  #guarded<T>(body: () => T): T {
    this.#failure = undefined;
    try {
      return body();
    } catch (error) {
      if (this.#failure instanceof SqlServerError) throw this.#failure;
      throw error;
    }
  }
}

/** 1 where a condition holds; what is unknown does not. */
function truth(condition: Condition): Expression {
  const one = (value: string): Expression => ({ is: 'number', value });
  return { is: 'iif', condition, yes: one('1'), no: one('0') };
}

interface Run {
  readonly variables: Map<string, Variable>;
  readonly sets: (readonly JsonRow[])[];
  readonly missing: readonly string[];
}

function declared(parameters: readonly BatchParameter[]): Map<string, Variable> {
  if (parameters.length > mostParameters) {
    throw new SqlServerError(
      8003,
      'The incoming request has too many parameters. The server supports a maximum of 2100 parameters.',
    );
  }
  return new Map(
    parameters.map(({ name, type, value }) => {
      const kind = kindOfType(type);
      if (!kind) throw new SqlServerError(2715, `Cannot find data type ${type}.`);
      const variable = {
        kind,
        value: value === null ? null : convertText(value, kind),
        unicode: isUnicodeType(type),
      };
      return [(name.startsWith('@') ? name : `@${name}`).toLowerCase(), variable] as const;
    }),
  );
}
