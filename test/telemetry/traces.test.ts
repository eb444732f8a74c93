import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, context, ROOT_CONTEXT, type Span, type SpanOptions, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { traceUpstreamCall } from '../../src/telemetry/traces.ts';
import { openFacade } from '../open-facade.ts';

interface Recorded {
  readonly name: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly attributes: Record<string, unknown>;
  status: number | undefined;
  ended: number;
}

const spans: Recorded[] = [];
const storage = new AsyncLocalStorage<Context>();

/** The part of an SDK that the API requires. */
const contextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: <A extends unknown[], R>(inside: Context, fn: (...args: A) => R, self?: unknown, ...args: A): R =>
    storage.run(inside, () => fn.apply(self as never, args)),
  bind: <T>(_inside: Context, target: T): T => target,
  enable: () => contextManager,
  disable: () => contextManager,
};
const provider = {
  getTracer: () => ({
    startSpan(name: string, options: SpanOptions = {}, parent: Context = context.active()): Span {
      const recorded: Recorded = {
        name,
        id: String(spans.length + 1),
        parent: trace.getSpan(parent)?.spanContext().spanId,
        attributes: { ...options.attributes },
        status: undefined,
        ended: 0,
      };
      spans.push(recorded);
      const span = {
        spanContext: () => ({ traceId: 't', spanId: recorded.id, traceFlags: 1 }),
        setAttribute(key: string, value: unknown) {
          recorded.attributes[key] = value;
          return span;
        },
        setStatus({ code }: { code: number }) {
          recorded.status = code;
          return span;
        },
        end() {
          recorded.ended += 1;
        },
      } as unknown as Span;
      return span;
    },
    startActiveSpan: () => {
      throw new Error('not used here');
    },
  }),
};

const facade = openFacade({ observe: traceUpstreamCall });
const query = `query Book($name: String!) { practice(bpSiteId: "1001") { ... on Practice {
  appointments(from: "2026-11-24") { ... on AppointmentConnection { nodes { reason patient { fullName } } } }
  patients(search: { name: $name }) { ... on PatientConnection { nodes { fullName } } } } } }`;

beforeAll(() => {
  context.setGlobalContextManager(contextManager);
  trace.setGlobalTracerProvider(provider);
});
beforeEach(() => void spans.splice(0));
afterAll(() => {
  trace.disable();
  context.disable();
  return facade.close();
});

test('every call of Halo Cloud is a child of its operation, also when operations run side by side', async () => {
  const [first, second] = await Promise.all([
    facade.execute(query, { name: 'samplewood' }),
    facade.execute(query.replace('1001', '1002').replace('Book', 'Other'), { name: 'samplewood' }),
  ]);
  const operations = spans.filter(({ parent }) => parent === undefined);
  expect(operations.map(({ name, attributes }) => [name, attributes['graphql.operation.name']])).toEqual([
    ['query', 'Book'],
    ['query', 'Other'],
  ]);
  for (const [index, answer] of [first, second].entries()) {
    const calls = spans.filter(({ parent }) => parent === operations[index]?.id);
    expect(calls).toHaveLength(answer.cost.calls);
    expect(calls.filter(({ attributes }) => attributes['halo.call.charged'])).toHaveLength(
      answer.cost.charged,
    );
  }
  expect(spans.every(({ ended }) => ended === 1)).toBe(true);
  expect(spans.find(({ attributes }) => attributes['halo.call.kind'] === 'sql')).toMatchObject({
    name: 'POST /integrator/sites/{siteId}/queries/immediate',
    attributes: {
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'halo.guid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  });
});

test('a failed call is marked as failed, without parts of the request or response', async () => {
  await facade.executeWithFault('1001:504', query, { name: 'Verysecret' });
  const failed = spans.filter(({ status }) => status === 2);
  expect(failed.length).toBeGreaterThan(0);
  await facade.execute(query, { name: 'samplewood' });
  expect(JSON.stringify(spans)).not.toMatch(/Verysecret|samplewood|SELECT|FIRSTNAME|Testperson/i);
});

test('an operation with errors names their codes', async () => {
  await facade.execute(
    `{ node(id: "${Buffer.from('Practice:BEST_PRACTICE:1007').toString('base64')}") { id ... on Practice { locations { __typename } } } viewer { name } }`,
  );
  await facade.yoga.fetch('http://facade.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: {} }),
  });
  expect(spans.filter(({ attributes }) => attributes['halo_graph.errors'])).toMatchObject([
    { name: 'query', status: 2, ended: 1 },
  ]);
});
