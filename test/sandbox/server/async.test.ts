import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server/start.ts';
import { practiceNamed, today } from '../practice-fixture.ts';
import { decoded, queryClient } from './query-client.ts';
import { sandboxClient } from './sandbox-client.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Slow enough that only what a test puts the clock forward by matters. */
const pace = { initialisingMs: minute, queuedMs: minute, executingMs: minute, pageMs: minute };

let sandbox: RunningSandbox;
let site: ReturnType<typeof queryClient>;
beforeAll(async () => {
  sandbox = await startSandbox({ today, pace });
  site = queryClient(sandbox.url);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.resetCalls());

const later = async (minutes: number, id: string, fault?: string) => {
  sandbox.advance(minutes * minute);
  return (await site.get(id, fault)).json;
};
const twoRows = 'SELECT DAYCODE FROM DAYOFWEEK WHERE DAYCODE BETWEEN 1 AND 2 ORDER BY DAYCODE';
/** About two and a half megabytes. */
const threePages = `SELECT TOP 300 CAST('x' AS char(8000)) AS wide FROM DAYOFWEEK a CROSS JOIN DAYOFWEEK b
  CROSS JOIN DAYOFWEEK c`;
const booking = `DECLARE @id INT; EXEC @id = dbo.BP_AddAppointment '2027-12-24', 14400, 900, 2, 7; SELECT @id AS id`;
const booked = () =>
  sandbox.database('9001').all("SELECT 1 FROM APPOINTMENTS WHERE APPOINTMENTDATE = '2027-12-24T00:00:00'")
    .length;

describe('the life of an async query', () => {
  it('goes through its stages, and then has pages', async () => {
    const { status, json } = await site.post('async', { command: { text: twoRows } });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      siteId: practiceNamed('9001').haloGuid,
      mode: 'async',
      status: 'initialising',
      maxTimeInQueue: 3_600_000,
      statusTiming: { initialising: { startTime: json.createdAt } },
    });
    expect(json.statusTiming.initialising).not.toHaveProperty('endTime');
    const queued = await later(1, json.id);
    expect(queued.status).toBe('queued');
    expect(queued.statusTiming.initialising.endTime).toBe(queued.statusTiming.queued.startTime);
    expect(await later(1, json.id)).toMatchObject({ status: 'executing' });
    expect(await later(1, json.id)).toMatchObject({
      status: 'uploading',
      metrics: { sqlExecutionDuration: expect.any(Number) },
      result: { pages: [{ pageNumber: 1, status: 'uploading' }] },
    });
    const done = await later(1, json.id);
    expect(done).toMatchObject({
      status: 'successful',
      result: {
        rows: 2,
        size: 29,
        pages: [
          { pageNumber: 1, status: 'cached', size: 29, rows: { count: 2, rangeStart: 0, rangeEnd: 1 } },
        ],
      },
      resultSize: 29,
      completedAt: done.statusTiming.uploading.endTime,
      updatedAt: done.completedAt,
    });
    expect(Object.keys(done.statusTiming)).toEqual(['initialising', 'queued', 'executing', 'uploading']);
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([true, false, false, false, false]);
  });

  it('runs its command once, at its time, even if others read then', async () => {
    const id = await site.start(booking);
    sandbox.advance(1.9 * minute);
    expect(booked()).toBe(0);
    sandbox.advance(0.2 * minute);
    expect(booked()).toBe(1);
    await later(5, id);
    await later(5, id);
    expect(booked()).toBe(1);
    expect(decoded((await site.get(`${id}/results/1`)).json.data)).toEqual([{ id: expect.any(Number) }]);
  });

  it('caches page after page', async () => {
    const id = await site.start(threePages);
    const { result } = await later(3, id);
    expect(result.pages.map(({ status }: { status: string }) => status)).toEqual([
      'uploading',
      'queued',
      'queued',
    ]);
    expect((await site.get(`${id}/results/1`)).status).toBe(404);
    const next = await later(1, id);
    expect(next.result.pages.map(({ status }: { status: string }) => status)).toEqual([
      'cached',
      'uploading',
      'queued',
    ]);
    expect((await site.get(`${id}/results/1`)).status).toBe(200);
    expect((await site.get(`${id}/results/2`)).status).toBe(404);
    const done = await later(2, id);
    expect(done).toMatchObject({ status: 'successful', result: { rows: 300 } });
    const counts = done.result.pages.map(({ rows }: { rows: { count: number } }) => rows.count);
    expect(counts[0]).toBeGreaterThan(100);
    expect(counts[0] + counts[1] + counts[2]).toBe(300);
    expect(done.result.pages[1].rows.rangeStart).toBe(counts[0]);
    expect(done.result.pages[2].rows.rangeEnd).toBe(299);
  });

  it('fails where its SQL does, in both places that say so', async () => {
    const message = "Could not find stored procedure 'selct'.";
    const id = await site.start('selct');
    expect(await later(3, id)).toMatchObject({
      status: 'executionFailed',
      errorDetails: { errorType: 'mssql', errorCode: 2812, errorMessage: message },
      errorCode: 2812,
      errorMessage: message,
      completedAt: expect.any(String),
    });
    expect((await site.get(`${id}/results/1`)).status).toBe(404);
  });

  it('expires in a queue that takes longer than it may wait, and never runs', async () => {
    const before = booked();
    const id = await site.start(booking, 'queue-120000', { maxTimeInQueue: 90_000 });
    expect(await later(2.4, id)).toMatchObject({ status: 'queued' });
    expect(await later(0.2, id)).toMatchObject({ status: 'expiredInQueue', completedAt: expect.any(String) });
    await later(60, id);
    expect(booked()).toBe(before);
  });

  it.each([
    ['offline', 'initialisationFailedSiteOffline'],
    ['unreachable', 'initialisationFailedSiteUnreachable'],
    ['fail-initialisationFailedCacheError', 'initialisationFailedCacheError'],
    ['fail-initialisationFailedSiteOffline', 'initialisationFailedSiteOffline'],
    ['fail-initialisationFailedSiteUnreachable', 'initialisationFailedSiteUnreachable'],
    ['fail-expiredInQueue', 'expiredInQueue'],
    ['fail-executionFailed', 'executionFailed'],
    ['error-in-200', 'executionFailed'],
    ['413', 'executionFailed'],
    ['fail-uploadFailed', 'uploadFailed'],
    ['stuck-initialising', 'initialising'],
    ['stuck-queued', 'queued'],
    ['stuck-executing', 'executing'],
    ['stuck-uploading', 'uploading'],
  ])('%s: ends as %s', async (fault, status) => {
    const id = await site.start(twoRows, fault);
    const ended = await later(600, id);
    expect(ended.status).toBe(status);
    expect('completedAt' in ended).toBe(!fault.startsWith('stuck'));
    expect('errorMessage' in ended).toBe(['executionFailed', 'uploadFailed'].includes(status));
    expect((await site.get(`${id}/results/1`)).status).toBe(404);
  });

  it('fails at a practice that is offline, uncharged', async () => {
    const away = queryClient(sandbox.url, '1007');
    const id = await away.start(twoRows);
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([false]);
    sandbox.advance(minute);
    expect((await away.get(id)).json.status).toBe('initialisationFailedSiteOffline');
  });

  it('fails in Firebird’s words at a Zedmed site', async () => {
    const zedmed = queryClient(sandbox.url, 'ZED-2001');
    const id = await zedmed.start('SELECT 1 FROM PATIENTS');
    sandbox.advance(10 * minute);
    expect((await zedmed.get(id)).json.errorDetails.errorType).toBe('fbsql');
  });

  it('stays in its stage for requests with the fault', async () => {
    const id = await site.start(twoRows);
    expect(await later(10, id, 'stuck-queued')).toMatchObject({ status: 'queued' });
    expect(await later(0, id)).toMatchObject({ status: 'successful' });
  });
});

describe('the limits of an async query', () => {
  it.each([
    ['not json', 'x'],
    ['no command', {}],
    ['a queue of more than two hours', { command: { text: 'SELECT 1' }, maxTimeInQueue: 7_200_001 }],
    ['a queue of less than nothing', { command: { text: 'SELECT 1' }, maxTimeInQueue: -1 }],
    ['an unknown catalogue', { command: { text: 'SELECT 1' }, catalogue: 'master' }],
  ])('400 for %s', async (_, body) => {
    expect(await site.post('async', body)).toMatchObject({ status: 400, json: { error: { status: 400 } } });
  });

  it.each([
    ['503', 503],
    ['504', 504],
    ['429', 429],
    ['not-paired', 403],
    ['500', 500],
  ])('%s: %i at once', async (fault, status) => {
    expect((await site.post('async', { command: { text: 'SELECT 1' } }, fault)).status).toBe(status);
  });

  it.each(['413-immediate', '504-immediate'])('%s leaves it alone', async (fault) => {
    const immediate = await site.immediate({ text: twoRows }, fault);
    expect(immediate.status).toBe(Number(fault.slice(0, 3)));
    const id = await site.start(twoRows, fault);
    expect((await later(10, id)).status).toBe('successful');
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([true, true, false]);
  });

  it('another database of the site has other tables', async () => {
    const id = await site.start('SELECT SURNAME FROM PATIENTS', undefined, { catalogue: 'BPSDrugs' });
    expect(await later(10, id)).toMatchObject({ status: 'executionFailed', errorCode: 208 });
    const known = await site.start('SELECT COUNT(*) AS n FROM PATIENTS', undefined, {
      catalogue: 'BPSPatients',
    });
    expect((await later(10, known)).status).toBe('successful');
  });

  it('takes the faults of writes when it writes', async () => {
    const before = booked();
    await expect(site.start(booking, 'cut-before')).rejects.toThrow();
    sandbox.advance(10 * minute);
    expect(booked()).toBe(before);
    const hourLater = booking.replaceAll('14400', '18000');
    await expect(site.start(hourLater, '504-after')).rejects.toThrow('504');
    sandbox.advance(10 * minute);
    expect(booked()).toBe(before + 1);
    expect(await site.start(twoRows, '504-after')).toEqual(expect.any(String));
  });
});

describe('the owner of a query', () => {
  it('is known to its site alone', async () => {
    const id = await site.start(twoRows);
    sandbox.advance(10 * minute);
    const other = queryClient(sandbox.url, '9002');
    for (const path of [id, `${id}/results/1`, `${id}/results/1/stream`])
      expect(await other.get(path)).toMatchObject({ status: 404, json: { error: { status: 404 } } });
    const { json } = await other.post('status', { queryIds: [id] });
    expect(json).toEqual({ results: [{ queryId: id, status: 'notFound' }] });
    expect((await site.get(id.toUpperCase())).status).toBe(200);
  });

  it('is forbidden on a GUID that was replaced', async () => {
    const tramline = practiceNamed('1005');
    const old = queryClient(sandbox.url, '1005', tramline.formerHaloGuid);
    expect((await old.get('5a4db0c5-0000-4000-8000-00000000abcd')).status).toBe(403);
    expect((await old.post('async', { command: { text: 'SELECT 1' } })).status).toBe(403);
  });

  it('is forgotten two days later', async () => {
    const id = await site.start(twoRows);
    expect((await later(47 * 60, id)).status).toBe('successful');
    sandbox.advance(1.1 * 60 * minute);
    expect((await site.get(id)).status).toBe(404);
  });
});

describe('batch status', () => {
  it('answers for each id, in their order', async () => {
    const known = await site.start(twoRows);
    const { json: immediate } = await site.immediate({ text: twoRows });
    const unknown = '5a4db0c5-0000-4000-8000-00000000abcd';
    const { status, json } = await site.post('status', { queryIds: [unknown, known, immediate.id] });
    expect(status).toBe(200);
    expect(json.results).toMatchObject([
      { queryId: unknown, status: 'notFound' },
      { queryId: known, status: 'found', query: { id: known, mode: 'async', status: 'initialising' } },
      { queryId: immediate.id, status: 'found', query: { mode: 'immediate', status: 'successful' } },
    ]);
    expect(json.results[0]).not.toHaveProperty('query');
  });

  it('takes a thousand', async () => {
    const queryIds = Array.from(
      { length: 1000 },
      (_, n) => `5a4db0c5-0000-4000-8000-${String(n).padStart(12, '0')}`,
    );
    expect((await site.post('status', { queryIds })).json.results).toHaveLength(1000);
  });

  it('wants UUIDs, and can be missing', async () => {
    expect((await site.post('status', { queryIds: ['7'] })).status).toBe(400);
    expect((await site.post('status', {})).status).toBe(400);
    expect((await site.post('status', { queryIds: [] }, 'no-status')).status).toBe(404);
  });
});

describe('an immediate query’s status', () => {
  it('is what was answered, without the result', async () => {
    const { json } = await site.immediate({ text: twoRows });
    const { result, ...rest } = json;
    expect((await site.get(json.id)).json).toEqual(rest);
    expect(result.rows).toBe(2);
    const failed = await site.immediate({ text: 'selct' });
    expect((await site.get(failed.json.id)).json).toEqual(failed.json);
    expect((await site.get(`${json.id}/results/1`)).status).toBe(404);
  });
});

describe('result pages', () => {
  const finished = async (command: object | string, fault?: string) => {
    const id = await site.start(command, fault);
    sandbox.advance(20 * minute);
    return id;
  };

  it('carry base64 JSON, and say in headers which rows', async () => {
    const id = await finished(twoRows);
    const { status, json, headers } = await site.get(`${id}/results/1`);
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual(['data']);
    expect(decoded(json.data)).toEqual([{ DAYCODE: 1 }, { DAYCODE: 2 }]);
    expect(
      ['size', 'rows-count', 'rows-range-start', 'rows-range-end'].map((name) => headers.get(name)),
    ).toEqual(['29', '2', '0', '1']);
  });

  it('hold together all rows, in order, and stream the same', async () => {
    const id = await finished(
      "SELECT a.INTERNALID * 1000 + b.INTERNALID AS n, CAST('x' AS char(900)) AS pad FROM PATIENTS a CROSS JOIN PATIENTS b ORDER BY 1",
    );
    const { result } = (await site.get(id)).json;
    expect(result.pages.length).toBeGreaterThan(1);
    const rows: unknown[] = [];
    for (const { pageNumber, size } of result.pages) {
      const { json } = await site.get(`${id}/results/${pageNumber}`);
      const streamed = await site.get(`${id}/results/${pageNumber}/stream`);
      expect(streamed.headers.get('content-type')).toContain('application/json');
      expect(streamed.text).toBe(Buffer.from(json.data, 'base64').toString('utf8'));
      expect(Buffer.byteLength(streamed.text)).toBe(size);
      rows.push(...streamed.json);
    }
    expect(rows).toHaveLength(result.rows);
    const numbers = rows.map((row) => (row as { n: number }).n);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('an empty result has one page without rows', async () => {
    const id = await finished('SELECT DAYCODE FROM DAYOFWEEK WHERE DAYCODE > 99');
    expect((await site.get(id)).json.result).toMatchObject({
      rows: 0,
      size: 2,
      pages: [{ rows: { count: 0 } }],
    });
    expect((await site.get(`${id}/results/1/stream`)).json).toEqual([]);
  });

  it.each(['0', '-1', 'x', '1.5'])('no page has the number %s', async (number) => {
    const id = await finished(twoRows);
    expect((await site.get(`${id}/results/${number}`)).status).toBe(400);
  });

  it('are not found beyond the last, nor for an unknown query', async () => {
    const id = await finished(twoRows);
    expect((await site.get(`${id}/results/2`)).status).toBe(404);
    expect((await site.get('5a4db0c5-0000-4000-8000-00000000abcd/results/1')).status).toBe(404);
  });

  it('are gone after a day, or by the fault', async () => {
    const id = await finished(twoRows);
    const gone = {
      status: 410,
      json: {
        error: {
          status: 410,
          statusText: 'Gone',
          message: 'Access to the target resource is permanently no longer available at the origin server.',
        },
      },
    };
    for (const page of [`${id}/results/1`, `${id}/results/1/stream`]) {
      expect((await site.get(page)).status).toBe(200);
      expect(await site.get(page, 'expired')).toMatchObject(gone);
    }
    sandbox.advance(day);
    for (const page of [`${id}/results/1`, `${id}/results/1/stream`])
      expect(await site.get(page)).toMatchObject(gone);
    expect((await site.get(id)).json).toMatchObject({ status: 'successful', result: { rows: 2 } });
  });

  it('can lack the stream, or cut it', async () => {
    const id = await finished(threePages);
    expect((await site.get(`${id}/results/1/stream`, 'no-stream')).status).toBe(404);
    await expect(site.get(`${id}/results/1/stream`, 'cut-stream')).rejects.toThrow();
    expect((await site.get(`${id}/results/1/stream`)).status).toBe(200);
  });
});

describe('what the contract leaves open', () => {
  it('scalar is one row, or the bare value', async () => {
    const command = { text: 'SELECT 7 AS b, 8 AS a', executionMode: 'scalar' };
    const of = (reply: { json: { result: { data: string } } }) => decoded(reply.json.result.data);
    expect(of(await site.immediate(command))).toEqual([{ Column1: 7 }]);
    expect(of(await site.immediate(command, 'scalar-bare'))).toBe(7);
    const id = await site.start(command, 'scalar-bare');
    sandbox.advance(20 * minute);
    expect((await site.get(`${id}/results/1/stream`)).json).toBe(7);
  });

  it('results in place of result, ranges from 1', async () => {
    const id = await site.start(twoRows);
    const shown = await later(20, id, 'results,ranges-from-1');
    expect(shown).not.toHaveProperty('result');
    expect(shown.results.pages[0].rows).toEqual({ count: 2, rangeStart: 1, rangeEnd: 2 });
    const { json } = await site.post('status', { queryIds: [id] }, 'results');
    expect(json.results[0].query).toHaveProperty('results');
    const { headers } = await site.get(`${id}/results/1`, 'ranges-from-1');
    expect(headers.get('rows-range-start')).toBe('1');
  });

  it('errors in other envelopes', async () => {
    const unknown = '5a4db0c5-0000-4000-8000-00000000abcd';
    expect((await site.get(unknown, 'unwrapped')).json).toMatchObject({
      status: 404,
      message: expect.any(String),
    });
    expect((await site.get(unknown, 'apim')).json).toMatchObject({ statusCode: 404 });
  });
});

describe('the control endpoint for the clock', () => {
  it('puts it forward', async () => {
    const client = sandboxClient(sandbox.url);
    const id = await site.start(twoRows);
    expect((await client.post('/sandbox/clock', { advanceMs: 20 * minute })).status).toBe(200);
    expect((await site.get(id)).json.status).toBe('successful');
    expect((await client.post('/sandbox/clock', { advanceMs: 'a while' })).status).toBe(400);
  });
});
