import { z } from 'zod';
import { NotFound } from '../../../errors.ts';
import { errorEnvelope } from '../transport/envelope.ts';
import { MalformedResponse, shaped } from '../transport/malformed-response.ts';
import type { UpstreamRead, UpstreamWrite } from '../transport/upstream-call.ts';
import { utcInstant } from '../transport/utc-instant.ts';
import { asJson, wireCommand } from './query-command.ts';
import type {
  RegisteredSqlQueryRecord,
  RegisteredSqlQueryStatus,
  SqlRegistration,
  SqlResult,
} from './site-sql.ts';
import { readRegisteredResult } from './sql-result.ts';

const text = z.string().nullish();
const registeredSchema = z.looseObject({
  id: z.string(),
  name: text,
  status: z.string(),
  frequency: z.number(),
  duration: z.number(),
  createdAt: text,
  completedAt: text,
  lastHash: text,
  lastErrorDetails: z.looseObject({}).nullish(),
  metrics: z.looseObject({ lastSucceededAt: text, lastFailedAt: text }).nullish(),
});
const statuses: ReadonlyMap<string, RegisteredSqlQueryStatus> = new Map([
  ['initialisationFailedCacheError', 'INITIALISATION_FAILED_CACHE_ERROR'],
  ['enabled', 'ENABLED'],
  ['cancelled', 'CANCELLED'],
  ['completed', 'COMPLETED'],
]);
const template = '/integrator/sites/{siteId}/queries/registered';
const pathOf = (haloGuid: string, queryId?: string) =>
  `/integrator/sites/${haloGuid}/queries/registered${queryId === undefined ? '' : `/${encodeURIComponent(queryId)}`}`;
const noSuchQuery = (status: number) => (status === 404 ? new NotFound() : undefined);

/** `POST queries/registered`: returns the id of the new query. */
export function registerCall(haloGuid: string, registration: SqlRegistration): UpstreamWrite<string> {
  const { name, frequencySeconds, durationSeconds, command } = registration;
  return {
    kind: 'sql',
    method: 'POST',
    route: template,
    path: pathOf(haloGuid),
    haloGuid,
    body: asJson({
      name,
      registeredQueryType: 'query',
      frequency: frequencySeconds,
      duration: durationSeconds,
      registerCommand: { command: wireCommand(command) },
    }),
    read: (body) => shaped(z.looseObject({ id: z.string() }), body, 'a registered query').id.toLowerCase(),
  };
}

/** `GET queries/registered`: all queries that Halo Cloud lists, including those that have ended. */
export function registeredListCall(haloGuid: string): UpstreamRead<readonly RegisteredSqlQueryRecord[]> {
  return {
    kind: 'result',
    method: 'GET',
    route: template,
    path: pathOf(haloGuid),
    haloGuid,
    read: (body) =>
      shaped(
        z.looseObject({ registeredQueries: z.array(z.unknown()) }),
        body,
        'a list of registered queries',
      ).registeredQueries.map(readRegistered),
  };
}

/** `GET queries/registered/{queryId}`. Throws NotFound. */
export function registeredCall(haloGuid: string, queryId: string): UpstreamRead<RegisteredSqlQueryRecord> {
  return {
    kind: 'result',
    method: 'GET',
    route: `${template}/{queryId}`,
    path: pathOf(haloGuid, queryId),
    haloGuid,
    read: readRegistered,
    refused: noSuchQuery,
  };
}

/** `GET queries/registered/{queryId}/results`: the latest result. A 404 or 204 means that there is none yet (assumption H24). */
export function registeredResultCall(haloGuid: string, queryId: string): UpstreamRead<SqlResult> {
  return {
    kind: 'result',
    method: 'GET',
    route: `${template}/{queryId}/results`,
    path: `${pathOf(haloGuid, queryId)}/results`,
    haloGuid,
    read(body) {
      if (body === undefined) throw new NotFound();
      return readRegisteredResult(body, queryId);
    },
    refused: noSuchQuery,
  };
}

/** `DELETE queries/registered/{queryId}`. Throws NotFound. */
export function cancelCall(haloGuid: string, queryId: string): UpstreamWrite<void> {
  return {
    kind: 'result',
    method: 'DELETE',
    route: `${template}/{queryId}`,
    path: pathOf(haloGuid, queryId),
    haloGuid,
    read: () => undefined,
    refused: noSuchQuery,
  };
}

function readRegistered(body: unknown): RegisteredSqlQueryRecord {
  const query = shaped(registeredSchema, body, 'a registered query');
  const status = statuses.get(query.status);
  if (!status) throw new MalformedResponse('not a registered query: an unknown status');
  const failed = query.lastErrorDetails && errorEnvelope({ errorDetails: query.lastErrorDetails });
  return {
    queryId: query.id.toLowerCase(),
    name: query.name ?? '',
    status,
    frequencySeconds: query.frequency,
    durationSeconds: query.duration,
    createdAt: utcInstant(query.createdAt),
    completedAt: utcInstant(query.completedAt),
    lastSucceededAt: utcInstant(query.metrics?.lastSucceededAt),
    lastFailedAt: utcInstant(query.metrics?.lastFailedAt),
    lastHash: query.lastHash || null,
    lastError: failed ? { errorType: failed.errorType, errorCode: failed.errorCode } : null,
  };
}
