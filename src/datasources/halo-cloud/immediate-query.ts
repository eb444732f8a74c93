import { z } from 'zod';
import type { SqlRow, SqlStatement } from '../practice-connection.ts';
import { decodeRows } from './rows.ts';
import { shaped } from './unusable.ts';
import type { UpstreamRead, UpstreamWrite } from './upstream-call.ts';
import { wireCount } from './wire-count.ts';

const resultSchema = z.looseObject({ data: z.unknown().optional(), rows: wireCount });
const answerSchema = z.union([
  z.looseObject({ result: resultSchema }).transform(({ result }) => result),
  z.looseObject({ results: resultSchema }).transform(({ results }) => results),
]);

/** `POST /integrator/sites/{siteId}/queries/immediate` with a reader command; the time in the queue is Halo Cloud's default. */
export function immediateQuery(haloGuid: string, statement: SqlStatement): UpstreamRead<readonly SqlRow[]> {
  return immediate(haloGuid, statement);
}

/** The same with a statement that changes something; what it selects at its end tells how it went. */
export function immediateChange(haloGuid: string, statement: SqlStatement): UpstreamWrite<readonly SqlRow[]> {
  return immediate(haloGuid, statement);
}

function immediate(haloGuid: string, statement: SqlStatement) {
  const command = {
    text: statement.text,
    type: 'text',
    executionMode: 'reader',
    parameters: statement.parameters.map(({ name, type, value }) => ({
      name,
      direction: 'input',
      type,
      value,
    })),
  };
  return {
    kind: 'sql' as const,
    method: 'POST' as const,
    route: '/integrator/sites/{siteId}/queries/immediate',
    path: `/integrator/sites/${haloGuid}/queries/immediate`,
    haloGuid,
    body: { contentType: 'application/json', text: JSON.stringify({ command }) },
    read(body: unknown): readonly SqlRow[] {
      const result = shaped(answerSchema, body, 'a query result');
      return decodeRows({ data: result.data, rowCount: result.rows });
    },
  };
}
