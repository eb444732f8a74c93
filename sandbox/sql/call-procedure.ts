import { Cursor } from './cursor.ts';
import { fitInteger } from './integers.ts';
import { parseQuery } from './parse-query.ts';
import type { Procedure } from './procedure.ts';
import { findProcedure } from './procedures.ts';
import type { ServerState } from './server-state.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Statement } from './statements.ts';
import type { Result, Surroundings } from './surroundings.ts';
import { tokenize } from './tokens.ts';
import type { SqlValue, Variable } from './values.ts';
import { convertText } from './values.ts';
import { declaredVariable } from './variables.ts';

const typeNames = { int: 'int', datetime: 'datetime', text: 'nvarchar' } as const;

/** The procedure that a statement calls. Throws 2812, 229, and 8144 for more arguments than it has parameters. */
export function findCall(statement: Extract<Statement, { is: 'execute' }>, state: ServerState): Procedure {
  const procedure = findProcedure(statement.procedure, state);
  if (
    statement.args.length > procedure.parameters.length &&
    statement.args.every(({ name }) => name === null)
  ) {
    throw new SqlServerError(
      8144,
      `Procedure or function ${procedure.name} has too many arguments specified.`,
    );
  }
  const wanted = statement.args.findIndex(({ output }) => output);
  if (wanted >= 0) throw noOutput(statement.args[wanted]?.name ?? procedure.parameters[wanted]?.name ?? '');
  return procedure;
}

/** None of these procedures has an output parameter. */
export function noOutput(name: string): SqlServerError {
  return new SqlServerError(
    8162,
    `The formal parameter "${name}" was not declared as an OUTPUT parameter, but the actual parameter passed in requested output.`,
  );
}

/** Calls a procedure with arguments by lower-case name. Throws 201, 8145, and the procedure's own errors. */
export function callProcedure(
  procedure: Procedure,
  given: ReadonlyMap<string, Variable>,
  around: Surroundings,
): { returned: number; result: Result | null } {
  for (const name of given.keys()) {
    if (!procedure.parameters.some((parameter) => parameter.name === name)) {
      throw new SqlServerError(8145, `${name} is not a parameter for procedure ${procedure.name}.`);
    }
  }
  const left = procedure.parameters.find(({ name, optional }) => !optional && !given.has(name));
  if (left) {
    throw new SqlServerError(
      201,
      `Procedure or function '${procedure.name}' expects parameter '${left.name}', which was not supplied.`,
    );
  }
  const args: Record<string, SqlValue> = {};
  const variables = new Map<string, Variable>();
  for (const { name, kind, length } of procedure.parameters) {
    const found = given.get(name);
    const value = found?.value ?? null;
    const converted = typeof value === 'string' ? convertText(value, kind) : asKind(value, kind);
    const cut = typeof converted === 'string' ? converted.slice(0, length) : converted;
    if (found) args[name] = cut;
    variables.set(name, { ...declaredVariable({ name: typeNames[kind], length: 'max' }), value: cut });
  }
  const { rows, select, returned = 0 } = procedure.run(args, around.database, around.now);
  if (select === undefined) {
    return { returned, result: rows ? { columns: Object.keys(rows[0] ?? {}), rows } : null };
  }
  const set = around.reader.select(parseQuery(new Cursor(tokenize(select))), variables);
  return { returned, result: { columns: set.columns, rows: around.reader.whole(set) } };
}

function asKind(value: number | null, kind: 'int' | 'datetime' | 'text'): SqlValue {
  if (value === null) return null;
  if (kind === 'int') return fitInteger(value, 'int');
  if (kind === 'text') return String(value);
  throw new SqlServerError(206, 'Operand type clash: int is incompatible with date');
}
