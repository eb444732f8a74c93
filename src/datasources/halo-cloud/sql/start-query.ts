import type { UpstreamWrite } from '../transport/upstream-call.ts';
import { queryBody } from './query-command.ts';
import { type QueryRecord, readQuery } from './query-record.ts';
import type { SqlCommand } from './site-sql.ts';

/** `POST /integrator/sites/{siteId}/queries/async`. */
export function startCall(
  haloGuid: string,
  command: SqlCommand,
  maxTimeInQueueMs: number | null,
): UpstreamWrite<QueryRecord> {
  return {
    kind: 'sql',
    method: 'POST',
    route: '/integrator/sites/{siteId}/queries/async',
    path: `/integrator/sites/${haloGuid}/queries/async`,
    haloGuid,
    body: queryBody(command, maxTimeInQueueMs),
    read: (body) => readQuery(body, null),
  };
}
