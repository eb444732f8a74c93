/** A subscription takes the same steps, and holds what it took until its stream ends. */
import { buildSchema, type ExecutionResult } from 'graphql';
import { expect, it, vi } from 'vitest';
import { addCosts } from '../../src/datasources/halo-cloud/transport/add-costs.ts';
import { Stop } from '../../src/lib/stop.ts';
import { createConcurrencyLimit } from '../../src/limits/concurrency-limit.ts';
import { createPipeline } from '../../src/operation/pipeline.ts';
import { isStream } from '../../src/operation/stream-results.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';

function opened() {
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
    authenticate: async () => ({ name: 'tester', scopes: [], practices: 'all' }),
    callerLimits: { rate: { take: async () => ({ allowed: true }) }, concurrency },
    metrics: createMetrics(),
    log,
    registered: [],
    environment: 'sandbox',
    deadlineMs: 60_000,
    openSession: () => ({ cost: () => addCosts([]), notices: () => [] }) as never,
    routePractice: () => undefined as never,
    idempotency: undefined as never,
  });
  const operation = pipeline.open({ method: 'POST', headers: new Headers(), signal: new Stop() });
  const run = async () => {
    const result = await pipeline.run(operation, { read: async () => ({ query: 'subscription { ticks }' }) });
    if (!isStream(result)) throw new Error(JSON.stringify(result));
    return result[Symbol.asyncIterator]() as AsyncGenerator<ExecutionResult>;
  };
  const isTaken = () => {
    const leave = concurrency.enter('tester');
    leave?.();
    return leave === null;
  };
  return { operation, run, isTaken, source, log };
}

const fault = () => {
  throw new Error('a fault of a test');
};

it('each event is a result of its own, masked, and the slot is given back at the end', async () => {
  const { run, isTaken, log } = opened();
  const stream = await run();
  const results: ExecutionResult[] = [];
  for await (const result of stream) {
    expect(isTaken()).toBe(true);
    results.push(result);
  }
  expect(results.map(({ data }) => data?.ticks)).toEqual([1, null, 3]);
  expect(results[1]?.errors?.[0]?.message).toBe('Unexpected error.');
  expect(results[0]?.extensions?.halo).toBeDefined();
  expect(log.error).toHaveBeenCalledTimes(1);
  expect(isTaken()).toBe(false);
});

it('a response that ends early ends the source, and gives the slot back', async () => {
  const { operation, run, isTaken, source } = opened();
  const stream = await run();
  await stream.next();
  operation.release();
  expect(isTaken()).toBe(false);
  await vi.waitFor(() => expect(source.ended).toBe(1));
  expect((await stream.next()).done).toBe(true);
});

it('also one that nobody has read from', async () => {
  const { operation, run, isTaken } = opened();
  await run();
  operation.release();
  expect(isTaken()).toBe(false);
});
