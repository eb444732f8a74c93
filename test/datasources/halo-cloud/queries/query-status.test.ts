import { describe, expect, it } from 'vitest';
import { failureOf, wireError } from '../kit.ts';
import { cloudOf, queryA, queryB, type Request, wireQuery } from './kit.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `33333333-0000-4000-8000-${String(index).padStart(12, '0')}`);
const idsOf = ({ body }: Request) => (body as { queryIds: string[] }).queryIds;
const found = (request: Request) => ({
  results: idsOf(request).map((queryId) => ({
    queryId,
    status: 'found',
    query: wireQuery(queryId, 'queued'),
  })),
});

describe('the status of queries', () => {
  it('of 1,000 ids in one tick is one call', async () => {
    const cloud = cloudOf((request) => [200, found(request)]);
    const { sql, cost } = cloud.open();
    const records = await Promise.all(many(1_000).map((id) => sql.query(id)));
    expect(records.map((record) => record?.queryId)).toEqual(many(1_000));
    expect(cloud.paths()).toEqual(['POST status']);
    expect(cost()).toMatchObject({ calls: 1, charged: 0, saved: { batched: 999 } });
  });

  it.each([400, 413])(
    'goes down to a hundred a call where more are refused with %i, and remembers it',
    async (status) => {
      const cloud = cloudOf((request) =>
        idsOf(request).length > 100 ? [status, wireError(status, 'too many')] : [200, found(request)],
      );
      const { sql } = cloud.open();
      const ids = many(250);
      expect(await Promise.all(ids.map((id) => sql.query(id)))).toHaveLength(250);
      expect(cloud.sent.map((request) => idsOf(request).length)).toEqual([250, 100, 100, 50]);
      const next = cloud.open().sql;
      await Promise.all(ids.map((id) => next.query(id)));
      expect(cloud.sent.slice(4).map((request) => idsOf(request).length)).toEqual([100, 100, 50]);
    },
  );

  it('of one id is a GET; an unknown query is null', async () => {
    const cloud = cloudOf(({ path }) =>
      path === queryA ? [200, wireQuery(queryA, 'executing')] : [404, wireError(404, 'no such')],
    );
    const { sql, cost } = cloud.open();
    expect(await sql.query(queryA.toUpperCase())).toEqual({
      queryId: queryA,
      status: 'EXECUTING',
      createdAt: '2026-11-22T07:00:00Z',
      completedAt: null,
      rowCount: null,
      rowsAffected: null,
      pages: [],
      error: null,
      sqlExecutionMs: null,
    });
    expect(await sql.query(queryB)).toBeNull();
    expect(cost()).toMatchObject({ calls: 2, charged: 0 });
  });

  it('each fails by itself in a batch', async () => {
    const [gone, odd, left] = many(3);
    const cloud = cloudOf(() => [
      200,
      {
        results: [
          { queryId: queryA.toUpperCase(), status: 'found', query: wireQuery(queryA, 'successful', [{}]) },
          { queryId: gone, status: 'notFound' },
          { queryId: odd, status: 'found', query: wireQuery(odd as string, 'dreaming') },
        ],
      },
    ]);
    const { sql } = cloud.open();
    const results = [queryA, gone, odd, left].map((id) => sql.query(id as string));
    expect(await results[0]).toMatchObject({ status: 'SUCCESSFUL', pages: [{ number: 1, rowCount: 1 }] });
    expect(await results[1]).toBeNull();
    expect(await failureOf(results[2] as Promise<unknown>)).toMatchObject({ code: 'UPSTREAM_FAILED' });
    expect(await failureOf(results[3] as Promise<unknown>)).toMatchObject({ code: 'UPSTREAM_FAILED' });
  });

  it.each([404, 405, 501])(
    'is requested one by one from the first %i of the batch endpoint on',
    async (status) => {
      const cloud = cloudOf(({ method, path }) => {
        if (method === 'POST') return [status, wireError(status, 'no such route')];
        return path === queryB ? [404, wireError(404, 'no such query')] : [200, wireQuery(path, 'queued')];
      });
      const sendRequest = () => {
        const { sql } = cloud.open();
        return Promise.all([sql.query(queryA), sql.query(queryB)]);
      };
      for (const _ of [1, 2]) expect(await sendRequest()).toMatchObject([{ status: 'QUEUED' }, null]);
      expect(cloud.paths()).toEqual([
        'POST status',
        ...[queryA, queryB, queryA, queryB].map((id) => `GET ${id}`),
      ]);
    },
  );

  it('a query that failed is an answer, in the newer shape and the older', async () => {
    const cloud = cloudOf(({ path }) => [
      200,
      wireQuery(path, 'executionFailed', undefined, {
        ...(path === queryA
          ? { errorDetails: { errorType: 'mssql', errorCode: 2812, errorMessage: 'Could not find.' } }
          : { errorCode: 207, errorMessage: 'Invalid column name.' }),
      }),
    ]);
    expect(await cloud.open().sql.query(queryA)).toMatchObject({
      status: 'EXECUTION_FAILED',
      error: { errorType: 'mssql', errorCode: 2812 },
    });
    expect(await cloud.open().sql.query(queryB)).toMatchObject({
      error: { errorType: 'unknown', errorCode: 207 },
    });
  });

  it.each([
    ['initialising', 'INITIALISING'],
    ['initialisationFailedCacheError', 'INITIALISATION_FAILED_CACHE_ERROR'],
    ['initialisationFailedSiteOffline', 'INITIALISATION_FAILED_SITE_OFFLINE'],
    ['initialisationFailedSiteUnreachable', 'INITIALISATION_FAILED_SITE_UNREACHABLE'],
    ['queued', 'QUEUED'],
    ['expiredInQueue', 'EXPIRED_IN_QUEUE'],
    ['executing', 'EXECUTING'],
    ['executionFailed', 'EXECUTION_FAILED'],
    ['uploading', 'UPLOADING'],
    ['uploadFailed', 'UPLOAD_FAILED'],
    ['successful', 'SUCCESSFUL'],
  ])('%s is %s', async (wire, status) => {
    const cloud = cloudOf(() => [200, wireQuery(queryA, wire)]);
    expect(await cloud.open().sql.query(queryA)).toMatchObject({ status });
  });

  it('logs no id', async () => {
    const cloud = cloudOf(() => [200, wireQuery(queryA, 'queued')]);
    await cloud.open().sql.query(queryA);
    expect(JSON.stringify(cloud.log.lines)).not.toContain(queryA);
  });
});
