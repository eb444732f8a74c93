import { z } from 'zod';
import { memoizeLastPerObject } from '../../../engine/memoize-last.ts';
import { parseQueryAnswer, type ReadRows, type RowReader, type SqlRow } from '../../../engine/row-decoder.ts';
import type { SelectStatement, SqlStatement } from '../practice-connection.ts';
import { shaped } from '../transport/malformed-response.ts';
import { wireCount } from '../transport/row-count.ts';
import type { UpstreamRead, UpstreamWrite } from '../transport/upstream-call.ts';
import { defaultQueueMs } from './query-command.ts';
import { decodeEach, decodeRows, type EncodedResult } from './rows.ts';
import { statementBody } from './sent-statement.ts';

const resultSchema = z.looseObject({ data: z.unknown().optional(), rows: wireCount });
type Result = z.output<typeof resultSchema>;
const answerSchema = z.union([
  z.looseObject({ result: resultSchema }).transform(({ result }) => result),
  z.looseObject({ results: resultSchema }).transform(({ results }) => results),
]);

/** `POST /integrator/sites/{siteId}/queries/immediate` with a reader command and Halo Cloud's default time in the queue. */
export function immediateQuery(haloGuid: string, statement: SqlStatement): UpstreamRead<readonly SqlRow[]> {
  return immediate(haloGuid, statement, (result) => decodeRows(result, statement.columns));
}

/** The same. Rows are converted by the reader while they are decoded. */
export function immediateQueryWithReader(
  haloGuid: string,
  statement: SelectStatement,
  reader: RowReader<unknown>,
): UpstreamRead<readonly SqlRow[] | ReadRows> {
  return immediate(haloGuid, statement, (result) => decodeEach(result, statement.columns, reader), 'read');
}

/** The same with a statement that writes. It returns the rows that the statement selects at its end. */
export function immediateWrite(haloGuid: string, statement: SqlStatement): UpstreamWrite<readonly SqlRow[]> {
  const { columns, procedure } = statement;
  return {
    ...immediate(haloGuid, statement, (result) => decodeRows(result, columns)),
    procedure,
    bodyWithin: (maxQueueMs) => statementBody(statement, Math.min(defaultQueueMs, maxQueueMs)),
  };
}

function immediate<T>(
  haloGuid: string,
  statement: SqlStatement,
  rowsOf: (result: EncodedResult) => T,
  form = '',
) {
  return {
    form,
    kind: 'sql' as const,
    method: 'POST' as const,
    route: '/integrator/sites/{siteId}/queries/immediate',
    path: `/integrator/sites/${haloGuid}/queries/immediate`,
    haloGuid,
    statement: () => statement.text,
    body: bodyOf(statement),
    decode: parseQueryAnswer,
    read: (body: unknown) => rowsOf(resultIn(body)),
  };
}

const bodyOf = memoizeLastPerObject(statementBody);

function resultIn(body: unknown): EncodedResult {
  const { data, rows } = plainResult(body) ?? shaped(answerSchema, body, 'a query result');
  return { data, rowCount: rows };
}

/** Fast path for the usual response: a twentieth of the time that the schema takes. */
function plainResult(body: unknown): Result | undefined {
  const { result } = (body ?? {}) as { readonly result?: Result };
  return typeof result === 'object' && Number.isSafeInteger(result?.rows) ? result : undefined;
}
