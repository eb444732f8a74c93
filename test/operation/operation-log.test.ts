/** The access line: one for each operation, whatever came of it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Unauthenticated } from '../../src/auth/unauthenticated.ts';
import { everyScope } from '../../src/scopes.ts';
import { type FakeOptions, fakeHalo } from '../resolvers/fake-halo.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function opened(options: FakeOptions = {}) {
  const halo = fakeHalo(options);
  const lines = () =>
    halo.logged.filter(({ message }) => message === 'operation').map(({ fields }) => fields);
  return { ...halo, lines };
}

const book = '{ practice(bpSiteId: "1001") { ... on Practice { timeZone } } }';

test('names the caller, the operation, its practices, its outcome and its cost', async () => {
  const { request, lines } = opened({ practices: { '1001': {}, '1002': {} } });
  await request(
    {
      query: `query Both { a: practice(bpSiteId: "1001") { __typename } b: practice(bpSiteId: "1002") { __typename } c: practice(bpSiteId: "7777") { __typename } }`,
    },
    { 'x-request-id': 'from-outside' },
  );
  expect(lines()).toEqual([
    {
      requestId: 'from-outside',
      caller: 'tester',
      operation: 'Both',
      type: 'query',
      practices: ['1001', '1002'],
      status: 200,
      ms: expect.any(Number),
      errors: [],
      cost: expect.objectContaining({ calls: expect.any(Number), charged: expect.any(Number) }),
    },
  ]);
});

test('a practice that is none of the caller’s is not among those reached', async () => {
  const { request, lines } = opened({
    practices: { '1001': {}, '1002': {} },
    server: { authenticate: async () => ({ name: 'narrow', scopes: everyScope, practices: ['1002'] }) },
  });
  await request({ query: book });
  expect(lines()).toMatchObject([{ caller: 'narrow', practices: [] }]);
});

describe('a refused request has its log line', () => {
  test.each([
    ['not valid', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['not GraphQL', { query: '{' }, 'GRAPHQL_PARSE_FAILED'],
    ['no operation', {}, 'BAD_REQUEST'],
  ])('%s', async (_which, body, code) => {
    const { request, lines } = opened();
    await request(body);
    expect(lines()).toMatchObject([
      { caller: 'tester', type: null, practices: [], status: expect.any(Number), errors: [code] },
    ]);
  });

  test('an unknown caller', async () => {
    const authenticate = async () => {
      throw Unauthenticated.missing();
    };
    const { request, lines } = opened({ server: { authenticate } });
    await request({ query: book });
    expect(lines()).toMatchObject([{ caller: null, status: 401, errors: ['UNAUTHENTICATED'] }]);
  });

  test('an unsupported content type', async () => {
    const { yoga, lines } = opened();
    await yoga.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'hello',
    });
    expect(lines()).toMatchObject([{ caller: 'tester', status: 415, errors: ['BAD_REQUEST'] }]);
  });
});

test('no line for a request that is not an operation', async () => {
  const { yoga, lines } = opened();
  await yoga.fetch('http://localhost/health');
  await yoga.fetch('http://localhost/metrics');
  await yoga.fetch('http://localhost/graphql', { headers: { accept: 'text/html' } });
  expect(lines()).toEqual([]);
});

test('a caller who disconnects has a log line with the reached practices, and an audit line', async () => {
  let requested = () => {};
  const reached = new Promise<void>((resolve) => {
    requested = resolve;
  });
  const { yoga, lines, logged } = opened({
    practices: {
      '1001': {
        data: {
          patients: () => {
            requested();
            return new Promise((resolve) => setTimeout(resolve, 100, []));
          },
        },
      },
    },
  });
  const server = createServer(yoga).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const caller = new AbortController();
  const answer = fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        '{ practice(bpSiteId: "1001") { ... on Practice { patients(search: { name: "a" }) { __typename } } } }',
    }),
    signal: caller.signal,
  }).catch(() => 'hung up');
  await reached;
  caller.abort();
  expect(await answer).toBe('hung up');
  await expect.poll(lines).toMatchObject([{ practices: ['1001'] }]);
  const audited = () => logged.filter(({ message }) => message === 'patient data');
  await expect
    .poll(audited)
    .toMatchObject([{ fields: { caller: 'tester', bpSiteId: '1001', by: ['name'] } }]);
});
