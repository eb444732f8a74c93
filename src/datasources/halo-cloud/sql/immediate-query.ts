import { z } from 'zod';
import { memoizeLast } from '../../../engine/memoize-last.ts';
import { parseQueryAnswer } from '../../../engine/rows/query-answer.ts';
import type { ReadRows } from '../../../engine/rows/read-rows.ts';
import type { RowReader } from '../../../engine/rows/row-reader.ts';
import type { SqlRow } from '../../../engine/rows/sql-row.ts';
import type { SelectStatement, SqlStatement } from '../practice-connection.ts';
import { shaped } from '../transport/malformed-response.ts';
import { wireCount } from '../transport/row-count.ts';
import type { UpstreamRead, UpstreamWrite } from '../transport/upstream-call.ts';
import { decodeEach, decodeRows, type EncodedResult } from './rows.ts';
import { statementBody } from './sent-statement.ts';

const resultSchema = z.looseObject({ data: z.unknown().optional(), rows: wireCount });
type Result = z.output<typeof resultSchema>;
const answerSchema = z.union([
  z.looseObject({ result: resultSchema }).transform(({ result }) => result),
  z.looseObject({ results: resultSchema }).transform(({ results }) => results),
]);

/** `POST /integrator/sites/{siteId}/queries/immediate` with a reader command; the time in the queue is Halo Cloud's default. */
export function immediateQuery(haloGuid: string, statement: SqlStatement): UpstreamRead<readonly SqlRow[]> {
  return immediate(haloGuid, statement, (result) => decodeRows(result, statement.columns));
}

/** The same, with rows that are read as they are decoded. */
export function immediateReading(
  haloGuid: string,
  statement: SelectStatement,
  reader: RowReader<unknown>,
): UpstreamRead<readonly SqlRow[] | ReadRows> {
  const rows = (result: EncodedResult) => decodeEach(result, statement.columns, reader);
  return { ...immediate(haloGuid, statement, rows), form: 'read' };
}

/** The same with a statement that changes something; what it selects at its end tells how it went. */
export function immediateChange(haloGuid: string, statement: SqlStatement): UpstreamWrite<readonly SqlRow[]> {
  const { columns, procedure } = statement;
  return { ...immediate(haloGuid, statement, (result) => decodeRows(result, columns)), procedure };
}

function immediate<T>(haloGuid: string, statement: SqlStatement, rowsOf: (result: EncodedResult) => T) {
  return {
    kind: 'sql' as const,
    method: 'POST' as const,
    route: '/integrator/sites/{siteId}/queries/immediate',
    path: `/integrator/sites/${haloGuid}/queries/immediate`,
    haloGuid,
    body: bodyOf(statement),
    decode: parseQueryAnswer,
    read: (body: unknown) => rowsOf(resultIn(body)),
  };
}

const bodyOf = memoizeLast((statement: SqlStatement) => {
  const text = statementBody(statement);
  return { contentType: 'application/json', text, bytes: Buffer.from(text) };
});

function resultIn(body: unknown): EncodedResult {
  const { data, rows } = plainResult(body) ?? shaped(answerSchema, body, 'a query result');
  return { data, rowCount: rows };
}

/** What the schema finds in the answer as it nearly always is, for a twentieth of the time. */
function plainResult(body: unknown): Result | undefined {
  const { result } = (body ?? {}) as { readonly result?: Result };
  return typeof result === 'object' && Number.isSafeInteger(result?.rows) ? result : undefined;
}
