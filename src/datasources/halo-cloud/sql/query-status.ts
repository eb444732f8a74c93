import { z } from 'zod';
import { NotFound, ResultTooLarge, UpstreamFailed } from '../../../errors.ts';
import { settleBounded } from '../transport/bounded.ts';
import type { HaloCloud } from '../transport/client.ts';
import { MalformedResponse, shaped } from '../transport/malformed-response.ts';
import type { CallContext, UpstreamRead } from '../transport/upstream-call.ts';
import type { MissingFeatures } from './missing-features.ts';
import { asJson } from './query-command.ts';
import { type QueryRecord, readQuery } from './query-record.ts';

// Rests on assumption H21.

/** Null: Halo Cloud does not know the query at the site. */
export type StatusAnswer = QueryRecord | null | Error;

/** The states of several queries of one site, by id in lower case. One may be an error. Throws an error that affects all. */
export type FetchStatuses = (
  haloGuid: string,
  queryIds: readonly string[],
  context: CallContext,
) => Promise<ReadonlyMap<string, StatusAnswer>>;

/** The maximum number of ids is not documented. The first call tries 1,000; after a refusal, 100 are sent (H21). */
const [manyIds, fewIds] = [1_000, 100];
const maxConcurrent = 16;
const noSuchRoute: ReadonlySet<number | null> = new Set([404, 405, 501]);

/**
 * Sends `POST queries/status` for several ids and `GET queries/{queryId}` for one. If a site has no batch endpoint, it sends
 * one GET for each id.
 */
export function createFetchStatuses(halo: HaloCloud, missing: MissingFeatures): FetchStatuses {
  let maxIds = manyIds;

  async function inBatchesOf(size: number, haloGuid: string, ids: readonly string[], context: CallContext) {
    const batches = Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
      ids.slice(index * size, (index + 1) * size),
    );
    const answers = await Promise.all(
      batches.map((batch) => halo.read(batchStatus(haloGuid, batch), context)),
    );
    context.cost.saved('batched', ids.length - batches.length);
    return new Map(answers.flatMap((answer) => [...answer]));
  }

  async function batched(haloGuid: string, ids: readonly string[], context: CallContext) {
    try {
      return await inBatchesOf(maxIds, haloGuid, ids, context);
    } catch (error) {
      if (ids.length <= fewIds || !isTooMany(error)) throw error;
      const answers = await inBatchesOf(fewIds, haloGuid, ids, context);
      if (context.simulatedFault === undefined) maxIds = fewIds;
      return answers;
    }
  }

  async function oneByOne(haloGuid: string, ids: readonly string[], context: CallContext) {
    const answers = await settleBounded(ids, maxConcurrent, async (id) => ({
      record: await halo.read(singleStatus(haloGuid, id), context).catch((error: unknown) => {
        if (error instanceof NotFound) return null;
        throw error;
      }),
    }));
    return new Map(
      answers.map((answer, index): [string, StatusAnswer] => [
        ids[index] ?? '',
        answer instanceof Error ? answer : answer.record,
      ]),
    );
  }

  return async (haloGuid, queryIds, context) => {
    const ids = [...new Set(queryIds.map((id) => id.toLowerCase()))];
    if (ids.length === 1 || missing.has(haloGuid, 'batch status')) return oneByOne(haloGuid, ids, context);
    try {
      return await batched(haloGuid, ids, context);
    } catch (error) {
      if (!(error instanceof UpstreamFailed && noSuchRoute.has(error.httpStatus))) throw error;
      missing.note(haloGuid, 'batch status', context);
      return oneByOne(haloGuid, ids, context);
    }
  };
}

function isTooMany(error: unknown): boolean {
  return error instanceof ResultTooLarge || (error instanceof UpstreamFailed && error.httpStatus === 400);
}

function singleStatus(haloGuid: string, queryId: string): UpstreamRead<QueryRecord> {
  return {
    kind: 'status',
    method: 'GET',
    route: '/integrator/sites/{siteId}/queries/{queryId}',
    path: `/integrator/sites/${haloGuid}/queries/${encodeURIComponent(queryId)}`,
    haloGuid,
    read: (body) => readQuery(body, queryId),
    refused: (status) => (status === 404 ? new NotFound() : undefined),
  };
}

const batchSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      queryId: z.string().nullish(),
      status: z.string().nullish(),
      query: z.looseObject({ id: z.string().nullish() }).nullish(),
    }),
  ),
});

function batchStatus(
  haloGuid: string,
  queryIds: readonly string[],
): UpstreamRead<ReadonlyMap<string, StatusAnswer>> {
  return {
    kind: 'status',
    method: 'POST',
    route: '/integrator/sites/{siteId}/queries/status',
    path: `/integrator/sites/${haloGuid}/queries/status`,
    haloGuid,
    body: asJson({ queryIds }),
    read(body) {
      const { results } = shaped(batchSchema, body, 'a batch of statuses');
      const found = new Map(
        results.map(({ queryId, status, query }): [string, StatusAnswer] => {
          const id = (queryId ?? query?.id ?? '').toLowerCase();
          return [id, query ? readOr(query, id) : status === 'notFound' ? null : malformed('no query')];
        }),
      );
      return new Map(
        queryIds.map((id) => [id, found.has(id) ? (found.get(id) ?? null) : malformed('left out')]),
      );
    },
  };
}

/** A malformed query does not affect the others of the batch. */
function readOr(query: unknown, id: string): StatusAnswer {
  try {
    return readQuery(query, id);
  } catch (error) {
    return malformed(error instanceof MalformedResponse ? error.message : 'unreadable');
  }
}

const malformed = (what: string) => new UpstreamFailed(200, { detail: `batch status: ${what}` });
