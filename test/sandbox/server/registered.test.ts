import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server/start.ts';
import { today } from '../practice-fixture.ts';
import { decoded, queryClient, registration } from './query-client.ts';

/** The first run comes half a minute after registering. */
const pace = { initialisingMs: 10_000, queuedMs: 10_000, executingMs: 10_000, pageMs: 0 };

let sandbox: RunningSandbox;
let site: ReturnType<typeof queryClient>;
beforeAll(async () => {
  sandbox = await startSandbox({ today, pace });
  site = queryClient(sandbox.url);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.resetCalls());

const oneRow = 'SELECT DAYCODE FROM DAYOFWEEK WHERE DAYCODE = 1';
const look = async (seconds: number, id: string, fault?: string) => {
  sandbox.advance(seconds * 1000);
  return (await site.get(`registered/${id}`, fault)).json;
};
const book = (time: number) =>
  `DECLARE @id INT; EXEC @id = dbo.BP_AddAppointment '2027-12-23', ${time}, 900, 2, 7; SELECT @id AS id`;

describe('registering', () => {
  it('is accepted, charged once, and runs soon after', async () => {
    const { status, json } = await site.post('registered', registration(oneRow));
    expect(status).toBe(202);
    expect(json).toEqual({ id: expect.any(String) });
    expect(await look(1, json.id)).toMatchObject({
      id: json.id,
      name: 'Sample',
      registeredQueryType: 'query',
      status: 'enabled',
      frequency: 60,
      duration: 120,
      metrics: { executionSucceededCount: 0, executionFailedCount: 0, requestSize: expect.any(Number) },
    });
    expect((await site.get(`registered/${json.id}/results`)).status).toBe(404);
    expect(await look(30, json.id)).toMatchObject({
      lastHash: expect.any(String),
      metrics: { executionSucceededCount: 1, lastSucceededAt: expect.any(String), resultSizeSum: 15 },
    });
    expect(sandbox.calls.map(({ charged }) => charged)).toEqual([true, false, false, false]);
  });

  const whole = registration(oneRow);
  it.each([
    ['no name', { ...whole, name: undefined }],
    ['another type', { ...whole, registeredQueryType: 'event' }],
    ['no type', { ...whole, registeredQueryType: undefined }],
    ['a frequency under a minute', { ...whole, frequency: 59 }],
    ['no frequency', { ...whole, frequency: undefined }],
    ['a duration over a day', { ...whole, duration: 86_401 }],
    ['no duration at all', { ...whole, duration: 0 }],
    ['no command', { ...whole, registerCommand: {} }],
    ['no SQL', { ...whole, registerCommand: { command: {} } }],
  ])('400 for %s', async (_, body) => {
    expect(await site.post('registered', body)).toMatchObject({
      status: 400,
      json: { error: { status: 400 } },
    });
  });

  it('takes a whole day, and a practice that is offline', async () => {
    expect((await site.post('registered', registration(oneRow, { duration: 86_400 }))).status).toBe(202);
    const away = queryClient(sandbox.url, '1007');
    const id = await away.register(oneRow);
    sandbox.advance(30_000);
    expect((await away.get(`registered/${id}`)).json).toMatchObject({
      status: 'enabled',
      lastErrorDetails: { errorType: 'http', errorCode: 503 },
      metrics: { executionFailedCount: 1 },
    });
  });

  it('can fail after it was executed', async () => {
    await expect(site.register(oneRow, {}, 'cut-before')).rejects.toThrow();
    const before = (await site.get('registered')).json.registeredQueries.length;
    await expect(site.register(oneRow, {}, '504-after')).rejects.toThrow('504');
    expect((await site.get('registered')).json.registeredQueries).toHaveLength(before + 1);
  });

  it('can fail in the cloud already', async () => {
    const id = await site.register(oneRow, {}, 'fail-initialisationFailedCacheError');
    expect((await look(300, id)).status).toBe('initialisationFailedCacheError');
    expect((await look(0, id)).metrics.executionSucceededCount).toBe(0);
  });
});

describe('running', () => {
  it('comes at the start and every interval, until the duration is over', async () => {
    const id = await site.register(oneRow);
    expect((await look(30, id)).metrics.executionSucceededCount).toBe(1);
    expect((await look(40, id)).metrics.executionSucceededCount).toBe(1);
    expect((await look(21, id)).metrics.executionSucceededCount).toBe(2);
    expect((await look(0, id)).status).toBe('enabled');
    const completed = await look(60, id);
    expect(completed).toMatchObject({ status: 'completed', metrics: { executionSucceededCount: 3 } });
    expect(completed.completedAt).toBe(completed.metrics.lastSucceededAt);
    expect(await look(600, id)).toEqual(completed);
  });

  it('a query that fails three times in two minutes completes with three failures', async () => {
    const id = await site.register('selct');
    expect(await look(95, id)).toMatchObject({ status: 'enabled', metrics: { executionFailedCount: 2 } });
    const completed = await look(60, id);
    expect(completed).toMatchObject({
      status: 'completed',
      lastErrorDetails: {
        errorType: 'mssql',
        errorCode: 2812,
        errorMessage: "Could not find stored procedure 'selct'.",
      },
      metrics: { executionSucceededCount: 0, executionFailedCount: 3, resultSizeSum: 0 },
    });
    expect(completed).not.toHaveProperty('lastHash');
    expect(completed.metrics.lastFailedAt).toBe(completed.completedAt);
    expect((await site.get(`registered/${id}/results`)).status).toBe(404);
  });

  it('makes up for missed runs', async () => {
    const id = await site.register(oneRow, { duration: 86_400 });
    expect((await look(3600, id)).metrics.executionSucceededCount).toBe(60);
    expect((await look(90_000, id)).metrics.executionSucceededCount).toBe(1441);
  });

  it('uploads a result when it changed, and only then', async () => {
    const id = await site.register(
      "SELECT COUNT(*) AS n FROM APPOINTMENTS WHERE APPOINTMENTDATE = '2027-12-23'",
    );
    const first = await look(30, id);
    const result = () => site.get(`registered/${id}/results`);
    expect(await result()).toMatchObject({ status: 200, json: { parameters: null, rows: 1, size: 9 } });
    expect(decoded((await result()).json.data)).toEqual([{ n: 0 }]);
    const second = await look(60, id);
    expect(second.lastHash).toBe(first.lastHash);
    expect(second.metrics).toMatchObject({ executionSucceededCount: 2, resultSizeSum: 9 });
    await site.immediate({ text: book(14_400) });
    const third = await look(60, id);
    expect(third.lastHash).not.toBe(first.lastHash);
    expect(third.metrics).toMatchObject({ executionSucceededCount: 3, resultSizeSum: 18 });
    expect(decoded((await result()).json.data)).toEqual([{ n: 1 }]);
  });

  it('keeps its latest result while the practice is offline, and continues afterwards', async () => {
    const id = await site.register(oneRow, { duration: 240 });
    await look(30, id);
    sandbox.setFault('9001', 'offline');
    expect(await look(60, id)).toMatchObject({
      status: 'enabled',
      metrics: { executionSucceededCount: 1, executionFailedCount: 1 },
    });
    expect((await site.get(`registered/${id}/results`)).json.rows).toBe(1);
    sandbox.setFault('9001', null);
    expect((await look(60, id)).metrics.executionSucceededCount).toBe(2);
  });

  it('writes as often as it runs', async () => {
    const before = sandbox.database('9001').all('SELECT 1 FROM APPOINTMENTS').length;
    const id = await site.register(
      "DECLARE @t INT; SELECT @t = 3600 + COUNT(*) * 900 FROM APPOINTMENTS WHERE APPOINTMENTDATE = '2027-12-22'; EXEC BP_AddAppointment '2027-12-22', @t, 900, 2, 7",
    );
    sandbox.advance(600_000);
    const written = sandbox.database('9001').all('SELECT 1 FROM APPOINTMENTS').length - before;
    expect((await look(0, id)).metrics).toMatchObject({ executionSucceededCount: 3 });
    expect(written).toBe(3);
  });

  it.each([
    ['fail-executionFailed', 1205],
    ['413', 413],
  ])('%s: fails', async (fault, errorCode) => {
    const id = await site.register(oneRow, {}, fault);
    expect((await look(30, id)).lastErrorDetails).toMatchObject({ errorCode });
  });
});

describe('listing and cancelling', () => {
  it('lists the enabled ones of the site, or all', async () => {
    const other = queryClient(sandbox.url, '9003');
    const cancelled = await other.register(oneRow);
    const short = await other.register(oneRow, { duration: 60 });
    const enabled = await other.register(oneRow, { duration: 3600 });
    expect((await other.cancel(cancelled)).status).toBe(204);
    sandbox.advance(100_000);
    const ids = async (fault?: string) =>
      (await other.get('registered', fault)).json.registeredQueries.map(({ id }: { id: string }) => id);
    expect(await ids()).toEqual([enabled]);
    expect(await ids('registered-all')).toEqual([cancelled, short, enabled]);
    expect((await site.get(`registered/${enabled}`)).status).toBe(404);
    expect((await site.cancel(enabled)).status).toBe(404);
    expect((await site.get(`registered/${enabled}/results`)).status).toBe(404);
  });

  it('cancels without an answer’s body, and runs no more', async () => {
    const id = await site.register(oneRow);
    await look(30, id);
    const reply = await site.cancel(id);
    expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([204, '', null]);
    const cancelled = await look(600, id);
    expect(cancelled).toMatchObject({ status: 'cancelled', metrics: { executionSucceededCount: 1 } });
    expect(cancelled).not.toHaveProperty('completedAt');
    expect((await site.get(`registered/${id}/results`)).json.rows).toBe(1);
    expect((await site.cancel(id)).status).toBe(204);
  });

  it('leaves one that has completed as it is', async () => {
    const id = await site.register(oneRow);
    await look(600, id);
    expect((await site.cancel(id)).status).toBe(204);
    expect((await look(0, id)).status).toBe('completed');
  });
});
