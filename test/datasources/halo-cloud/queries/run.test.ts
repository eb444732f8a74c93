import { describe, expect, it } from 'vitest';
import { failureOf, fakeHalo, guidA, guidB, openSqlSite, sqlPath, wireError, wireRows } from '../kit.ts';
import {
  base64,
  cloudOf,
  command,
  parameter,
  queryA,
  type Request,
  timedOut,
  tooLarge,
  wireQuery,
} from './kit.ts';

const select = command('SELECT ID FROM PATIENTS WHERE ID > @id', {
  parameters: [parameter({ name: '@id' })],
});
const update = command('UPDATE t SET a = 1 OUTPUT inserted.ID');
const rowsOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ ID: from + index }));

/** Exceeds the limit as an immediate query, and runs again as an async query with two pages. */
const limited =
  (met: readonly [number, unknown], first = wireQuery(queryA, 'executing')) =>
  ({ path }: Request, count: number): [number, unknown] => {
    if (path === 'immediate') return [met[0], met[1]];
    if (path === 'async') return [201, wireQuery(queryA, 'initialising')];
    if (path === queryA) {
      return count === 3
        ? [200, first]
        : [200, wireQuery(queryA, 'successful', [{ count: 2 }, { count: 1 }])];
    }
    return [200, path.includes('results/1') ? rowsOf(1, 2) : rowsOf(3, 1)];
  };

describe('an immediate query', () => {
  it('is sent as it is and answered whole', async () => {
    const cloud = cloudOf(() => [
      200,
      { id: queryA, ...wireRows([{ ID: 1 }]), metrics: { sqlExecutionDuration: 5 } },
    ]);
    const { sql, cost } = cloud.open();
    expect(await sql.run({ ...select, catalogue: 'Patients' }, 15_000)).toMatchObject({
      id: queryA,
      rows: [{ ID: 1 }],
      rowCount: 1,
      sqlExecutionMs: 5,
    });
    expect(cloud.sent).toEqual([
      {
        method: 'POST',
        path: 'immediate',
        body: {
          command: {
            text: select.text,
            type: 'text',
            executionMode: 'reader',
            parameters: [{ name: '@id', direction: 'input', type: 'Int', value: '7' }],
          },
          maxTimeInQueue: 15_000,
          catalogue: 'Patients',
        },
      },
    ]);
    expect(cost()).toMatchObject({
      calls: 1,
      charged: 1,
      bySite: [{ haloGuid: guidA, calls: 1, charged: 1 }],
    });
  });

  it('leaves the time in the queue and the catalogue to Halo Cloud', async () => {
    const cloud = cloudOf(() => [200, wireRows([])]);
    await cloud.open().sql.run(select, null);
    expect(Object.keys(cloud.sent[0]?.body ?? {})).toEqual(['command']);
  });

  it('is never shared', async () => {
    const cloud = cloudOf(() => [200, wireRows([])]);
    const { sql } = cloud.open();
    await Promise.all([sql.run(select, null), sql.run(select, null)]);
    expect(cloud.count('POST', 'immediate')).toBe(2);
  });

  it.each([
    [
      400,
      { errorDetails: { errorType: 'mssql', errorCode: 207, errorMessage: 'x' } },
      { code: 'PMS_ERROR', errorCode: 207 },
    ],
    [
      200,
      { errorDetails: { errorType: 'fbsql', errorCode: -204, errorMessage: 'x' } },
      { code: 'PMS_ERROR', errorType: 'fbsql' },
    ],
    [503, wireError(503, 'Site is offline'), { code: 'SITE_UNAVAILABLE', availability: 'OFFLINE' }],
    [504, wireError(504, 'Site is unreachable'), { code: 'SITE_UNAVAILABLE', availability: 'UNREACHABLE' }],
    [429, wireError(429, 'slow'), { code: 'RATE_LIMITED' }],
    [401, wireError(401, 'key'), { code: 'ACCESS_DENIED' }],
    [500, wireError(500, 'Cosmos'), { code: 'UPSTREAM_FAILED' }],
    [200, { result: { data: '%%' } }, { code: 'UPSTREAM_FAILED' }],
  ])('that reads fails as what it is: %i %j', async (status, body, error) => {
    const cloud = cloudOf(() => [status, body]);
    expect(await failureOf(cloud.open().sql.run(select, null))).toMatchObject(error);
    expect(cloud.sent).toHaveLength(1);
  });
});

describe('a read that meets a limit', () => {
  it.each([
    ['413', tooLarge],
    ['504', timedOut],
    ['413 inside a 200', [200, tooLarge[1]]],
    ['a 504 that is not of Halo Cloud', [504, '<html>']],
    ["the timeout of SQL Server's client", [400, { errorDetails: { errorType: 'mssql', errorCode: -2 } }]],
  ] as const)('%s: goes on as an async query, and counts twice', async (_what, met) => {
    const cloud = cloudOf(limited(met as readonly [number, unknown]));
    const { sql, cost } = cloud.open();
    expect(await sql.run({ ...select, catalogue: 'Patients' }, 5_000)).toEqual({
      id: queryA,
      rows: rowsOf(1, 3),
      rowCount: 3,
      rowsAffected: null,
      outputParameters: [],
      sqlExecutionMs: 12,
    });
    expect(cloud.paths()).toEqual([
      'POST immediate',
      'POST async',
      `GET ${queryA}`,
      `GET ${queryA}`,
      `GET ${queryA}/results/1/stream`,
      `GET ${queryA}/results/2/stream`,
    ]);
    expect(cloud.sent[1]?.body).toMatchObject({ command: { text: select.text }, catalogue: 'Patients' });
    expect(cloud.sent[1]?.body).not.toHaveProperty('maxTimeInQueue');
    expect(cost()).toMatchObject({ calls: 6, charged: 2 });
  });

  it('waits until all pages are there, also when the query has succeeded before', async () => {
    const early = wireQuery(queryA, 'successful', [{ count: 2 }, { count: 1, status: 'uploading' }]);
    const cloud = cloudOf(limited(tooLarge, early));
    expect(await cloud.open().sql.run(select, null)).toMatchObject({ rows: rowsOf(1, 3) });
    expect(cloud.count('GET', queryA)).toBe(2);
  });

  it('gives its id when the deadline passes', async () => {
    const deadline = new AbortController();
    const cloud = cloudOf((request, count) => {
      if (count === 4) deadline.abort(new DOMException('too late', 'TimeoutError'));
      return request.path === queryA
        ? [200, wireQuery(queryA, 'executing')]
        : limited(timedOut)(request, count);
    });
    const { sql } = cloud.open({ signal: deadline.signal });
    expect(await failureOf(sql.run(select, null))).toMatchObject({
      code: 'QUERY_TIMED_OUT',
      asyncQueryId: queryA,
    });
  });

  it('gives its id when there is more than can be held, without fetching a page', async () => {
    const large = wireQuery(queryA, 'successful', Array(17).fill({ size: 1024 * 1024 }));
    const cloud = cloudOf(limited(tooLarge, large));
    expect(await failureOf(cloud.open().sql.run(select, null))).toMatchObject({
      code: 'RESULT_TOO_LARGE',
      asyncQueryId: queryA,
    });
    expect(cloud.paths().some((path) => path.includes('results'))).toBe(false);
  });

  it.each([
    [
      'executionFailed',
      { errorDetails: { errorType: 'mssql', errorCode: 208 } },
      { code: 'PMS_ERROR', errorCode: 208 },
    ],
    ['initialisationFailedSiteOffline', {}, { code: 'SITE_UNAVAILABLE' }],
    [
      'executionFailed',
      { errorDetails: { errorType: 'http', errorCode: 413 } },
      { code: 'RESULT_TOO_LARGE', asyncQueryId: null },
    ],
    ['expiredInQueue', {}, { code: 'QUERY_TIMED_OUT', asyncQueryId: null }],
  ])('fails as the async query fails: %s', async (status, more, error) => {
    const cloud = cloudOf(limited(timedOut, wireQuery(queryA, status, undefined, more)));
    expect(await failureOf(cloud.open().sql.run(select, null))).toMatchObject(error);
  });

  it.each([
    [[404, wireError(404, 'no such route')], { code: 'RESULT_TOO_LARGE', asyncQueryId: null }],
    [[500, wireError(500, 'Cosmos')], { code: 'RESULT_TOO_LARGE' }],
    [[503, wireError(503, 'Site is offline')], { code: 'SITE_UNAVAILABLE' }],
    [[429, wireError(429, 'slow')], { code: 'RATE_LIMITED' }],
  ] as const)(
    'fails as it did where no async query can be had, or as that says: %j',
    async (async, error) => {
      const cloud = cloudOf(({ path }) => (path === 'immediate' ? [...tooLarge] : [...async]));
      expect(await failureOf(cloud.open().sql.run(select, null))).toMatchObject(error);
      expect(cloud.paths()).toEqual(['POST immediate', 'POST async']);
    },
  );

  it.each([
    ['the deadline', new DOMException('too late', 'TimeoutError'), 'QUERY_TIMED_OUT'],
    ['a caller who has gone', new Error('gone'), 'UPSTREAM_FAILED'],
  ])('is not one that %s ended', async (_who, reason, code) => {
    const signal = new AbortController();
    const cloud = cloudOf(() => {
      signal.abort(reason);
      return [...timedOut];
    });
    expect(await failureOf(cloud.open({ signal: signal.signal }).sql.run(select, null))).toMatchObject({
      code,
    });
    expect(cloud.sent).toHaveLength(1);
  });

  it('is not sent again when it has output parameters', async () => {
    const cloud = cloudOf(limited(tooLarge));
    const withOutput = { ...select, parameters: [parameter({ direction: 'output' })] };
    expect(await failureOf(cloud.open().sql.run(withOutput, null))).toMatchObject({
      code: 'RESULT_TOO_LARGE',
    });
    expect(cloud.sent).toHaveLength(1);
  });
});

describe('what may write', () => {
  const kinds = [
    ['a text that writes', update],
    ['a stored procedure', command('BP_GetAllUsers', { type: 'storedProcedure' })],
    ['a nonQuery', command('SELECT 1', { executionMode: 'nonQuery' })],
    ['a scalar', command('SELECT 1', { executionMode: 'scalar' })],
    ['a procedure by its name alone', command('BP_CancelAppointment 12')],
  ] as const;

  it.each(
    kinds.flatMap(([what, one]) => [tooLarge, timedOut].map((met) => [what, met[0], one, met[1]] as const)),
  )('%s that meets a %i is sent once, and its outcome is unknown', async (_what, status, one, body) => {
    const cloud = cloudOf(() => [status, body]);
    const { sql, cost } = cloud.open();
    const failure = await failureOf(sql.run(one, null));
    expect(failure).toMatchObject({ code: 'OUTCOME_UNKNOWN', idempotencyKey: null, retryable: false });
    expect(failure.message).toMatch(/^It is not known whether the statement was carried out\./);
    expect(failure.message).not.toContain('key');
    expect(cloud.paths()).toEqual(['POST immediate']);
    expect(cost()).toMatchObject({ calls: 1, charged: 1 });
  });

  it.each([
    [400, { errorDetails: { errorType: 'mssql', errorCode: 547 } }, 'PMS_ERROR'],
    [503, wireError(503, 'Site is offline'), 'SITE_UNAVAILABLE'],
    [429, wireError(429, 'slow'), 'RATE_LIMITED'],
  ])('and certainly did not, says so: %i %j', async (status, body, code) => {
    const cloud = cloudOf(() => [status, body]);
    expect(await failureOf(cloud.open().sql.run(update, null))).toMatchObject({ code });
  });

  it.each([
    ['may have been', 200, { result: { data: '%%' } }],
    ['may have been', 500, wireError(500, 'x')],
  ])('%s carried out when the response does not show it: %i %j', async (_what, status, body) => {
    const cloud = cloudOf(() => [status, body]);
    expect(await failureOf(cloud.open().sql.run(update, null))).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  it('is cut short by the signal of writes, a read by that of the operation', async () => {
    const cloud = cloudOf(() => [200, wireRows([{ ID: 1 }])]);
    const { sql } = cloud.open({
      writeTime: {
        signal: () => AbortSignal.abort(new DOMException('too late', 'TimeoutError')),
        sendBy: () => AbortSignal.abort(new DOMException('too late', 'TimeoutError')),
        remainingMs: () => 0,
        minMs: 5_000,
      },
    });
    for (const pending of [sql.run(update, null), sql.start(select, null)]) {
      expect(await failureOf(pending)).toMatchObject({ code: 'QUERY_TIMED_OUT' });
    }
    expect(cloud.sent).toHaveLength(0);
    expect(await sql.run(select, null)).toMatchObject({ rows: [{ ID: 1 }] });
  });

  it('is never promoted at a database whose functions can write', async () => {
    const cloud = cloudOf(() => [...timedOut], { pms: 'ZEDMED' });
    const calls = command('SELECT * FROM MAKE_BOOKING(12)');
    expect(await failureOf(cloud.open().sql.run(calls, null))).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(cloud.sent).toHaveLength(1);
  });
});

describe('SQL at a practice that has moved', () => {
  it('is not sent to the current server: that is named', async () => {
    const { halo, sites, refuse, paths } = fakeHalo();
    const registry = [{ bpSiteId: '1001', name: 'Synthetic Practice', haloGuid: guidA }];
    const practice = await openSqlSite(halo, { registry }).session().practice('BEST_PRACTICE', '1001');
    refuse(guidA);
    sites('1001', [{ id: guidB }]);
    expect(await failureOf(practice.sqlSite.run(select, null))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      haloGuid: guidA,
      currentHaloGuid: guidB,
    });
    expect(paths()).toHaveLength(2);
  });
});

describe('a practice read', () => {
  const statement = { text: 'SELECT ID FROM PATIENTS', parameters: [] };

  it.each([
    ['413', tooLarge],
    ['504', timedOut],
  ] as const)('that meets a %s goes on as an async query, and counts twice', async (_what, met) => {
    const cloud = cloudOf(limited(met));
    const { practice, cost } = cloud.open();
    expect(await practice.sql(statement)).toEqual(rowsOf(1, 3));
    expect(cost()).toMatchObject({ charged: 2 });
  });

  it('that is refused on the way starts again on the current server', async () => {
    const { halo, answer, sites, sql, paths } = fakeHalo();
    const sessions = openSqlSite(halo, {
      registry: [{ bpSiteId: '1001', name: 'Synthetic Practice', haloGuid: guidA }],
    });
    answer('POST', sqlPath(guidA), 413, tooLarge[1]);
    answer('POST', sqlPath(guidA).replace('immediate', 'async'), 403, wireError(403, 'Forbidden'));
    sites('1001', [{ id: guidB }]);
    sql(guidB, [{ ID: 1 }]);
    const session = sessions.session();
    const practice = await session.practice('BEST_PRACTICE', '1001');
    expect(await practice.sql(statement)).toEqual([{ ID: 1 }]);
    expect(paths()).toHaveLength(4);
    expect([practice.haloGuid, practice.sqlSite.haloGuid]).toEqual([guidB, guidB]);
    expect(session.notices()).toMatchObject([{ code: 'SITE_MOVED' }]);
  });

  it('that writes is never promoted', async () => {
    const cloud = cloudOf(() => [...timedOut]);
    const failure = await failureOf(cloud.open().practice.sqlWrite(statement));
    expect(failure.name).toBe('NoAnswer');
    expect(cloud.sent).toHaveLength(1);
  });

  it('reads pages in base64 where the site does not stream', async () => {
    const cloud = cloudOf((request, count) => {
      if (request.path.endsWith('/stream')) return [404, wireError(404, 'no such route')];
      if (request.path.includes('results'))
        return [200, { data: base64(rowsOf(request.path.endsWith('1') ? 1 : 3, 2)) }];
      return limited(tooLarge)(request, count);
    });
    expect(await cloud.open().practice.sql(statement)).toEqual([...rowsOf(1, 2), ...rowsOf(3, 2)]);
    expect(cloud.paths().filter((path) => path.endsWith('/stream'))).toHaveLength(1);
  });
});
