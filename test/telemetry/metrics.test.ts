import { afterEach, describe, expect, test } from 'vitest';
import { Unauthenticated } from '../../src/auth/unauthenticated.ts';
import type { CallKind } from '../../src/datasources/halo-cloud/transport/call-kind.ts';
import { haloErrorTable } from '../../src/error-codes.ts';
import { liveEventKinds, liveHintKinds } from '../../src/telemetry/live-counts.ts';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics.ts';
import { upstreamOutcome } from '../../src/telemetry/upstream-outcome.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const facades: Facade[] = [];
afterEach(() => Promise.all(facades.splice(0).map((facade) => facade.close())));

function opened(): { metrics: Metrics; facade: Facade } {
  const metrics = createMetrics();
  const facade = openFacade({ metrics, observe: metrics.upstreamEnded });
  facades.push(facade);
  return { metrics, facade };
}

const lineOf = async (metrics: Metrics, series: string): Promise<number | undefined> => {
  const line = (await metrics.text()).split('\n').find((text) => text.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};
const book = (bpSiteId = '1001') => `{ practice(bpSiteId: "${bpSiteId}") { __typename ... on Practice {
  appointments(from: "2026-11-24") { ... on AppointmentConnection { nodes { patient { fullName } } } } } } }`;

describe('what is counted', () => {
  test('operations, their calls and what was charged', async () => {
    const { metrics, facade } = opened();
    await facade.execute(book());
    expect(await lineOf(metrics, 'halo_graph_operations_total{type="query",outcome="ok"}')).toBe(1);
    expect(await lineOf(metrics, 'halo_graph_operation_seconds_count{type="query"}')).toBe(1);
    expect(await lineOf(metrics, 'halo_graph_upstream_calls_total{kind="sites",outcome="ok"}')).toBe(1);
    expect(await lineOf(metrics, 'halo_graph_upstream_calls_total{kind="sql",outcome="ok"}')).toBe(1);
    expect(await lineOf(metrics, 'halo_graph_upstream_charged_total{kind="sql"}')).toBe(1);
    expect(await lineOf(metrics, 'halo_graph_upstream_charged_total{kind="sites"}')).toBeUndefined();
  });

  test('as much as the responses report', async () => {
    const { metrics, facade } = opened();
    const answers = await Promise.all([book(), book(), book('1002')].map((query) => facade.execute(query)));
    const sum = (part: 'calls' | 'charged') => answers.reduce((all, { cost }) => all + cost[part], 0);
    const text = await metrics.text();
    const total = (name: string) =>
      [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\d+)$`, 'gm'))].reduce(
        (all, [, n]) => all + Number(n),
        0,
      );
    expect(total('halo_graph_upstream_calls_total')).toBe(sum('calls'));
    expect(total('halo_graph_upstream_charged_total')).toBe(sum('charged'));
    const coalesced = answers.reduce((all, { cost }) => all + cost.saved.coalesced, 0);
    expect(await lineOf(metrics, 'halo_graph_upstream_saved_total{how="coalesced"}')).toBe(coalesced);
  });

  test('saved calls, starting at 0', async () => {
    const metrics = createMetrics();
    const batched = () => lineOf(metrics, 'halo_graph_upstream_saved_total{how="batched"}');
    expect(await batched()).toBe(0);
    const end = { type: 'query', outcome: 'ok', seconds: 0.02 } as const;
    metrics.operationEnded({ ...end, saved: { batched: 3, coalesced: 0, cached: 0 } });
    metrics.operationEnded({ ...end, saved: { batched: 0, coalesced: 0, cached: 0 } });
    expect(await batched()).toBe(3);
    expect(await lineOf(metrics, 'halo_graph_upstream_saved_total{how="cached"}')).toBe(0);
  });

  test('retries, and charged calls without them', async () => {
    const { metrics, facade } = opened();
    const { cost } = await facade.execute(book('1007'));
    expect(cost.retries).toBeGreaterThan(0);
    expect(await lineOf(metrics, 'halo_graph_upstream_retries_total{kind="sql"}')).toBe(cost.retries);
    expect(await lineOf(metrics, 'halo_graph_upstream_calls_total{kind="sql",outcome="site_away"}')).toBe(
      cost.retries + 1,
    );
    expect(await lineOf(metrics, 'halo_graph_upstream_charged_total{kind="sql"}')).toBeUndefined();
  });

  test('failures, by code, also those that are data', async () => {
    const { metrics, facade } = opened();
    await facade.executeWithFault('1001:offline', book());
    expect(await lineOf(metrics, 'halo_graph_errors_total{code="SITE_UNAVAILABLE"}')).toBe(1);
    expect(await lineOf(metrics, 'halo_graph_operations_total{type="query",outcome="ok"}')).toBe(1);
  });

  test('a bug', async () => {
    const metrics = createMetrics();
    const { execute } = fakeHalo({
      practices: { '1001': { fails: new Error('a bug') } },
      server: { metrics },
    });
    await execute('{ practice(bpSiteId: "1001") { __typename } }');
    expect(await lineOf(metrics, 'halo_graph_errors_total{code="INTERNAL_SERVER_ERROR"}')).toBe(1);
    expect(await lineOf(metrics, 'halo_graph_operations_total{type="query",outcome="errors"}')).toBe(1);
  });

  test('refused requests', async () => {
    const metrics = createMetrics();
    const authenticate = async () => {
      throw Unauthenticated.missing();
    };
    const { request } = fakeHalo({ server: { metrics, authenticate } });
    await request({ query: '{ viewer { name } }' });
    expect(await lineOf(metrics, 'halo_graph_operations_total{type="none",outcome="refused"}')).toBe(1);
    expect(await lineOf(metrics, 'halo_graph_errors_total{code="UNAUTHENTICATED"}')).toBe(1);
  });

  test('a gauge is read at each scrape', async () => {
    const metrics = createMetrics();
    let open = 0;
    metrics.gauge('halo_graph_breakers_open', 'Practices whose breaker is open.', () => open);
    open = 3;
    expect(await lineOf(metrics, 'halo_graph_breakers_open')).toBe(3);
  });
});

describe('GET /metrics', () => {
  test('answers without a credential, and not to be kept', async () => {
    const authenticate = async () => {
      throw Unauthenticated.missing();
    };
    const { yoga } = fakeHalo({ server: { authenticate } });
    const response = await yoga.fetch('http://localhost/metrics');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toContain('# TYPE halo_graph_operations_total counter');
  });

  test('with process metrics, when they are enabled', async () => {
    const text = await createMetrics({ process: true }).text();
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(text).toMatch(/^process_resident_memory_bytes /m);
  });
});

/** Every value that a label may have. */
const bounded: Readonly<Record<string, ReadonlySet<string>>> = {
  type: new Set(['query', 'mutation', 'subscription', 'none']),
  outcome: new Set([
    ...['ok', 'errors', 'refused', 'forbidden', 'rate_limited', 'site_away', 'timed_out', 'failed'],
    ...['aborted', 'no_connection'],
  ]),
  kind: new Set<string>([
    ...liveEventKinds,
    ...liveHintKinds,
    'sites',
    'site',
    'pairing',
    'sql',
    'status',
    'result',
    'fhir',
    'metadata',
  ] satisfies (CallKind | (typeof liveEventKinds)[number] | (typeof liveHintKinds)[number])[]),
  how: new Set(['batched', 'coalesced', 'cached']),
  code: new Set([
    ...Object.keys(haloErrorTable),
    ...[
      'INTERNAL_SERVER_ERROR',
      'GRAPHQL',
      'GRAPHQL_PARSE_FAILED',
      'GRAPHQL_VALIDATION_FAILED',
      'BAD_REQUEST',
    ],
    ...['BAD_USER_INPUT', 'OPERATION_RESOLUTION_FAILURE', 'UNAUTHENTICATED', 'FORBIDDEN'],
  ]),
  le: new Set(['0.005', '0.025', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '30', '60', '+Inf']),
};

test('no label contains a value of a caller', async () => {
  const { metrics, facade } = opened();
  const hostile = ['Hostile_"}{ 1', 'x'.repeat(200), '__proto__', 'constructor', '\u0000\n# HELP', '1001\n'];
  for (const text of hostile) {
    const body = JSON.stringify({
      query: `query ${text} { practice(bpSiteId: ${JSON.stringify(text)}) { __typename } }`,
      operationName: text,
    });
    await facade.yoga.fetch('http://facade.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await facade.yoga.fetch(`http://facade.test/graphql?query=${encodeURIComponent(`{ ${text} }`)}`);
    const named = `query ($id: ID!) { practice(bpSiteId: $id) { __typename } node(id: $id) { id } }`;
    await facade.execute(named, { id: text }, { 'x-request-id': 'hostile-id', 'x-sandbox-fault': '404' });
    await facade.execute(`query N${text.length} { site(haloGuid: "${crypto.randomUUID()}") { __typename } }`);
  }
  for (let times = 0; times < 20; times += 1) {
    await facade.execute(`query Operation${times} { practice(bpSiteId: "${times}") { __typename } }`);
  }
  const text = await metrics.text();
  const labels = [...text.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]);
  expect(labels.length).toBeGreaterThan(20);
  for (const [name = '', value = ''] of labels) expect(bounded[name], `${name}=${value}`).toContain(value);
  expect(text).not.toMatch(/hostile|xxx|Operation\d|[0-9a-f]{8}-/i);
});

test.each([
  [200, null, 'ok'],
  [204, null, 'ok'],
  [401, null, 'forbidden'],
  [403, null, 'forbidden'],
  [404, null, 'refused'],
  [413, null, 'refused'],
  [429, null, 'rate_limited'],
  [500, null, 'failed'],
  [503, null, 'site_away'],
  [504, null, 'timed_out'],
  [null, 'aborted', 'aborted'],
  [null, 'unanswered', 'timed_out'],
  [200, 'aborted', 'aborted'],
  [null, 'ECONNREFUSED', 'no_connection'],
  [200, 'UND_ERR_SOCKET', 'no_connection'],
])('a call with status %s and failure %s is %s', (status, failure, outcome) => {
  expect(upstreamOutcome({ status, failure })).toBe(outcome);
});
