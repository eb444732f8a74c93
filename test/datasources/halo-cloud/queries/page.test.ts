import { describe, expect, it } from 'vitest';
import { failureOf, wireError } from '../kit.ts';
import { base64, cloudOf, queryA, type Request, wireQuery } from './kit.ts';

const rows = [{ ID: 1, NAME: 'Žofie Synthetic' }];
const stream = (number: number) => `${queryA}/results/${number}/stream`;
const plain = (number: number) => `${queryA}/results/${number}`;

/** The query's statuses one after the other, the last from then on; pages by `page`. */
const going =
  (
    queries: readonly object[],
    page: (request: Request) => readonly [number, unknown] = () => [200, rows],
    callCount = { times: 0 },
  ) =>
  (request: Request): [number, unknown] => {
    if (request.path.includes('/results/')) return [...page(request)];
    callCount.times += 1;
    return [200, queries[Math.min(callCount.times, queries.length) - 1]];
  };

describe('a page', () => {
  it('is waited for, and fetched when it is cached, whatever the state of other pages', async () => {
    const cloud = cloudOf(
      going([
        wireQuery(queryA, 'initialising'),
        wireQuery(queryA, 'queued'),
        wireQuery(queryA, 'executing'),
        wireQuery(queryA, 'uploading', [{ status: 'uploading' }, { status: 'queued' }]),
        wireQuery(queryA, 'uploading', [{ status: 'cached' }, { status: 'uploading' }]),
      ]),
    );
    const { sql, cost } = cloud.open();
    expect(await sql.page(queryA, 1)).toEqual(rows);
    expect(cloud.paths()).toEqual([...Array(5).fill(`GET ${queryA}`), `GET ${stream(1)}`]);
    expect(cost()).toMatchObject({ calls: 6, charged: 0 });
  });

  it('is also waited for when the query has succeeded and the page is not cached yet', async () => {
    const cloud = cloudOf(
      going([
        wireQuery(queryA, 'successful', [{ status: 'uploading' }]),
        wireQuery(queryA, 'successful', [{ status: 'cached' }]),
      ]),
    );
    expect(await cloud.open().sql.page(queryA, 1)).toEqual(rows);
    expect(cloud.sent).toHaveLength(3);
  });

  it('of a finished query loads the status once in an operation', async () => {
    const cloud = cloudOf(going([wireQuery(queryA, 'successful', Array(3).fill({}))]));
    const { sql } = cloud.open();
    for (const number of [1, 2, 3]) await sql.page(queryA, number);
    expect(cloud.count('GET', queryA)).toBe(1);
    await Promise.all([4, 5].map((number) => failureOf(sql.page(queryA, number))));
    expect(cloud.sent).toHaveLength(4);
  });

  it.each([
    ['results', { results: wireQuery(queryA, 'successful', [{}]).result, result: undefined }],
    ['a bare count of rows', { result: { rows: 1, pages: [{ pageNumber: 1, status: 'cached', rows: 1 }] } }],
  ])('is found in %s', async (_what, more) => {
    const cloud = cloudOf(going([wireQuery(queryA, 'successful', undefined, more)]));
    expect(await cloud.open().sql.page(queryA, 1)).toEqual(rows);
  });

  it.each([
    ['bare rows', rows],
    ['base64 in an object', { data: base64(rows), parameters: [] }],
    ['rows in an object', { data: rows }],
    ['base64 in a text', JSON.stringify(base64(rows))],
    ['JSON in a text', JSON.stringify(JSON.stringify(rows))],
  ])('is read from %s', async (_what, body) => {
    const cloud = cloudOf(going([wireQuery(queryA, 'successful', [{}])], () => [200, body]));
    expect(await cloud.open().sql.page(queryA, 1)).toEqual(rows);
  });

  it.each([
    ['of a nonQuery', { parameters: [] }, []],
    ['of a scalar', '66', [{ Column1: 66 }]],
  ])('%s', async (_what, body, expected) => {
    const cloud = cloudOf(going([wireQuery(queryA, 'successful', [{ count: 0 }])], () => [200, body]));
    expect(await cloud.open().sql.page(queryA, 1)).toEqual(expected);
  });

  it.each([
    [404, wireError(404, 'no such route')],
    [405, wireError(405, 'no such method')],
    [501, wireError(501, 'not implemented')],
    [200, 'not JSON'],
    [200, '[{"ID":1},{"ID"'],
    [200, []],
  ])('is fetched whole where the stream is %i %j, from then on', async (status, body) => {
    const cloud = cloudOf(
      going([wireQuery(queryA, 'successful', [{}])], ({ path }) =>
        path.endsWith('/stream') ? [status, body] : [200, { data: base64(rows) }],
      ),
    );
    expect(await cloud.open().sql.page(queryA, 1)).toEqual(rows);
    expect(await cloud.open().sql.page(queryA, 1)).toEqual(rows);
    expect(cloud.paths().slice(1)).toEqual([
      `GET ${stream(1)}`,
      `GET ${plain(1)}`,
      `GET ${queryA}`,
      `GET ${plain(1)}`,
    ]);
  });

  it.each([
    ['stream', 410, '/stream'],
    ['whole', 404, ''],
  ])('that has expired: %s', async (_how, first, end) => {
    const cloud = cloudOf(
      going([wireQuery(queryA, 'successful', [{}])], ({ path }) =>
        path.endsWith('/stream') ? [first, wireError(first, 'x')] : [410, wireError(410, 'Gone')],
      ),
    );
    expect(await failureOf(cloud.open().sql.page(queryA, 1))).toMatchObject({ code: 'RESULT_EXPIRED' });
    expect(cloud.paths().at(-1)).toBe(`GET ${plain(1)}${end}`);
  });

  it.each([
    ['does not exist', 2, [wireQuery(queryA, 'successful', [{}])]],
    ['of a query without rows', 1, [wireQuery(queryA, 'successful', [])]],
    [
      'that the query turns out not to have',
      2,
      [wireQuery(queryA, 'executing'), wireQuery(queryA, 'successful', [{}])],
    ],
  ])('that %s is not found', async (_what, number, queries) => {
    const cloud = cloudOf(going(queries));
    expect(await failureOf(cloud.open().sql.page(queryA, number))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of an unknown or a forgotten query is NOT_FOUND', async () => {
    const unknown = cloudOf(() => [404, wireError(404, 'no such')]);
    expect(await failureOf(unknown.open().sql.page(queryA, 1))).toMatchObject({ code: 'NOT_FOUND' });
    const forgotten = cloudOf((_request, count) =>
      count === 1 ? [200, wireQuery(queryA, 'queued')] : [404, wireError(404, 'no such')],
    );
    expect(await failureOf(forgotten.open().sql.page(queryA, 1))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['initialisationFailedCacheError', { code: 'UPSTREAM_FAILED' }],
    ['initialisationFailedSiteOffline', { code: 'SITE_UNAVAILABLE', availability: 'OFFLINE' }],
    ['initialisationFailedSiteUnreachable', { code: 'SITE_UNAVAILABLE', availability: 'UNREACHABLE' }],
    ['expiredInQueue', { code: 'QUERY_TIMED_OUT', asyncQueryId: null }],
    ['executionFailed', { code: 'PMS_ERROR', errorType: 'mssql', errorCode: 207 }],
    ['uploadFailed', { code: 'UPSTREAM_FAILED' }],
  ])('of a query that ended as %s fails with what it failed with', async (status, error) => {
    const failed = wireQuery(queryA, status, undefined, {
      errorDetails: status === 'executionFailed' ? { errorType: 'mssql', errorCode: 207 } : undefined,
    });
    for (const queries of [[failed], [wireQuery(queryA, 'queued'), failed]]) {
      const cloud = cloudOf(going(queries));
      expect(await failureOf(cloud.open().sql.page(queryA, 1))).toMatchObject(error);
    }
  });

  it('that is not ready before the deadline gives the id of the query', async () => {
    const deadline = new AbortController();
    const cloud = cloudOf((_request, count) => {
      if (count === 3) deadline.abort(new DOMException('too late', 'TimeoutError'));
      return [200, wireQuery(queryA, 'executing')];
    });
    expect(await failureOf(cloud.open({ signal: deadline.signal }).sql.page(queryA, 1))).toMatchObject({
      code: 'QUERY_TIMED_OUT',
      asyncQueryId: queryA,
    });
  });

  it('far above 1 MB is too large to be held', async () => {
    const cloud = cloudOf(
      going([wireQuery(queryA, 'successful', [{}])], () => [200, `["${'x'.repeat(17 * 1024 * 1024)}"]`]),
    );
    expect(await failureOf(cloud.open().sql.page(queryA, 1))).toMatchObject({
      code: 'RESULT_TOO_LARGE',
      asyncQueryId: queryA,
    });
    expect(cloud.sent).toHaveLength(2);
  });

  it('is requested from one site only: a 403 is not followed', async () => {
    const cloud = cloudOf(({ path }) =>
      path.startsWith('/integrator/sites?') ? [200, { sites: [] }] : [403, wireError(403, 'Forbidden')],
    );
    const { sql } = cloud.open();
    expect(await failureOf(sql.page(queryA, 1))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      currentHaloGuid: null,
    });
    for (const path of cloud.paths()) expect(path).not.toContain('results');
  });
});
