import { z } from 'zod';
import { NotFound, ResultTooLarge, UpstreamFailed } from '../../../errors.ts';
import { settleBounded } from '../transport/bounded.ts';
import type { HaloCloud } from '../transport/client.ts';
import { MalformedResponse, shaped } from '../transport/malformed-response.ts';
import type { CallContext, UpstreamRead } from '../transport/upstream-call.ts';
import type { Lacking } from './missing-endpoints.ts';
import { asJson } from './query-command.ts';
import { type QueryRecord, readQuery } from './query-record.ts';

// Rests on assumption H21.

/** Null: Halo Cloud knows no such query at the site. */
export type StatusAnswer = QueryRecord | null | Error;

/** How the queries of one site are, by id in lower case, each failing by itself. Throws what fails for all. */
export type AskStatuses = (
  haloGuid: string,
  queryIds: readonly string[],
  context: CallContext,
) => Promise<ReadonlyMap<string, StatusAnswer>>;

/** How many ids one call takes is not documented: as many as these, and where it is turned down as many as those (H21). */
const [manyIds, fewIds] = [1_000, 100];
const atOnce = 16;
const noSuchRoute: ReadonlySet<number | null> = new Set([404, 405, 501]);

/**
 * One call however many ids: `POST queries/status` for several, `GET queries/{queryId}` for one. Where a site has no batch
 * endpoint each is asked by itself.
 */
export function createAskStatuses(halo: HaloCloud, lacking: Lacking): AskStatuses {
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
      if (Object.keys(context.passHeaders).length === 0) maxIds = fewIds;
      return answers;
    }
  }

  async function oneByOne(haloGuid: string, ids: readonly string[], context: CallContext) {
    const answers = await settleBounded(ids, atOnce, async (id) => ({
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
    if (ids.length === 1 || lacking.has(haloGuid, 'batch status')) return oneByOne(haloGuid, ids, context);
    try {
      return await batched(haloGuid, ids, context);
    } catch (error) {
      if (!(error instanceof UpstreamFailed && noSuchRoute.has(error.httpStatus))) throw error;
      lacking.note(haloGuid, 'batch status', context);
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
          return [id, query ? readOr(query, id) : status === 'notFound' ? null : unusable('no query')];
        }),
      );
      return new Map(
        queryIds.map((id) => [id, found.has(id) ? (found.get(id) ?? null) : unusable('left out')]),
      );
    },
  };
}

/** One query that cannot be read takes none of the others along. */
function readOr(query: unknown, id: string): StatusAnswer {
  try {
    return readQuery(query, id);
  } catch (error) {
    return unusable(error instanceof MalformedResponse ? error.message : 'unreadable');
  }
}

const unusable = (what: string) => new UpstreamFailed(200, { detail: `batch status: ${what}` });
