import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { practices as sandboxPractices } from '../../../sandbox/practices.ts';
import { startSandbox } from '../../../sandbox/server/start.ts';
import { pairingCall } from '../../../src/datasources/halo-cloud/sites/pairing.ts';
import { immediateQuery, immediateWrite } from '../../../src/datasources/halo-cloud/sql/immediate-query.ts';
import { createHaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import type { WriteTime } from '../../../src/datasources/halo-cloud/transport/upstream-call.ts';
import { limitQueue } from '../../../src/datasources/halo-cloud/transport/write-time.ts';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import { createSubscriptionKeys, type SubscriptionKeys } from '../../../src/subscription-keys.ts';
import {
  collectLog,
  contextOf,
  failureOf,
  fakeHalo,
  guidA,
  guidB,
  key,
  listen,
  openSqlSite,
  origin,
  sitesPath,
  sqlPath,
  wireError,
  wireRows,
  wireSite,
} from './kit.ts';

const statement = {
  procedure: 'BP_AddAppointment',
  text: 'EXEC @id = dbo.BP_AddAppointment; SELECT @id AS id;',
  parameters: [{ name: '@patient', type: 'Int', value: '7' }],
} as const;
const change = immediateWrite(guidA, statement);
const failedQuery = (
  errorType: string | undefined,
  errorCode: number | undefined,
  errorMessage = "Of procedure 'dbo.BP_AddAppointment'.",
) => ({ status: 'executionFailed', errorDetails: { errorType, errorCode, errorMessage } });
const html = '<!doctype html><title>Bad Gateway</title>';

async function failureWith(status: number, body: object | string, headers = {}) {
  const { halo, answer, log } = fakeHalo();
  answer('POST', sqlPath(guidA), status, body, { headers });
  const context = contextOf(log);
  const failure = await failureOf(halo.write(change, context));
  return { failure, cost: context.cost.report() };
}

describe('a write that was answered', () => {
  it('returns the result', async () => {
    const { halo, answer, log } = fakeHalo();
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 12 }]));
    const context = contextOf(log);
    expect(await halo.write(change, context)).toEqual([{ id: 12 }]);
    expect(context.cost.report()).toMatchObject({ calls: 1, charged: 1 });
  });

  it('is not followed by a read that joins an earlier one', async () => {
    const { halo, answer, log, paths } = fakeHalo();
    const question = immediateQuery(guidA, { text: 'SELECT 1 AS id', parameters: [] });
    // The read that set out first is still under way when the write is done.
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 1 }]), { delay: 100 });
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 12 }]));
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 2 }]));
    const context = contextOf(log);
    const before = halo.read(question, context);
    await halo.write(change, context);
    const after = [halo.read(question, context), halo.read(question, context)];
    expect(await Promise.all([before, ...after])).toEqual([[{ id: 1 }], [{ id: 2 }], [{ id: 2 }]]);
    expect(paths()).toHaveLength(3);
    expect(context.cost.report().saved.coalesced).toBe(1);
  });

  it('is never shared with an identical write', async () => {
    const { halo, answer, log, paths } = fakeHalo();
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 12 }]), { times: 3 });
    const context = contextOf(log);
    await Promise.all([1, 2, 3].map(() => halo.write(change, context)));
    expect(paths()).toHaveLength(3);
    expect(context.cost.report().saved.coalesced).toBe(0);
  });

  it.each([
    [400, wireError(400, 'Malformed SQL'), { code: 'UPSTREAM_FAILED', httpStatus: 400 }],
    [400, failedQuery('mssql', 18_456, 'Login failed.'), { code: 'PMS_ERROR', errorCode: 18_456 }],
    [200, failedQuery('mssql', 2812), { code: 'PMS_ERROR', errorCode: 2812 }],
    [500, failedQuery('mssql', 229), { code: 'PMS_ERROR', errorCode: 229 }],
    [400, failedQuery('mssql', 201), { code: 'PMS_ERROR', errorCode: 201 }],
    [400, failedQuery('mssql', 8144), { code: 'PMS_ERROR', errorCode: 8144 }],
    [400, failedQuery('mssql', 8145), { code: 'PMS_ERROR', errorCode: 8145 }],
    [400, failedQuery(undefined, 2812), { code: 'PMS_ERROR', errorType: 'unknown', errorCode: 2812 }],
    [401, wireError(401, 'no key'), { code: 'ACCESS_DENIED' }],
    [403, wireError(403, 'no'), { name: 'Forbidden', haloGuid: guidA }],
    [404, wireError(404, 'no site'), { code: 'UPSTREAM_FAILED', httpStatus: 404 }],
    [429, { statusCode: 429, message: 'Rate Limit Exceeded' }, { code: 'RATE_LIMITED' }],
    [429, html, { code: 'RATE_LIMITED' }],
    [405, html, { code: 'UPSTREAM_FAILED', httpStatus: 405 }],
    [412, html, { code: 'UPSTREAM_FAILED', httpStatus: 412 }],
    [428, html, { code: 'UPSTREAM_FAILED', httpStatus: 428 }],
    [503, wireError(503, 'Site could not be contacted'), { code: 'SITE_UNAVAILABLE' }],
    [200, wireError(503, 'Site is offline'), { code: 'SITE_UNAVAILABLE' }],
    [302, html, { code: 'UPSTREAM_FAILED', httpStatus: 302 }],
  ])('certainly failed: %i %j', async (status, body, error) => {
    const { failure } = await failureWith(status, body);
    expect(failure).not.toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject(error);
  });

  it.each([
    [504, wireError(504, 'Query took more than 30 seconds'), 'QUERY_TIMED_OUT'],
    [504, wireError(504, 'Site is unreachable'), 'SITE_UNAVAILABLE'],
    [504, html, 'QUERY_TIMED_OUT'],
    [200, wireError(504, 'Query took more than 30 seconds'), 'QUERY_TIMED_OUT'],
    [413, failedQuery('http', 413), 'RESULT_TOO_LARGE'],
    [400, failedQuery('http', 413), 'RESULT_TOO_LARGE'],
    [400, failedQuery('http', 400), 'PMS_ERROR'],
    [400, failedQuery('haloLink', 1), 'PMS_ERROR'],
    [400, failedQuery('mssql', -2), 'PMS_ERROR'],
    [400, failedQuery('mssql', 10_054), 'PMS_ERROR'],
    [400, failedQuery('mssql', undefined), 'PMS_ERROR'],
    [500, wireError(500, 'Failed to create query container'), 'UPSTREAM_FAILED'],
    [502, html, 'UPSTREAM_FAILED'],
    [503, html, 'SITE_UNAVAILABLE'],
    [408, html, 'UPSTREAM_FAILED'],
    [200, html, 'UPSTREAM_FAILED'],
    [200, { result: 'none' }, 'UPSTREAM_FAILED'],
    [204, '', 'UPSTREAM_FAILED'],
  ])('may have been carried out: %i %j', async (status, body, code) => {
    const { failure } = await failureWith(status, body);
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ sentAt: 0, over: false, cause: { code } });
  });

  it.each([
    ['from inside the procedure', failedQuery('mssql', 50_000)],
    ['of a constraint', failedQuery('mssql', 547)],
    ['of a text that is too long', failedQuery('mssql', 2628)],
    ['of a deadlock', failedQuery('mssql', 1205)],
    ['of an unknown kind', failedQuery(undefined, 547)],
    ['of a procedure that the procedure calls', failedQuery('mssql', 2812, "procedure 'dbo.BP_Other'")],
    ['of a longer name', failedQuery('mssql', 2812, "procedure 'dbo.BP_AddAppointmentEx'")],
    ['of a table inside the procedure', failedQuery('mssql', 229, "on the object 'APPOINTMENTS'")],
    ['that names nothing', failedQuery('mssql', 8145, '')],
  ])('D5: an error %s may come after a part was written, and is over', async (_what, body) => {
    const { failure } = await failureWith(400, body);
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ over: true, cause: { code: 'PMS_ERROR' } });
  });
});

/** The time of writes that end with this signal. */
const timeUntil = (signal: AbortSignal): WriteTime => ({
  signal: () => signal,
  sendBy: () => signal,
  remainingMs: () => (signal.aborted ? 0 : 20_000),
  minMs: 5_000,
});

describe('a write over a real connection', () => {
  const open = (baseUrl: string, times: { signal?: AbortSignal; writeTime?: WriteTime } = {}) => {
    const log = collectLog();
    const halo = createHaloCloud({ baseUrl, subscriptionKey: key, log, clock: () => 1234 });
    return { log, halo, context: contextOf(log, times) };
  };

  it('that is refused was never sent', async () => {
    const { halo, context } = open('http://127.0.0.1:1');
    const failure = await failureOf(halo.write(change, context));
    expect(failure).toMatchObject({ code: 'UPSTREAM_FAILED', detail: 'connection failed: ECONNREFUSED' });
    expect(context.cost.report()).toMatchObject({ calls: 1, charged: 0 });
    await halo.close();
  });

  it.each([
    ['before the answer', false],
    ['in the middle of the answer', true],
  ])('that is cut %s may have been carried out, and is not sent again', async (_when, begun) => {
    let requests = 0;
    const url = await listen((request, response) => {
      requests += 1;
      if (requests === 1) response.end(JSON.stringify(wireRows([{ id: 1 }])));
      else if (begun) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"status":', () => request.socket.destroy());
      } else request.socket.destroy();
    });
    const { halo, context } = open(url);
    // On a connection that is kept open, too.
    await halo.write(change, context);
    const failure = await failureOf(halo.write(change, context));
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ sentAt: 1234, cause: { code: 'UPSTREAM_FAILED' } });
    await pause(20);
    expect(requests).toBe(2);
    expect(context.cost.report()).toMatchObject({ calls: 2, charged: 2, retries: 0 });
    await halo.close();
  });

  it('is aborted by its own signal, not by that of the operation', async () => {
    const arrived = new Set<unknown>();
    const url = await listen((request) => arrived.add(request));
    const operation = new AbortController();
    const writing = new AbortController();
    const { halo, context } = open(url, {
      signal: operation.signal,
      writeTime: timeUntil(writing.signal),
    });
    const failure = failureOf(halo.write(change, context));
    while (arrived.size === 0) await pause(5);
    operation.abort(new Error('the caller has gone'));
    await pause(20);
    writing.abort(new DOMException('late', 'TimeoutError'));
    expect(await failure).toBeInstanceOf(NoAnswer);
    expect(await failure).toMatchObject({ cause: { code: 'QUERY_TIMED_OUT' } });
    await halo.close();
  });

  it('is not sent at all when there is no time left', async () => {
    let requests = 0;
    const url = await listen(() => {
      requests += 1;
    });
    const late = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    const { halo, context } = open(url, { writeTime: timeUntil(late) });
    expect(await failureOf(halo.write(change, context))).toMatchObject({ code: 'QUERY_TIMED_OUT' });
    expect([requests, context.cost.report().calls]).toEqual([0, 0]);
    await halo.close();
  });
});

describe('a write with little time left', () => {
  const minMs = 5_000;
  const timeLeft = (left: { ms: number }, sendBy = new AbortController().signal): WriteTime => ({
    signal: () => new AbortController().signal,
    sendBy: () => sendBy,
    remainingMs: () => left.ms,
    minMs,
  });
  const notSent = {
    code: 'QUERY_TIMED_OUT',
    retryable: true,
    message: expect.stringContaining('Nothing was changed'),
  };

  it.each([
    [minMs - 1, notSent, 0],
    [minMs, undefined, 1],
  ])('is sent with the minimum and not with less: %i ms', async (ms, expected, sent) => {
    const { halo, answer, log, paths } = fakeHalo();
    if (sent > 0) answer('POST', sqlPath(guidA), 200, wireRows([{ id: 12 }]));
    const context = contextOf(log, { writeTime: timeLeft({ ms }) });
    const answered = halo.write(change, context);
    if (expected) expect(await failureOf(answered)).toMatchObject(expected);
    else expect(await answered).toEqual([{ id: 12 }]);
    expect(paths()).toHaveLength(sent);
    expect(context.cost.report()).toMatchObject({ calls: sent, charged: sent });
  });

  it.each([
    [minMs, 2_500],
    [20_000, 17_500],
    [19_999.5, 17_499],
    // Halo Cloud's own default is not made longer.
    [100_000, 30_000],
  ])(
    'may wait in the queue of Halo Cloud only as long as there is time: %i ms',
    async (ms, maxTimeInQueue) => {
      const { halo, answer, log, sent } = fakeHalo();
      answer('POST', sqlPath(guidA), 200, wireRows([{ id: 12 }]));
      await halo.write(change, contextOf(log, { writeTime: timeLeft({ ms }) }));
      expect(sent()).toEqual([
        {
          command: expect.objectContaining({ text: statement.text }),
          maxTimeInQueue,
        },
      ]);
    },
  );

  it('has no negative time in the queue when the process stood still before it was sent', () => {
    const { body } = limitQueue(change, contextOf(collectLog(), { writeTime: timeLeft({ ms: 1 }) }));
    expect(JSON.parse(String(body?.bytes))).toMatchObject({ maxTimeInQueue: 0 });
  });

  it('may wait in the queue of Halo Cloud only for the time that is left when it is sent', async () => {
    const { halo, answer, log, sent } = fakeHalo();
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 1 }]), { delay: 100, times: 16 });
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 12 }]));
    const left = { ms: 20_000 };
    const reads = Array.from({ length: 16 }, (_, id) =>
      halo.read(immediateQuery(guidA, { text: `SELECT ${id} AS id`, parameters: [] }), contextOf(log)),
    );
    const written = halo.write(change, contextOf(log, { writeTime: timeLeft(left) }));
    left.ms = 8_000;
    await Promise.all([...reads, written]);
    expect(sent().at(-1)).toHaveProperty('maxTimeInQueue', 5_500);
    expect(sent()[0]).not.toHaveProperty('maxTimeInQueue');
  });

  it('that waits in the queue of the practice is not carried out after its caller got OUTCOME_UNKNOWN', async () => {
    const sandbox = await startSandbox({ key });
    const log = collectLog();
    const halo = createHaloCloud({ baseUrl: sandbox.url, subscriptionKey: key, log });
    try {
      const text =
        "DECLARE @id INT; EXEC @id = dbo.BP_AddAppointmentEx '2030-01-07', 14400, 1, 900, 2, 7, 'Sample'; SELECT @id AS id";
      const { haloGuid } = sandboxPractices.find(({ bpSiteId }) => bpSiteId === '1001') ?? { haloGuid: '' };
      const writeTime = { ...timeLeft({ ms: 300 }), minMs: 200 };
      const context = contextOf(log, { writeTime, simulatedFault: 'queue-600' });
      const failure = await failureOf(
        halo.write(immediateWrite(haloGuid, { text, parameters: [] }), context),
      );
      expect(failure).toBeInstanceOf(NoAnswer);
      await pause(700);
      const [row] = sandbox
        .database('1001')
        .all("SELECT count(*) AS n FROM APPOINTMENTS WHERE APPOINTMENTDATE = '2030-01-07T00:00:00'", {});
      expect(row).toEqual({ n: 0 });
    } finally {
      await halo.close();
      await sandbox.close();
    }
  });

  it('is not sent when the time passes while it waits for other calls of the practice', async () => {
    const { halo, answer, log, paths } = fakeHalo();
    const concurrent = 16;
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 1 }]), { delay: 100, times: concurrent });
    const left = { ms: 20_000 };
    const reads = Array.from({ length: concurrent }, (_, id) =>
      halo.read(immediateQuery(guidA, { text: `SELECT ${id} AS id`, parameters: [] }), contextOf(log)),
    );
    const context = contextOf(log, { writeTime: timeLeft(left) });
    const queued = failureOf(halo.write(change, context));
    expect(halo.state().callsQueued).toBe(1);
    left.ms = 4_000;
    await Promise.all(reads);
    const failure = await queued;
    expect(failure).toMatchObject(notSent);
    expect(failure).not.toBeInstanceOf(NoAnswer);
    expect(paths()).toHaveLength(concurrent);
    expect(context.cost.report().calls).toBe(0);
    // Its slot is free again, and the practice does not count as silent.
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 12 }]));
    expect(await halo.write(change, contextOf(log))).toEqual([{ id: 12 }]);
    expect(halo.state()).toMatchObject({ callsQueued: 0, sitesPaused: 0 });
  });

  it('leaves the queue of the practice as soon as it could not be sent any more', async () => {
    const { halo, answer, log, paths } = fakeHalo();
    const concurrent = 16;
    answer('POST', sqlPath(guidA), 200, wireRows([{ id: 1 }]), { delay: 500, times: concurrent });
    const reads = Array.from({ length: concurrent }, (_, id) =>
      halo.read(immediateQuery(guidA, { text: `SELECT ${id} AS id`, parameters: [] }), contextOf(log)),
    );
    const left = { ms: 20_000 };
    const sendBy = new AbortController();
    const context = contextOf(log, { writeTime: timeLeft(left, sendBy.signal) });
    const queued = failureOf(halo.write(change, context));
    left.ms = 4_999;
    sendBy.abort(new DOMException('late', 'TimeoutError'));
    expect(await queued).toMatchObject(notSent);
    expect(halo.state().callsQueued).toBe(0);
    await Promise.all(reads);
    expect(paths()).toHaveLength(concurrent);
  });

  it('is not sent with another key when refusals of the first have taken the time', async () => {
    const { answer, log, paths, agent } = fakeHalo();
    answer('POST', sqlPath(guidA), 401, wireError(401, 'no key'));
    const left = { ms: 20_000 };
    const keys = createSubscriptionKeys({ keys: [key, 'another-synthetic-key'] });
    const subscriptionKey: SubscriptionKeys = {
      ...keys,
      refused(tried) {
        left.ms = 4_000;
        return keys.refused(tried);
      },
    };
    const halo = createHaloCloud({ baseUrl: origin, subscriptionKey, dispatcher: agent, log });
    const failure = await failureOf(halo.write(change, contextOf(log, { writeTime: timeLeft(left) })));
    expect(failure).toMatchObject(notSent);
    expect(paths()).toHaveLength(1);
  });

  it.each([
    [5_000, 2_500],
    [1_000, 500],
    [undefined, 2_500],
  ])(
    'waits for a lock in the database for half of the minimum, so that it is over in time: %j',
    async (min, wait) => {
      const { halo } = fakeHalo();
      const registry = [{ bpSiteId: '1001', name: 'Synthetic Practice', haloGuid: guidA }];
      const session = openSqlSite(halo, { registry }).session(
        min === undefined ? {} : { writeTime: { ...timeLeft({ ms: 20_000 }), minMs: min } },
      );
      expect((await session.practice('BEST_PRACTICE', '1001')).maxLockWaitMs).toBe(wait);
    },
  );

  it('that is answered by Halo Cloud itself fails with an error of its own union', async () => {
    const { halo, log } = fakeHalo();
    const pairing = pairingCall({ pms: 'BEST_PRACTICE', pmsSiteId: '1001', pairingCode: null });
    const failure = await failureOf(halo.write(pairing, contextOf(log, { writeTime: timeLeft({ ms: 1 }) })));
    expect(failure).toMatchObject({ ...notSent, code: 'UPSTREAM_FAILED' });
  });
});

describe('a write that is answered with 403', () => {
  const registry = [{ bpSiteId: '1001', name: 'Synthetic Practice', haloGuid: guidA }];

  async function refused() {
    const halo = fakeHalo();
    const site = openSqlSite(halo.halo, { registry });
    const operation = site.session();
    const practice = await operation.practice('BEST_PRACTICE', '1001');
    halo.refuse(guidA);
    return { ...halo, site, operation, practice };
  }

  it('names the current server and is not sent there', async () => {
    const { sites, sql, practice, operation, site, paths } = await refused();
    sites('1001', [{ id: guidB }]);
    expect(await failureOf(practice.sqlWrite(statement))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      haloGuid: guidA,
      bpSiteId: '1001',
      currentHaloGuid: guidB,
      retryable: true,
    });
    expect(practice.haloGuid).toBe(guidA);
    expect(operation.notices()).toEqual([]);
    expect(paths()).toHaveLength(2);
    // A new request by Bp Site ID reaches the current server.
    sql(guidB, [{ id: 12 }]);
    const again = await site.session().practice('BEST_PRACTICE', '1001');
    expect(await again.sqlWrite(statement)).toEqual([{ id: 12 }]);
  });

  it('is PracticeIdentityChanged where another practice answers', async () => {
    const { sites, practice } = await refused();
    sites('1001', [{ id: guidB, name: 'Another Practice' }]);
    expect(await failureOf(practice.sqlWrite(statement))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
    });
  });

  it('is AccessDenied where the server is still the same', async () => {
    const { sites, practice, agent } = await refused();
    sites('1001', [{ id: guidA }]);
    expect(await failureOf(practice.sqlWrite(statement))).toMatchObject({ code: 'ACCESS_DENIED' });
    expect(agent.pendingInterceptors()).toEqual([]);
  });

  it('is not confirmed where the look-up fails', async () => {
    const { answer, practice } = await refused();
    answer('GET', sitesPath('1001'), 500, wireError(500, 'no'));
    expect(await failureOf(practice.sqlWrite(statement))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      currentHaloGuid: null,
      retryable: false,
    });
  });
});

describe('pairing', () => {
  const path = (id: string, pms: string, code?: string) =>
    `/integrator/pair-site?practiceManagementSiteId=${id}&practiceManagementName=${encodeURIComponent(pms)}${code ? `&pairingCode=${code}` : ''}`;
  const request = { pms: 'BEST_PRACTICE', pmsSiteId: '1001', pairingCode: 'SYN 01' } as const;
  const paired = path('1001', 'Best Practice', 'SYN%2001');

  it('posts no body, gives the site, costs nothing and remembers whose it is', async () => {
    const { halo, answer, log } = fakeHalo();
    answer('POST', paired, 200, wireSite({ id: guidA }));
    const site = openSqlSite(halo);
    const session = site.session();
    expect(await session.pair(request)).toMatchObject({ haloGuid: guidA, pmsSiteId: '1001' });
    expect(site.directory.ownerOf(guidA)).toEqual({ pms: 'BEST_PRACTICE', pmsSiteId: '1001' });
    expect(session.cost()).toMatchObject({ calls: 1, charged: 0, bySite: [] });
    expect(JSON.stringify([log.lines, site.log.lines])).not.toContain('SYN');
  });

  it('leaves out a code that there is not', async () => {
    const { halo, answer } = fakeHalo();
    answer('POST', path('ZED-1', 'Zedmed'), 200, wireSite({ id: guidB, pmsId: 'ZED-1' }));
    await openSqlSite(halo).session().pair({ pms: 'ZEDMED', pmsSiteId: 'ZED-1', pairingCode: null });
  });

  it.each([
    [400, wireError(400, 'Bad'), { name: 'PairingRefused' }],
    [404, wireError(404, 'No such site'), { code: 'NOT_FOUND' }],
    [
      403,
      wireError(403, 'Caller Ip Not Allowed'),
      { code: 'ACCESS_DENIED', reason: 'CALLER_IP_NOT_ALLOWED' },
    ],
    [429, html, { code: 'RATE_LIMITED' }],
    [405, html, { code: 'UPSTREAM_FAILED', httpStatus: 405 }],
    [412, html, { code: 'UPSTREAM_FAILED', httpStatus: 412 }],
    [428, html, { code: 'UPSTREAM_FAILED', httpStatus: 428 }],
    [503, wireError(503, 'offline'), { code: 'SITE_UNAVAILABLE' }],
    [502, wireError(502, 'unexpected result code'), { code: 'UPSTREAM_FAILED', httpStatus: 502 }],
    [504, html, { code: 'UPSTREAM_FAILED', httpStatus: 504 }],
    [200, html, { code: 'UPSTREAM_FAILED', httpStatus: 200 }],
  ])('answers %i %j with an error of its own', async (status, body, error) => {
    const { halo, answer, log } = fakeHalo();
    answer('POST', paired, status, body);
    const site = openSqlSite(halo);
    expect(await failureOf(site.session().pair(request))).toMatchObject(error);
    expect(JSON.stringify([log.lines, site.log.lines])).not.toContain('SYN');
  });
});
