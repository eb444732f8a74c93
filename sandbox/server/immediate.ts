import { randomUUID } from 'node:crypto';
import type { BatchResult, SqlEngine } from '../sql/engine.ts';
import { SqlServerError } from '../sql/sql-server-error.ts';
import { isWriteCommand } from '../sql/writes.ts';
import type { Answer } from './answer.ts';
import type { Faults } from './faults.ts';
import type { QueryCommand } from './query-command.ts';
import { readCommand } from './query-command.ts';
import type { AddressedSite } from './sites.ts';

const mostResultBytes = 8 * 1024 * 1024;
const integratorId = '5a4db0c5-1111-4000-8000-000000000001';
const tooLarge =
  'Query was executed successfully but an error occurred preparing it to be uploaded, results were too large. Immediate query results beyond message size limit (8mb)';

interface QueryError {
  readonly errorType: 'http' | 'mssql' | 'fbsql' | 'haloLink';
  readonly errorCode: number;
  readonly errorMessage: string;
}

/** `POST /integrator/sites/{siteId}/queries/immediate`: the practice's answer, or what its database says against it. */
export function immediateQuery(
  site: AddressedSite,
  body: string,
  faults: Faults,
  engine: () => SqlEngine,
): Answer {
  const started = new Date();
  const catalogues = site.practice.pms === 'BestPractice' ? ['BPSPatients', 'BPSDrugs'] : ['Zedmed'];
  const command = readCommand(body, catalogues);
  const completed = () => ({
    ...commonFields(site, command, body, started),
    completedAt: new Date().toISOString(),
  });
  const failed = (status: number, error: QueryError): Answer => ({
    status,
    body: {
      ...completed(),
      status: 'executionFailed',
      errorDetails: error,
      errorCode: error.errorCode,
      errorMessage: error.errorMessage,
    },
  });
  if (faults.has('error-in-200'))
    return failed(
      200,
      sqlError(new SqlServerError(1205, 'Transaction was deadlocked. Rerun the transaction.')),
    );
  if (site.practice.pms !== 'BestPractice') return failed(400, firebirdError(command.text));
  let result: BatchResult;
  try {
    result = run(engine(), command, faults.has('no-ex') ? ['BP_AddAppointmentEx'] : []);
  } catch (error) {
    if (error instanceof SqlServerError) return failed(400, sqlError(error));
    const errorMessage = 'The sandbox does not speak this statement.';
    return failed(500, { errorType: 'haloLink', errorCode: 0, errorMessage });
  }
  const data = Buffer.from(JSON.stringify(result.rows));
  if (data.length > mostResultBytes || faults.has('413')) {
    return failed(413, { errorType: 'http', errorCode: 413, errorMessage: tooLarge });
  }
  const duration = Date.now() - started.getTime();
  return {
    status: 200,
    body: {
      ...completed(),
      status: 'successful',
      metrics: { sqlExecutionDuration: duration },
      result: resultBody(command, result, data),
      resultSize: data.length,
    },
  };
}

/** Whether the body of an immediate query asks for something to be written; false too for one that cannot be read. */
export function isWriteQuery(body: string): boolean {
  try {
    const { command } = JSON.parse(body) as { command?: { text?: unknown; type?: unknown } };
    const type = command?.type === 'storedProcedure' ? 'storedProcedure' : 'text';
    return typeof command?.text === 'string' && isWriteCommand(command.text, type);
  } catch {
    return false;
  }
}

function run(engine: SqlEngine, command: QueryCommand, missing: readonly string[]): BatchResult {
  const { type, text, parameters, executionMode } = command;
  const inputs = parameters.filter(({ direction }) => direction !== 'returnValue');
  const result =
    type === 'storedProcedure'
      ? engine.runProcedure(text, inputs, missing)
      : engine.runText(text, inputs, missing);
  if (executionMode !== 'scalar') return result;
  const [first] = result.rows;
  return { ...result, rows: first ? [{ Column1: Object.values(first)[0] ?? null }] : [] };
}

function resultBody(
  { parameters, executionMode }: QueryCommand,
  { rows, returned }: BatchResult,
  data: Buffer,
): unknown {
  const outputs = parameters
    .filter(({ direction }) => direction !== 'input')
    .map(({ name, type, direction, value }) => ({
      name,
      direction,
      type,
      value: direction === 'returnValue' && returned !== null ? String(returned) : value,
    }));
  const echoed = outputs.length > 0 ? { parameters: outputs } : {};
  if (executionMode === 'nonQuery') return { rowsAffected: -1, size: 0, ...echoed };
  return { rows: rows.length, size: data.length, data: data.toString('base64'), ...echoed };
}

function commonFields({ guid }: AddressedSite, command: QueryCommand, body: string, started: Date) {
  const createdAt = started.toISOString();
  return {
    id: randomUUID(),
    integratorId,
    siteId: guid,
    mode: 'immediate',
    maxTimeInQueue: command.maxTimeInQueue,
    commandSize: Buffer.byteLength(command.text),
    requestSize: Buffer.byteLength(body),
    createdAt,
    updatedAt: new Date().toISOString(),
    statusTiming: { initialising: { startTime: createdAt }, executing: { startTime: createdAt } },
  };
}

function sqlError({ number, message }: SqlServerError): QueryError {
  return { errorType: 'mssql', errorCode: number, errorMessage: message };
}

/** Zedmed keeps a Firebird database, which has none of Bp Premier's tables. */
function firebirdError(sql: string): QueryError {
  const table = /\bfrom\s+([\w.]+)/i.exec(sql)?.[1]?.toUpperCase() ?? 'UNKNOWN';
  return {
    errorType: 'fbsql',
    errorCode: 335544569,
    errorMessage: `Dynamic SQL Error SQL error code = -204 Table unknown ${table}`,
  };
}
