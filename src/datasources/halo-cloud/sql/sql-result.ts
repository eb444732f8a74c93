import { z } from 'zod';
import { shaped } from '../transport/malformed-response.ts';
import { checkNesting } from '../transport/nesting.ts';
import { wireCount } from '../transport/row-count.ts';
import { outputParameters } from './output-values.ts';
import { resultRows } from './result-rows.ts';
import type { SqlCommand, SqlResult } from './site-sql.ts';

const text = z.string().nullish();
const parametersSchema = z
  .array(
    z
      .looseObject({ name: z.string(), direction: text, type: text, value: z.unknown().optional() })
      .transform(({ name, direction = null, type = null, value }) => ({ name, direction, type, value })),
  )
  .nullish();
const resultSchema = z.looseObject({
  data: z.unknown().optional(),
  rows: wireCount,
  rowsAffected: wireCount,
  parameters: parametersSchema,
});
type WireResult = z.output<typeof resultSchema>;
const about = { id: text, metrics: z.looseObject({ sqlExecutionDuration: wireCount }).nullish() };
const answerSchema = z.union([
  z.looseObject({ ...about, result: resultSchema }),
  z
    .looseObject({ ...about, results: resultSchema })
    .transform(({ id, metrics, results }) => ({ id, metrics, result: results })),
]);

/** Parses the result of an immediate query. Throws MalformedResponse. */
export function readImmediate(body: unknown, command: SqlCommand): SqlResult {
  const { id, metrics, result } = shaped(answerSchema, body, 'a query result');
  return {
    ...sqlResult(result, command),
    id: id || null,
    sqlExecutionMs: metrics?.sqlExecutionDuration ?? null,
  };
}

/** Parses the latest result of a registered query, whose command is not known here. Throws MalformedResponse. */
export function readRegisteredResult(body: unknown, queryId: string): SqlResult {
  const result = shaped(resultSchema, body, 'the result of a registered query');
  return { ...sqlResult(result, { executionMode: 'reader', parameters: [] }), id: queryId };
}

/** An older response to a nonQuery counts the affected rows in `rows`, and may still have data. */
function sqlResult(
  { data, rows, rowsAffected, parameters }: WireResult,
  { executionMode, parameters: sent }: Pick<SqlCommand, 'executionMode' | 'parameters'>,
): SqlResult {
  const affectedOnly = typeof rowsAffected === 'number' || executionMode === 'nonQuery';
  const hasData = data !== undefined && data !== null && data !== '';
  const found = hasData || !affectedOnly ? resultRows(data, executionMode === 'reader' ? rows : null) : null;
  return {
    id: null,
    rows: found,
    rowCount: found?.length ?? null,
    rowsAffected: rowsAffected ?? (executionMode === 'nonQuery' ? rows : null) ?? null,
    outputParameters: outputParameters(checkNesting(parameters ?? []), sent),
    sqlExecutionMs: null,
  };
}
