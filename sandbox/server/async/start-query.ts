import type { Answer } from '../answer.ts';
import type { CloudClock } from '../cloud-clock.ts';
import type { Executor } from '../execute.ts';
import type { Faults } from '../faults.ts';
import { type QueryLimits, readQuery } from '../query-command.ts';
import { identify } from '../query-fields.ts';
import type { AsyncQueries } from './async-queries.ts';
import { AsyncQuery } from './async-query.ts';
import type { Pace, Prospects } from './life-cycle.ts';
import { asyncQueryBody } from './status-body.ts';

/** The parts of a site that an async query needs. */
export interface AsyncSite {
  readonly guid: string;
  readonly catalogues: QueryLimits['catalogues'];
  readonly executor: (catalogue: string) => Executor;
  readonly clock: CloudClock;
  readonly pace: Pace;
  readonly away: Prospects['away'];
  readonly queries: AsyncQueries;
}

/** `POST /integrator/sites/{siteId}/queries/async`: 201, whatever will become of it. */
export function startQuery(site: AsyncSite, body: string, faults: Faults): Answer {
  const { catalogues, pace, away, clock, queries } = site;
  const request = readQuery(body, {
    catalogues,
    defaultTimeInQueue: 3_600_000,
    maxTimeInQueueLimit: 7_200_000,
  });
  const createdAt = clock.now();
  const identity = identify(site.guid, request, body, createdAt);
  const prospects = { createdAt, pace, maxTimeInQueue: request.maxTimeInQueue, faults, away };
  const query = new AsyncQuery(identity, request.command, prospects, site.executor(request.catalogue));
  queries.add(query);
  // The contract allows only this status in the response to a new query, however fast the query runs.
  return { status: 201, body: asyncQueryBody(query, createdAt, new Set([...faults, 'stuck-initialising'])) };
}
