import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { siteOf, sitesOf } from '../../../src/datasources/halo-cloud/sites/sites.ts';
import { immediateQuery } from '../../../src/datasources/halo-cloud/sql/immediate-query.ts';
import { createHaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import { createCostAccount } from '../../../src/datasources/halo-cloud/transport/cost-account.ts';
import {
  collectLog,
  contextOf,
  failureOf,
  fakeHalo,
  guidA,
  guidB,
  key,
  listen,
  origin,
  sitePath,
  sqlPath,
  wireError,
  wireRows,
  wireSite,
} from './kit.ts';

const query = immediateQuery(guidA, {
  text: 'SELECT SURNAME AS surname FROM PATIENTS WHERE SURNAME = @name',
  parameters: [{ name: '@name', type: 'VarChar', value: 'Invented' }],
});

describe('client', () => {
  it('sends key, accept, user agent and the command as the contract writes it', async () => {
    const { agent, halo, log } = fakeHalo();
    agent
      .get(origin)
      .intercept({
        method: 'POST',
        path: sqlPath(guidA),
        headers: {
          'ocp-apim-subscription-key': key,
          accept: 'application/json',
          'user-agent': 'halo-graph',
          'content-type': 'application/json',
          'x-sandbox-fault': 'slow',
        },
        body: (sent) =>
          String(sent) ===
          JSON.stringify({
            command: {
              text: 'SELECT SURNAME AS surname FROM PATIENTS WHERE SURNAME = @name',
              type: 'text',
              executionMode: 'reader',
              parameters: [{ name: '@name', direction: 'input', type: 'VarChar', value: 'Invented' }],
            },
          }),
      })
      .reply(200, wireRows([{ surname: 'Invented' }]));
    const context = contextOf(log, { simulatedFault: 'slow' });
    expect(await halo.read(query, context)).toEqual([{ surname: 'Invented' }]);
    expect(log.lines).toEqual([
      {
        level: 'debug',
        message: 'Halo Cloud',
        requestId: 'request-1',
        method: 'POST',
        route: '/integrator/sites/{siteId}/queries/immediate',
        haloGuid: guidA,
        status: 200,
        ms: expect.any(Number),
      },
    ]);
  });

  it('counts calls and what was charged, by site', async () => {
    const { halo, log, answer, sites } = fakeHalo();
    const cost = createCostAccount();
    const context = contextOf(log, { cost });
    sites('1001', [{ id: guidA }]);
    answer('GET', sitePath(guidA), 200, wireSite({ id: guidA }));
    answer('POST', sqlPath(guidA), 200, wireRows([]));
    answer('POST', sqlPath(guidB), 503, wireError(503, 'offline'));
    await halo.read(sitesOf('BEST_PRACTICE', '1001'), context);
    await halo.read(siteOf(guidA), context);
    await halo.read(query, context);
    await failureOf(halo.read(immediateQuery(guidB, { text: 'SELECT 1 AS a', parameters: [] }), context));
    expect(cost.report()).toEqual({
      calls: 4,
      charged: 1,
      retries: 0,
      saved: { batched: 0, coalesced: 0, cached: 0 },
      bySite: [
        { haloGuid: guidA, calls: 2, charged: 1 },
        { haloGuid: guidB, calls: 1, charged: 0 },
      ],
    });
  });

  it('makes one call of identical reads of two operations, but not across other headers', async () => {
    const { halo, log, sql, paths } = fakeHalo();
    const [first, second, third] = [createCostAccount(), createCostAccount(), createCostAccount()];
    sql(guidA, [{ n: 1 }], 2);
    const answers = await Promise.all([
      halo.read(query, contextOf(log, { cost: first })),
      halo.read(query, contextOf(log, { cost: second })),
      halo.read(query, contextOf(log, { cost: third, simulatedFault: 'slow' })),
    ]);
    expect(answers).toEqual([[{ n: 1 }], [{ n: 1 }], [{ n: 1 }]]);
    expect(paths()).toHaveLength(2);
    expect(first.report()).toMatchObject({ calls: 1, charged: 1 });
    expect(second.report()).toMatchObject({ calls: 0, charged: 0, bySite: [], saved: { coalesced: 1 } });
    expect(third.report()).toMatchObject({ calls: 1, saved: { coalesced: 0 } });
  });

  it.each([
    [400, wireError(400, 'Malformed SQL'), 1],
    [504, wireError(504, 'Query took more than 30 seconds to return a result.'), 1],
    [504, wireError(504, 'Site is unreachable'), 0],
    [403, wireError(403, 'x'), 0],
    [429, wireError(429, 'x'), 0],
  ])(
    'counts a charge only where the practice may have been reached: %i %j',
    async (status, body, charged) => {
      const { halo, log, answer } = fakeHalo();
      const context = contextOf(log);
      answer('POST', sqlPath(guidA), status, body);
      await failureOf(halo.read(query, context));
      expect(context.cost.report()).toMatchObject({ calls: 1, charged, bySite: [{ calls: 1, charged }] });
    },
  );

  it('finds an error inside a 200', async () => {
    const { halo, log, answer } = fakeHalo();
    const errorDetails = { errorType: 'mssql', errorCode: 229, errorMessage: 'x' };
    answer('POST', sqlPath(guidA), 200, {
      status: 'executionFailed',
      errorDetails,
      result: { rows: 0, data: '' },
    });
    expect(await failureOf(halo.read(query, contextOf(log)))).toMatchObject({
      code: 'PMS_ERROR',
      errorCode: 229,
    });
  });

  it('keeps a path of the base URL', async () => {
    const { agent, log } = fakeHalo();
    const halo = createHaloCloud({
      baseUrl: `${origin}/proxy/`,
      subscriptionKey: key,
      dispatcher: agent,
      log,
    });
    agent
      .get(origin)
      .intercept({ method: 'GET', path: `/proxy${sitePath(guidA)}` })
      .reply(200, wireSite({ id: guidA }));
    expect(await halo.read(siteOf(guidA), contextOf(log))).toMatchObject({ haloGuid: guidA });
  });
});

describe('client, over a real connection', () => {
  const open = (baseUrl: string) => {
    const log = collectLog();
    return { log, halo: createHaloCloud({ baseUrl, subscriptionKey: key, log }), context: contextOf(log) };
  };
  const html = '<!doctype html><title>Bad Gateway</title>';

  it.each([
    ['HTML', 200, 'text/html', html, 'not JSON'],
    ['truncated JSON', 200, 'application/json', '{"status":"successful","result":{"data":"', 'not JSON'],
    ['nothing', 200, 'application/json', '', 'empty'],
    ['wrong types', 200, 'application/json', '{"result":"none"}', 'not a query result: body (invalid_union)'],
    ['a bare null', 200, 'application/json', 'null', 'not a query result: body (invalid_union)'],
    [
      'data that is no base64',
      200,
      'application/json',
      '{"result":{"data":"%%"}}',
      'result.data is not base64 of JSON',
    ],
  ])(
    'answers %s with UpstreamFailed and a line for the operator',
    async (_what, status, type, body, what) => {
      const url = await listen((_request, response) => {
        response.writeHead(status, { 'content-type': type }).end(body);
      });
      const { halo, log, context } = open(url);
      const error = await failureOf(halo.read(query, context));
      expect(error).toMatchObject({ code: 'UPSTREAM_FAILED', httpStatus: 200, detail: what });
      expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
        expect.objectContaining({ what, contentType: type, length: body.length, status }),
      ]);
      await halo.close();
    },
  );

  it('maps a gateway page by its status, and says that it was garbage', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(503, { 'content-type': 'text/html', 'retry-after': '7' }).end(html);
    });
    const { halo, log, context } = open(url);
    expect(await failureOf(halo.read(query, context))).toMatchObject({
      code: 'SITE_UNAVAILABLE',
      availability: null,
      retryAfterSeconds: 7,
    });
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    await halo.close();
  });

  it('finds no fault with an error that says no more than its status', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(503).end();
    });
    const { halo, log, context } = open(url);
    expect(await failureOf(halo.read(query, context))).toMatchObject({ code: 'SITE_UNAVAILABLE' });
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    await halo.close();
  });

  it('stops reading an answer above the limit and drops the connection', async () => {
    let dropped = false;
    let written = 0;
    const url = await listen((request, response) => {
      request.socket.once('close', () => {
        dropped = true;
      });
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(256 * 1024, '1');
      const more = () => {
        while (!response.destroyed && written < 64 * 1024 * 1024) {
          written += chunk.length;
          if (!response.write(chunk)) return response.once('drain', more);
        }
        return response.end();
      };
      more();
    });
    const { halo, context } = open(url);
    expect(await failureOf(halo.read(siteOf(guidA), context))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      detail: 'longer than 1048576 bytes',
    });
    while (!dropped) await pause(5);
    expect(written).toBeLessThan(32 * 1024 * 1024);
    await halo.close();
  });

  it('takes no announcement for the answer', async () => {
    const url = await listen((request, response) => {
      response.writeProcessing();
      setTimeout(() => request.socket.destroy(), 5);
    });
    const { halo, log, context } = open(url);
    expect(await failureOf(halo.read(query, context))).toMatchObject({ code: 'UPSTREAM_FAILED' });
    expect(log.lines.filter(({ level }) => level === 'debug')).toEqual([
      expect.objectContaining({ status: null, failure: 'UND_ERR_SOCKET' }),
    ]);
    await halo.close();
  });

  it('reads UTF-8 with its byte order mark, wherever it was cut', async () => {
    const body = Buffer.from(
      `\uFEFF${JSON.stringify({ ...wireSite({ id: guidA, name: 'Café Invented' }) })}`,
    );
    const cut = body.indexOf('é') + 1;
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json; charset=iso-8859-1' });
      response.write(body.subarray(0, cut), () => setTimeout(() => response.end(body.subarray(cut)), 5));
    });
    const { halo, context } = open(url);
    expect(await halo.read(siteOf(guidA), context)).toMatchObject({ practiceName: 'Café Invented' });
    await halo.close();
  });

  it('reads 10 MB of rows, which is what SQL may answer', async () => {
    const rows = [{ text: 'x'.repeat(7 * 1024 * 1024) }];
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(wireRows(rows)));
    });
    const { halo, context } = open(url);
    expect(await halo.read(query, context)).toEqual(rows);
    await halo.close();
  });

  it.each([
    ['before the answer', false],
    ['in the middle of the answer', true],
  ])('answers a connection cut %s with UpstreamFailed, without a retry', async (_when, begun) => {
    let requests = 0;
    const url = await listen((request, response) => {
      requests += 1;
      if (begun) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"status":', () => request.socket.destroy());
      } else request.socket.destroy();
    });
    const { halo, context } = open(url);
    expect(await failureOf(halo.read(query, context))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      httpStatus: null,
      retryable: true,
      detail: expect.stringContaining('connection failed'),
    });
    expect(requests).toBe(1);
    expect(context.cost.report()).toMatchObject({ calls: 1, charged: 1 });
    await halo.close();
  });

  it('answers a refused connection with UpstreamFailed and no charge', async () => {
    const { halo, context } = open('http://127.0.0.1:1');
    expect(await failureOf(halo.read(query, context))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      detail: 'connection failed: ECONNREFUSED',
    });
    expect(context.cost.report()).toMatchObject({ calls: 1, charged: 0 });
    await halo.close();
  });

  it('gives up at the deadline: QueryTimedOut for a query, UpstreamFailed for a look-up', async () => {
    let closed = 0;
    let callCount = 0;
    const url = await listen((request) => {
      callCount += 1;
      request.socket.once('close', () => {
        closed += 1;
      });
    });
    const { halo, log } = open(url);
    const deadline = new AbortController();
    const context = contextOf(log, { signal: deadline.signal });
    const both = [failureOf(halo.read(query, context)), failureOf(halo.read(siteOf(guidA), context))];
    while (callCount < 2) await pause(5);
    deadline.abort(new DOMException('late', 'TimeoutError'));
    const [timedOut, failed] = await Promise.all(both);
    expect(timedOut).toMatchObject({ code: 'QUERY_TIMED_OUT' });
    expect(failed).toMatchObject({ code: 'UPSTREAM_FAILED', httpStatus: null });
    while (closed < 2) await pause(5);
    await halo.close();
  });

  it('stops upstream when the caller has gone', async () => {
    let closed = false;
    const gone = new AbortController();
    const url = await listen((request) => {
      request.socket.once('close', () => {
        closed = true;
      });
      gone.abort();
    });
    const { halo, log } = open(url);
    expect(await failureOf(halo.read(query, contextOf(log, { signal: gone.signal })))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      detail: 'the caller has gone',
    });
    while (!closed) await pause(5);
    await halo.close();
  });

  it('reuses its connections', async () => {
    const sockets = new Set<unknown>();
    const url = await listen((request, response) => {
      sockets.add(request.socket);
      response.end(JSON.stringify(wireSite({ id: guidA })));
    });
    const { halo, context } = open(url);
    for (let n = 0; n < 12; n += 1) await halo.read(siteOf(guidA), context);
    expect(sockets.size).toBeLessThanOrEqual(2);
    await halo.close();
  });
});
