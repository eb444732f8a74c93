import { describe, expect, it } from 'vitest';
import { sitesOf } from '../../../src/datasources/halo-cloud/sites/sites.ts';
import { immediateWrite } from '../../../src/datasources/halo-cloud/sql/immediate-query.ts';
import { createHaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import { createRetryBudget } from '../../../src/datasources/halo-cloud/transport/retries.ts';
import { collectLog, contextOf, failureOf, guidA, guidB, key, listen, wireRows } from './kit.ts';
import { anyQuery, broken, error, type Reply, rows, scriptedHalo } from './scripted-halo.ts';

/** Returns these responses one after the other, then the last one always. */
function inTurn(...replies: Reply[]): () => Reply {
  let callCount = 0;
  return () => replies[Math.min(callCount++, replies.length - 1)] as Reply;
}
const operation = (log: ReturnType<typeof collectLog>, remainingMs = 10_000) =>
  contextOf(log, { retries: createRetryBudget(() => remainingMs) });

describe('a read that fails for the moment', () => {
  it.each([
    ['503', error(503), 1],
    ['429', error(429), 1],
    ['an error of 503 inside a 200', { status: 200, body: { error: { status: 503, message: 'x' } } }, 1],
    ['a refused connection', broken('ECONNREFUSED'), 1],
    ['a connection that broke off, which may be charged', broken('UND_ERR_SOCKET'), 2],
  ])('is retried: %s', async (_, failure, charged) => {
    const { halo, log, events, waits } = scriptedHalo(inTurn(failure, rows));
    const context = operation(log);
    expect(await halo.read(anyQuery(guidA), context)).toEqual([{ n: 1 }]);
    expect(context.cost.report()).toMatchObject({ calls: 2, charged, retries: 1 });
    expect(events.map(({ retried }) => retried)).toEqual([false, true]);
    expect(waits).toEqual([100]);
  });

  it('waits for a random part of a backoff that doubles', async () => {
    const { halo, log, waits } = scriptedHalo(inTurn(error(503)), () => 0.25);
    await failureOf(halo.read(anyQuery(guidA), operation(log)));
    expect(waits).toEqual([50, 100]);
  });

  it('waits as long as the response says, plus a random part of the backoff', async () => {
    const { halo, log, waits } = scriptedHalo(inTurn(error(429, 'x', { 'retry-after': '2' }), rows));
    await halo.read(anyQuery(guidA), operation(log));
    expect(waits).toEqual([2_100]);
  });

  it('is a look-up, too', async () => {
    const { halo, log } = scriptedHalo(inTurn(error(503), { status: 200, body: { sites: [] } }));
    expect(await halo.read(sitesOf('BEST_PRACTICE', '1001'), operation(log))).toEqual([]);
  });

  it('is retried twice at most', async () => {
    const { halo, log } = scriptedHalo(inTurn(error(503)));
    const context = operation(log);
    expect(await failureOf(halo.read(anyQuery(guidA), context))).toMatchObject({ code: 'SITE_UNAVAILABLE' });
    expect(context.cost.report()).toMatchObject({ calls: 3, charged: 0, retries: 2 });
  });

  it('shares the two retries with all reads of its operation', async () => {
    const { halo, log, sent } = scriptedHalo(inTurn(error(503)));
    const context = operation(log);
    const both = [guidA, guidB].map((guid) => failureOf(halo.read(anyQuery(guid), context)));
    await Promise.all(both);
    expect(sent).toHaveLength(4);
    await failureOf(halo.read(anyQuery(guidB), context));
    expect(sent).toHaveLength(5);
  });

  it('is not retried when the wait would exceed the deadline', async () => {
    const { halo, log, waits } = scriptedHalo(inTurn(error(429, 'x', { 'retry-after': '10' })));
    const context = operation(log, 9_000);
    expect(await failureOf(halo.read(anyQuery(guidA), context))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 10,
    });
    expect(context.cost.report()).toMatchObject({ calls: 1, retries: 0 });
    expect(waits).toEqual([]);
  });

  it('is not retried without a deadline', async () => {
    const { halo, log, sent } = scriptedHalo(inTurn(error(503)));
    await failureOf(halo.read(anyQuery(guidA), contextOf(log)));
    expect(sent).toHaveLength(1);
  });

  it('is not retried when it opened the circuit breaker', async () => {
    const { halo, log, sent } = scriptedHalo(inTurn(error(503)));
    for (let failures = 0; failures < 4; failures += 1)
      await failureOf(halo.read(anyQuery(guidA), contextOf(log)));
    const context = operation(log);
    expect(await failureOf(halo.read(anyQuery(guidA), context))).toMatchObject({ availability: 'OFFLINE' });
    expect(sent).toHaveLength(5);
    expect(context.cost.report()).toMatchObject({ calls: 1, retries: 0 });
  });

  it('is not retried when its caller disconnects during the wait', async () => {
    let calls = 0;
    const baseUrl = await listen((_, response) => {
      calls += 1;
      response.writeHead(503, { 'retry-after': '30' }).end('{}');
      setImmediate(() => caller.abort());
    });
    const caller = new AbortController();
    const log = collectLog();
    const halo = createHaloCloud({ baseUrl, subscriptionKey: key, log });
    const context = { ...operation(log, 60_000), signal: caller.signal };
    expect(await failureOf(halo.read(anyQuery(guidA), context))).toMatchObject({
      detail: 'the caller has gone',
    });
    expect(calls).toBe(1);
    await halo.close();
  });
});

describe('failures that are never retried', () => {
  it.each([
    ['504', error(504, 'Query took more than 30 seconds to return a result.')],
    ['504 of a site that is away', error(504, 'Site is unreachable')],
    ['413', error(413)],
    ['400', error(400)],
    ['401', error(401)],
    ['403', error(403)],
    ['404', error(404)],
    ['500', error(500)],
    ['502', error(502)],
    ['a connection that never came about in time', broken('UND_ERR_CONNECT_TIMEOUT')],
    ['an answer that did not come in time', broken('UND_ERR_HEADERS_TIMEOUT')],
    ['an answer that makes no sense', { status: 200, body: { nothing: true } }],
  ])('%s', async (_, failure) => {
    const { halo, log, sent } = scriptedHalo(inTurn(failure));
    await failureOf(halo.read(anyQuery(guidA), operation(log)));
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['503', error(503)],
    ['429', error(429)],
    ['a refused connection', broken('ECONNREFUSED')],
    ['a connection that broke off', broken('UND_ERR_SOCKET')],
  ])('a write: %s', async (_, failure) => {
    const { halo, log, sent } = scriptedHalo(inTurn(failure));
    const change = immediateWrite(guidA, { text: 'EXEC dbo.BP_Synthetic', parameters: [] });
    await failureOf(halo.write(change, operation(log)));
    expect(sent).toHaveLength(1);
  });
});

it('a successful read is sent once', async () => {
  const { halo, log, sent } = scriptedHalo(inTurn({ status: 200, body: wireRows([]) }));
  expect(await halo.read(anyQuery(guidA), operation(log))).toEqual([]);
  expect(sent).toHaveLength(1);
});
