import type { OpenResult, SqlEngine } from '../sql/engine.ts';
import { procedureTroubles, type ServerState } from '../sql/server-state.ts';
import { permissionDenied, SqlServerError } from '../sql/sql-server-error.ts';
import { type Faults, faultNumber } from './faults.ts';
import type { QueryCommand } from './query-command.ts';
import {
  deadlocked,
  firebirdError,
  notSpoken,
  type QueryError,
  refusedBySql,
  sqlError,
} from './query-error.ts';

// Rests on assumption S27.

export type Execution<T> =
  | { readonly value: T; readonly error?: never }
  /** `status`: HTTP status in the response to an immediate query. */
  | { readonly error: QueryError; readonly status: number; readonly value?: never };

/** The practice's side of an execution: its database product, and its SQL Server if it has one. */
export interface Executor {
  readonly pms: string;
  readonly engine: () => SqlEngine;
  /** Changes by others at the practice during a writing statement. */
  readonly duringWrite: () => void;
}

/** Runs a command at the practice; `consume` reads its result. Errors of the command are returned, not thrown. */
export function execute<T>(
  { pms, engine, duringWrite }: Executor,
  command: QueryCommand,
  faults: Faults,
  consume: (result: OpenResult) => T,
): Execution<T> {
  const refused = faultNumber(faults, 'sql-error-');
  if (refused !== undefined) return { error: refusedBySql(refused), status: 400 };
  if (faults.has('error-in-200')) return { error: deadlocked, status: 200 };
  if (pms !== 'BestPractice') return { error: firebirdError(command.text), status: 400 };
  const unconvertible = oversizedParameter(command);
  if (unconvertible) return { error: unconvertible, status: 400 };
  const reserved = 'RESERVEDAPPOINTMENTS';
  if (faults.has('no-reserved') && /(FROM|JOIN)\s+(dbo\.)?RESERVEDAPPOINTMENTS/i.test(command.text)) {
    return { error: sqlError(permissionDenied('SELECT', reserved)), status: 400 };
  }
  try {
    return { value: consume(open(engine(), command, { ...stateOf(faults), beforeProcedure: duringWrite })) };
  } catch (error) {
    if (error instanceof SqlServerError)
      return { error: sqlError(missingTable(error) ?? error), status: 400 };
    return { error: notSpoken, status: 500 };
  }
}

/** The engine knows Bp Premier's tables; that another database does not have them, only SQLite says. */
function missingTable({ cause }: SqlServerError): SqlServerError | undefined {
  const name = /no such table: (?:\w+\.)?(\w+)/.exec(String(cause))?.[1];
  return name === undefined ? undefined : new SqlServerError(208, `Invalid object name '${name}'.`);
}

function stateOf(faults: Faults): ServerState {
  const procedures = procedureTroubles.find((trouble) => faults.has(`proc-${trouble}`));
  return {
    ...(faults.has('no-ex') && { missing: ['BP_AddAppointmentEx'] }),
    ...(procedures && { procedures }),
    ...(faults.has('lock-refused') && { locks: 'refused' }),
    ...(faults.has('lock-busy') && { locks: 'busy' }),
  };
}

function open(engine: SqlEngine, command: QueryCommand, state: ServerState): OpenResult {
  const { type, text, parameters } = command;
  if (type === 'text') return engine.openText(text, parameters, state);
  const result = engine.runProcedure(text, parameters, state);
  return { ...result, end: () => result };
}

/** A fault of Halo Link that its troubleshooting page names: procedures take no values above these sizes. */
function oversizedParameter({ type, parameters }: QueryCommand): QueryError | undefined {
  if (type !== 'storedProcedure') return undefined;
  const oversized = parameters.some(
    ({ type: sqlType, value }) =>
      (sqlType === 'VarBinary' && Buffer.byteLength(value ?? '', 'base64') > 8000) ||
      (sqlType === 'NVarChar' && (value ?? '').length > 4000),
  );
  if (!oversized) return undefined;
  return {
    errorType: 'haloLink',
    errorCode: 0,
    errorMessage:
      "Failed to convert parameter value from a String to a Byte[]. --> Invalid cast from 'System.String' to 'System.Byte[]'.",
  };
}
