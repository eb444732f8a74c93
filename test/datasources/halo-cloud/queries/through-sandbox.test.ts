/** SQL over HTTP into the sandbox's practices, with simulated faults. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultKey, type RunningSandbox, startSandbox } from '../../../../sandbox/server/start.ts';
import { createHaloSessions, type HaloSessions } from '../../../../src/datasources/halo-cloud/session.ts';
import { createSitesDirectory } from '../../../../src/datasources/halo-cloud/sites/sites-directory.ts';
import { createHaloCloud, type HaloCloud } from '../../../../src/datasources/halo-cloud/transport/client.ts';
import type { SqlRow } from '../../../../src/engine/rows/sql-row.ts';
import { sandboxNow, sandboxToday } from '../../../sandbox-today.ts';
import { collectLog, failureOf } from '../kit.ts';
import { command, parameter } from './kit.ts';

const log = collectLog();
let sandbox: RunningSandbox;
let halo: HaloCloud;
let sessions: HaloSessions;

beforeAll(async () => {
  const pace = { initialisingMs: 2, queuedMs: 2, executingMs: 2, pageMs: 2 };
  sandbox = await startSandbox({ today: sandboxToday, pace });
  halo = createHaloCloud({ baseUrl: sandbox.url, subscriptionKey: defaultKey, log });
  const clock = () => sandboxNow;
  const directory = createSitesDirectory({ halo, registry: [], clock });
  const polling = { firstMs: 2, growth: 1.5, maxMs: 10 };
  sessions = createHaloSessions({ halo, directory, registry: [], failover: 'replay', clock, polling });
});
afterAll(async () => {
  await halo.close();
  await sandbox.close();
});

async function open(fault?: string, signal: AbortSignal = AbortSignal.timeout(20_000)) {
  const session = sessions.openSession({ signal, requestId: 'test', simulatedFault: fault, log });
  const practice = await session.practice('BEST_PRACTICE', '9001');
  return { session, practice, sql: practice.sqlSite };
}

const days = command('SELECT DAYCODE FROM DAYOFWEEK WHERE DAYCODE BETWEEN 1 AND @most ORDER BY DAYCODE', {
  parameters: [parameter({ name: '@most', value: '2' })],
});
const twoDays = [{ DAYCODE: 1 }, { DAYCODE: 2 }];
/** About two and a half megabytes. */
const wide = command(`SELECT TOP 300 CAST('x' AS char(8000)) AS wide FROM DAYOFWEEK a CROSS JOIN DAYOFWEEK b
  CROSS JOIN DAYOFWEEK c`);

describe('SQL through the sandbox', () => {
  it.each(['413-immediate', '504-immediate'])('%s: a read goes on as an async query', async (fault) => {
    const { sql, practice, session } = await open(fault);
    expect(await sql.run(days, null)).toMatchObject({ rows: twoDays, rowCount: 2 });
    expect(session.cost()).toMatchObject({ charged: 2 });
    expect(
      await practice.sql({ text: 'SELECT DAYCODE FROM DAYOFWEEK WHERE DAYCODE = 1', parameters: [] }),
    ).toEqual([{ DAYCODE: 1 }]);
    expect(session.cost()).toMatchObject({ charged: 4 });
  });

  it.each([
    ['413', 'RESULT_TOO_LARGE'],
    ['504', 'QUERY_TIMED_OUT'],
    ['503', 'SITE_UNAVAILABLE'],
    ['offline', 'SITE_UNAVAILABLE'],
    ['429', 'RATE_LIMITED'],
    ['html', 'UPSTREAM_FAILED'],
    ['500', 'UPSTREAM_FAILED'],
    ['cut-connection', 'UPSTREAM_FAILED'],
  ])('%s everywhere is %s', async (fault, code) => {
    const { sql } = await open().then(async () => open(`9001:${fault}`));
    expect(await failureOf(sql.run(days, null))).toMatchObject({ code });
  });

  it.each([undefined, 'no-stream', 'results', 'ranges-from-1', 'cut-stream', 'no-status'])(
    'reads a large result page by page: %s',
    async (fault) => {
      const { sql, session } = await open(fault);
      const { queryId } = await sql.start(wide, null);
      const first = await sql.page(queryId, 1);
      const query = await sql.query(queryId);
      const rows: SqlRow[] = [...first];
      for (const page of (query?.pages ?? []).slice(1)) rows.push(...(await sql.page(queryId, page.number)));
      expect(rows).toHaveLength(300);
      expect(await sql.query(queryId)).toMatchObject({ status: 'SUCCESSFUL', rowCount: 300 });
      expect(query?.pages.length).toBeGreaterThan(2);
      expect(await failureOf(sql.page(queryId, 99))).toMatchObject({ code: 'NOT_FOUND' });
      expect(session.cost().charged).toBe(1);
    },
  );

  it.each([
    ['fail-initialisationFailedCacheError', 'UPSTREAM_FAILED'],
    ['fail-initialisationFailedSiteOffline', 'SITE_UNAVAILABLE'],
    ['fail-initialisationFailedSiteUnreachable', 'SITE_UNAVAILABLE'],
    ['fail-expiredInQueue', 'QUERY_TIMED_OUT'],
    ['fail-executionFailed', 'PMS_ERROR'],
    ['fail-uploadFailed', 'UPSTREAM_FAILED'],
    ['expired', 'RESULT_EXPIRED'],
  ])('a page of a query under %s is %s', async (fault, code) => {
    const { sql } = await open(fault);
    const { queryId } = await sql.start(days, null);
    expect(await failureOf(sql.page(queryId, 1))).toMatchObject({ code });
  });

  it.each(['initialising', 'queued', 'executing', 'uploading'])(
    'stuck %s ends with the deadline',
    async (stage) => {
      const deadline = new AbortController();
      const { sql } = await open(`stuck-${stage}`, deadline.signal);
      const { queryId } = await sql.start(days, null);
      const page = failureOf(sql.page(queryId, 1));
      const fresh = await open(`stuck-${stage}`);
      const isStuck = async () => {
        sandbox.advance(1_000);
        expect(await fresh.sql.query(queryId)).toMatchObject({ status: stage.toUpperCase() });
      };
      await vi.waitFor(isStuck);
      await isStuck();
      deadline.abort(new DOMException('late', 'TimeoutError'));
      expect(await page).toMatchObject({ code: 'QUERY_TIMED_OUT', asyncQueryId: queryId });
    },
  );

  it.each([undefined, 'no-status'])('1,000 ids in one tick: %s', async (fault) => {
    const { sql, session } = await open(fault);
    const { queryId } = await sql.start(days, null);
    const unknown = Array.from(
      { length: fault ? 20 : 999 },
      (_, index) => `44444444-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    const answers = await Promise.all([queryId, ...unknown].map((id) => sql.query(id)));
    expect(answers[0]).toMatchObject({ queryId });
    expect(answers.slice(1).every((one) => one === null)).toBe(true);
    if (!fault) expect(session.cost().calls).toBeLessThanOrEqual(3);
  });

  it.each([undefined, 'scalar-bare'])('a scalar: %s', async (fault) => {
    const { sql } = await open(fault);
    const scalar = command('SELECT COUNT(*) FROM DAYOFWEEK WHERE DAYCODE > 0', { executionMode: 'scalar' });
    expect(await sql.run(scalar, null)).toMatchObject({ rows: [{ Column1: 7 }] });
    const { queryId } = await sql.start(scalar, null);
    expect(await sql.page(queryId, 1)).toEqual([{ Column1: 7 }]);
  });

  it.each([undefined, 'outputs-base64'])('output parameters: %s', async (fault) => {
    const { sql } = await open(fault);
    const outputs = command('SELECT @n = COUNT(*), @text = MIN(DAYCODE) FROM DAYOFWEEK WHERE DAYCODE > 0', {
      executionMode: 'nonQuery',
      parameters: [
        parameter({ name: '@n', direction: 'output', value: null }),
        parameter({ name: '@text', type: 'NVarChar', direction: 'output', value: null, size: 40 }),
      ],
    });
    expect((await sql.run(outputs, null)).outputParameters).toEqual([
      { name: '@n', value: '7' },
      { name: '@text', value: '1' },
    ]);
  });

  it.each([20, 5_000])(
    'a stored procedure with a text of %i characters: its value comes back',
    async (length) => {
      const { sql } = await open();
      const booking = command('dbo.BP_AddAppointmentEx', {
        type: 'storedProcedure',
        executionMode: 'nonQuery',
        parameters: [
          parameter({ name: '@id', direction: 'returnValue', value: null }),
          parameter({ name: '@aptdate', type: 'Date', value: '2028-03-01' }),
          parameter({ name: '@apttime', value: String(36_000 + (length > 100 ? 900 : 0)) }),
          parameter({ name: '@appointmenttype', value: '1' }),
          parameter({ name: '@aptlen', value: '900' }),
          parameter({ name: '@practitionerid', value: '2' }),
          parameter({ name: '@patientid', value: '7' }),
          parameter({ name: '@reason', type: 'NVarChar', value: 'Synthetic '.repeat(length / 10) }),
        ],
      });
      const { outputParameters } = await sql.run(booking, null);
      expect(outputParameters).toEqual([{ name: '@id', value: expect.stringMatching(/^[1-9]\d*$/) }]);
    },
  );

  it('a registered query: created, read, cancelled', async () => {
    const { sql } = await open();
    const { catalogue: _, ...counted } = days;
    const queryId = await sql.register({
      name: 'Synthetic watch',
      frequencySeconds: 60,
      durationSeconds: 3_600,
      command: counted,
    });
    expect(await sql.registeredQueries()).toEqual(
      expect.arrayContaining([expect.objectContaining({ queryId, status: 'ENABLED' })]),
    );
    sandbox.advance(1_000);
    expect(await sql.registeredResult(queryId)).toMatchObject({ rows: twoDays });
    await sql.cancelRegistered(queryId);
    await sql.cancelRegistered(queryId);
    expect(await sql.registeredQuery(queryId)).toMatchObject({ status: 'CANCELLED' });
  });
});
