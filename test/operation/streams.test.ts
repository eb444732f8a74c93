/** A subscription passes the same steps, and keeps its resources until its stream ends. */
import { buildSchema, type ExecutionResult } from 'graphql';
import { expect, it, onTestFinished, vi } from 'vitest';
import { addCosts } from '../../src/datasources/halo-cloud/transport/add-costs.ts';
import { Stop } from '../../src/lib/stop.ts';
import { createConcurrencyLimit } from '../../src/limits/concurrency-limit.ts';
import { createPipeline } from '../../src/operation/pipeline.ts';
import { resultText } from '../../src/operation/result-text.ts';
import { isStream } from '../../src/operation/stream-results.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';

function opened(streamLimits = { perCaller: 2, perProcess: 3 }) {
  const schema = buildSchema('type Query { a: Int } type Subscription { ticks: Int }');
  const source = { ended: 0 };
  const ticks = schema.getSubscriptionType()?.getFields().ticks;
  if (!ticks) throw new Error('no such field');
  ticks.subscribe = async function* () {
    try {
      for (const tick of [1, 2, 3]) yield { ticks: tick === 2 ? fault : tick };
    } finally {
      source.ended += 1;
    }
  };
  const concurrency = createConcurrencyLimit({ perCaller: 1 });
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const pipeline = createPipeline({
    schema,
    authenticate: async ({ headers }) => ({
      name: headers.get('authorization') ?? 'tester',
      scopes: [],
      practices: 'all',
    }),
    callerLimits: { rate: { take: async () => ({ allowed: true }) }, concurrency },
    streamLimits,
    metrics: createMetrics(),
    log,
    registered: [],
    environment: 'sandbox',
    deadlineMs: 60_000,
    openSession: () => ({ cost: () => addCosts([]), notices: () => [] }) as never,
    routePractice: () => undefined as never,
    idempotency: undefined as never,
    live: undefined as never,
  });
  onTestFinished(() => pipeline.drainStreams(0));
  const start = async (caller = 'tester') => {
    const headers = new Headers({ authorization: caller });
    const operation = pipeline.open({ method: 'POST', headers, signal: new Stop() });
    const result = await pipeline.run(operation, { read: async () => ({ query: 'subscription { ticks }' }) });
    return { operation, result };
  };
  const run = async () => {
    const { operation, result } = await start();
    if (!isStream(result)) throw new Error(JSON.stringify(result));
    return { operation, stream: result[Symbol.asyncIterator]() };
  };
  return { run, start, pipeline, concurrency, source, log };
}

const fault = () => {
  throw new Error('a fault of a test');
};

it('each event is a separate masked result, and the slot is released at the end', async () => {
  const { run, pipeline, log } = opened();
  const { stream } = await run();
  const results: ExecutionResult[] = [];
  for (let next = await stream.next(); !next.done; next = await stream.next()) {
    expect(pipeline.streams()).toBe(1);
    results.push(next.value);
  }
  expect(results.map(({ data }) => data?.ticks)).toEqual([1, null, 3]);
  expect(results[1]?.errors?.[0]?.message).toBe('Unexpected error.');
  expect(results[0]?.extensions?.halo).toBeDefined();
  expect(log.error).toHaveBeenCalledTimes(1);
  expect(pipeline.streams()).toBe(0);
});

it('its text is the same as that of JSON.stringify', async () => {
  const { stream } = await opened().run();
  for (let next = await stream.next(); !next.done; next = await stream.next()) {
    expect(JSON.parse(resultText(next.value))).toEqual(JSON.parse(JSON.stringify(next.value)));
  }
});

it('is none of the operations that run and end', async () => {
  const { run, concurrency } = opened();
  await run();
  expect(concurrency.enter('tester')).not.toBeNull();
});

it('a response that ends early ends the source, and releases the slot', async () => {
  const { run, pipeline, source } = opened();
  const { operation, stream } = await run();
  await stream.next();
  operation.release();
  expect(pipeline.streams()).toBe(0);
  await vi.waitFor(() => expect(source.ended).toBe(1));
  expect((await stream.next()).done).toBe(true);
});

it('also a stream that was never read', async () => {
  const { run, pipeline } = opened();
  const { operation } = await run();
  operation.release();
  expect(pipeline.streams()).toBe(0);
});

it('subscriptions of one caller and of one process are limited', async () => {
  const { start, pipeline } = opened();
  const [first] = [await start('a'), await start('a')];
  const refused = async (caller: string) => {
    const { result, operation } = await start(caller);
    operation.release();
    return (result as ExecutionResult).errors?.[0]?.extensions;
  };
  expect(await refused('a')).toMatchObject({
    code: 'TOO_MANY_SUBSCRIPTIONS',
    retryAfterSeconds: 10,
    http: { status: 429 },
  });
  await start('b');
  expect(await refused('c')).toMatchObject({ code: 'TOO_MANY_SUBSCRIPTIONS' });
  first?.operation.release();
  expect(isStream((await start('c')).result as never)).toBe(true);
  expect(pipeline.streams()).toBe(3);
});

it('a server that stops ends them all, each with a reason, and opens no other', async () => {
  const { start, run, pipeline } = opened();
  const { stream } = await run();
  await pipeline.drainStreams(0);
  const last = await stream.next();
  expect(last.value?.errors?.[0]?.extensions).toMatchObject({
    code: 'SERVER_STOPPING',
    retryAfterSeconds: expect.any(Number),
  });
  expect((await stream.next()).done).toBe(true);
  expect(pipeline.streams()).toBe(0);
  expect(((await start()).result as ExecutionResult).errors?.[0]?.extensions).toMatchObject({
    code: 'SERVER_STOPPING',
  });
});
