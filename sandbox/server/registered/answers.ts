import { type Answer, unknownResource } from '../answer.ts';
import type { Faults } from '../faults.ts';
import { instant } from '../query-fields.ts';
import type { RegisteredQueries } from './registered-queries.ts';
import type { RegisteredQuery } from './registered-query.ts';

// Rests on assumption S26.

/** `GET .../queries/registered`: the enabled queries, or all. */
export function listRegistered(queries: RegisteredQueries, now: number, requestFaults: Faults): Answer {
  const shown = queries
    .all()
    .filter((query) => requestFaults.has('registered-all') || query.status(now) === 'enabled')
    .map((query) => registeredBody(query, now));
  return { status: 200, body: { registeredQueries: shown } };
}

/** RegisteredQuery of the contract. */
export function registeredBody(query: RegisteredQuery, now: number): unknown {
  const { identity, record } = query;
  const { id, registration, createdAt, requestSize } = identity;
  const { name, frequency, duration } = registration;
  const completedAt = query.completedAt(now);
  return {
    id,
    name,
    registeredQueryType: 'query',
    status: query.status(now),
    frequency,
    duration,
    createdAt: instant(createdAt),
    ...(completedAt !== null && { completedAt: instant(completedAt) }),
    ...(record.lastHash !== null && { lastHash: record.lastHash }),
    ...(record.lastError !== null && { lastErrorDetails: record.lastError }),
    metrics: {
      lastExecutionDuration: record.lastExecutionMs,
      executionSucceededCount: record.succeeded,
      executionFailedCount: record.failed,
      resultSizeSum: record.uploadedBytes,
      requestSize,
      ...(record.lastSucceededAt !== null && { lastSucceededAt: instant(record.lastSucceededAt) }),
      ...(record.lastFailedAt !== null && { lastFailedAt: instant(record.lastFailedAt) }),
    },
  };
}

/** `GET .../registered/{queryId}/results`: the latest result. Throws a Refusal 404 before the first. */
export function registeredResult({ record }: RegisteredQuery): Answer {
  const { result } = record;
  if (!result?.data) throw unknownResource();
  const { data, rows, parameters } = result;
  return {
    status: 200,
    body: {
      data: data.toString('base64'),
      parameters: parameters.length > 0 ? parameters : null,
      rows,
      size: data.length,
    },
  };
}
