import { randomUUID } from 'node:crypto';
import { type Answer, Refusal, unknownResource } from './answer.ts';
import type { AsyncQuery } from './async/async-query.ts';
import { startQuery } from './async/start-query.ts';
import { asyncQueryBody } from './async/status-body.ts';
import { immediateQuery } from './immediate.ts';
import { readBody } from './query-command.ts';
import { readRegistration } from './registered/read-registration.ts';
import { RegisteredQuery } from './registered/registered-query.ts';
import type { SiteCall } from './site-calls.ts';
import { siteAway, tookTooLong } from './site-guard.ts';
import { cataloguesOf } from './sites.ts';

// Rests on assumption S23.

/** Halo Cloud's responses about the queries of a site, by path. All functions throw Refusals. */
export function answerImmediate({ site, body, faults, executor, clock, queries }: SiteCall): Answer {
  const known = queries.immediate;
  const catalogues = cataloguesOf(site.practice);
  const answer = immediateQuery({ guid: site.guid, catalogues, executor, clock, known }, body, faults);
  if (faults.has('504-immediate')) throw tookTooLong();
  return answer;
}

export function answerStart({ site, body, faults, executor, clock, queries, pace }: SiteCall): Answer {
  const away = siteAway(site, faults);
  const catalogues = cataloguesOf(site.practice);
  const asyncSite = { guid: site.guid, catalogues, executor, clock, pace, away, queries: queries.async };
  return startQuery(asyncSite, body, faults);
}

/** The body of GET, or undefined when the site has no such query. */
function shown({ queries, clock, faults }: SiteCall, id: string): unknown {
  const found = queries.async.find(id);
  return found ? asyncQueryBody(found, clock.now(), faults) : queries.immediate.find(id);
}

export function answerStatus(call: SiteCall, id: string): Answer {
  const body = shown(call, id);
  if (body === undefined) throw unknownResource();
  return { status: 200, body };
}

export function answerStatuses(call: SiteCall): Answer {
  const { queryIds } = readBody(call.body);
  if (!Array.isArray(queryIds)) throw new Refusal(400, 'queryIds must be an array.');
  const results = queryIds.map((queryId: unknown) => {
    if (typeof queryId !== 'string' || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(queryId))
      throw new Refusal(400, 'queryIds must be UUIDs.');
    const query = shown(call, queryId.toLowerCase());
    return query === undefined ? { queryId, status: 'notFound' } : { queryId, status: 'found', query };
  });
  return { status: 200, body: { results } };
}

export function findAsync({ queries }: SiteCall, id: string): AsyncQuery {
  const found = queries.async.find(id);
  if (!found) throw unknownResource();
  return found;
}

export function findRegistered({ queries }: SiteCall, id: string): RegisteredQuery {
  const found = queries.registered.find(id);
  if (!found) throw unknownResource();
  return found;
}

export function register({
  site,
  body,
  executor,
  clock,
  queries,
  pace,
  faultsNow,
  minFrequency,
}: SiteCall): Answer {
  const id = randomUUID();
  const registration = readRegistration(body, minFrequency);
  const createdAt = clock.now();
  const firstRunAt = createdAt + pace.initialisingMs + pace.queuedMs + pace.executingMs;
  const [catalogue] = cataloguesOf(site.practice);
  queries.registered.add(
    new RegisteredQuery(
      { id, registration, requestSize: Buffer.byteLength(body), createdAt, firstRunAt },
      {
        executor: executor(catalogue),
        away: () => siteAway(site, faultsNow()) !== null,
        faults: faultsNow,
      },
    ),
  );
  return { status: 202, body: { id } };
}

export function cancelRegistered(call: SiteCall, id: string): Answer {
  findRegistered(call, id).cancel(call.clock.now());
  return { status: 204 };
}
