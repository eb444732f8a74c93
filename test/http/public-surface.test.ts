/** Settings of the operator: persisted operations, introspection, GraphiQL, other origins. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parsePersistedOperations } from '../../src/operation/persisted-operations.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const file = readFileSync(new URL('../../examples/client/persisted-documents.json', import.meta.url), 'utf8');
const known = parsePersistedOperations(file);
const [id = '', document = ''] = [...known.byId].find(([, text]) => text.startsWith('query DayBook')) ?? [];
const variables = { bpSiteId: '1001', date: '2026-11-23' };

describe('persisted operations', () => {
  test('are those that the code generator wrote, all of them valid', () => {
    expect(known.faults).toEqual([]);
    expect(known.byId.size).toBeGreaterThan(10);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['{', /not JSON/],
    ['[]', /object of documents/],
    ['{"a":1}', /object of documents/],
    ['{"a":"query {"}', /^a: Syntax Error/],
    ['{"a":"{ nothing }"}', /^a: Cannot query field "nothing"/],
  ])('a file that reads %s is refused', (text, fault) => {
    const { byId, faults } = parsePersistedOperations(text);
    expect(byId.size).toBe(0);
    expect(faults).toEqual([expect.stringMatching(fault)]);
  });

  const sendRequest = async (only: boolean, body: object) => {
    const { request } = fakeHalo({ server: { knownOperations: { ...known, only } } });
    const response = await request(body);
    const { data, errors } = await response.json();
    return { status: response.status, data, code: errors?.[0]?.extensions?.code };
  };

  test.each([false, true])('may be named instead of sent (nothing else answered: %s)', async (only) => {
    const persistedQuery = { version: 1, sha256Hash: id };
    for (const body of [
      { documentId: id, variables },
      { documentId: `sha256:${id}`, variables },
      { extensions: { persistedQuery }, variables },
    ]) {
      const answer = await sendRequest(only, body);
      expect(answer).toMatchObject({ status: 200, data: { practice: { __typename: 'Practice' } } });
    }
  });

  test('one that is not known is refused, and so is all else where only they are answered', async () => {
    expect(await sendRequest(false, { documentId: '0'.repeat(64) })).toMatchObject({
      status: 400,
      code: 'PERSISTED_OPERATION_UNKNOWN',
    });
    expect(await sendRequest(false, {})).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await sendRequest(true, { query: document, variables })).toMatchObject({
      status: 400,
      code: 'PERSISTED_OPERATIONS_ONLY',
    });
    expect((await sendRequest(false, { query: document, variables })).status).toBe(200);
  });
});

describe('introspection', () => {
  const query = '{ __schema { queryType { name } } __type(name: "Practice") { name } }';

  test('can be switched off, but for __typename', async () => {
    const { execute: sendRequest } = fakeHalo({ server: { introspection: false } });
    expect((await sendRequest(query)).errors[0].message).toMatch(/introspection/);
    expect((await sendRequest('{ __typename viewer { __typename } }')).errors).toBeUndefined();
    expect((await fakeHalo().execute(query)).errors).toBeUndefined();
  });
});

describe('GraphiQL', () => {
  const open = (graphiql: boolean) =>
    fakeHalo({ server: { graphiql } }).yoga.fetch('http://localhost/graphql', {
      headers: { accept: 'text/html' },
    });

  test('can be switched off', async () => {
    expect((await open(true)).headers.get('content-type')).toMatch(/html/);
    expect((await open(false)).status).toBe(406);
  });
});

describe('GraphiQL of a server that answers nothing but persisted operations', () => {
  it('I13: is not there', async () => {
    const open = (only: boolean) =>
      fakeHalo({ server: { graphiql: true, knownOperations: { ...known, only } } }).yoga.fetch(
        'http://localhost/graphql',
        { headers: { accept: 'text/html' } },
      );
    expect((await open(false)).headers.get('content-type')).toMatch(/html/);
    expect((await open(true)).status).toBe(406);
  });
});

describe('other origins', () => {
  const app = 'https://app.example';
  const fetchFrom = (origin: string, allowedOrigins: readonly string[], method = 'POST') =>
    fakeHalo({ server: { allowedOrigins } }).yoga.fetch('http://localhost/graphql', {
      method,
      headers: {
        origin,
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/json',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
      ...(method === 'POST' && { body: JSON.stringify({ query: '{ viewer { name } }' }) }),
    });

  test('E6: may send the headers that GraphQL clients and tracing send, and those that the operator names', async () => {
    const preflight = async (
      server: NonNullable<Parameters<typeof fakeHalo>[0]>['server'],
      header: string,
    ) => {
      const answer = await fakeHalo({ server: { allowedOrigins: [app], ...server } }).yoga.fetch(
        'http://localhost/graphql',
        {
          method: 'OPTIONS',
          headers: {
            origin: app,
            'sec-fetch-site': 'cross-site',
            'access-control-request-method': 'POST',
            'access-control-request-headers': header,
          },
        },
      );
      expect(answer.status).toBe(204);
      const allowed = (answer.headers.get('access-control-allow-headers') ?? '').toLowerCase();
      return allowed.split(/, ?/).includes(header);
    };
    for (const header of [
      ...['authorization', 'content-type', 'x-request-id', 'x-halo-price-only'],
      ...['apollographql-client-name', 'apollographql-client-version', 'apollo-require-preflight'],
      ...['traceparent', 'tracestate'],
    ]) {
      expect([header, await preflight({}, header)]).toEqual([header, true]);
    }
    expect(await preflight({ simulateFaults: true }, 'x-sandbox-fault')).toBe(true);
    expect(await preflight({ simulateFaults: false }, 'x-sandbox-fault')).toBe(false);
    expect(await preflight({}, 'x-app-version')).toBe(false);
    expect(await preflight({ corsHeaders: ['x-app-version'] }, 'x-app-version')).toBe(true);
  });

  test('are turned away, unless the operator allows them by name', async () => {
    expect((await fetchFrom(app, [])).status).toBe(403);
    expect((await fetchFrom('https://evil.example', [app])).status).toBe(403);
    const allowed = await fetchFrom(app, [app]);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(app);
    expect(allowed.headers.get('access-control-allow-credentials')).not.toBe('true');
  });

  test('E6: a preflight is granted to them alone', async () => {
    const granted = await fetchFrom(app, [app, 'https://other.example'], 'OPTIONS');
    expect(granted.headers.get('access-control-allow-origin')).toBe(app);
    expect(granted.headers.get('access-control-allow-headers')).toMatch(/authorization/);
    // `null` is the origin of a sandboxed frame, which any page can have.
    for (const origin of ['https://evil.example', 'null']) {
      for (const method of ['OPTIONS', 'POST']) {
        const refused = await fetchFrom(origin, [app, 'https://other.example'], method);
        expect(refused.headers.get('access-control-allow-origin')).toBeNull();
      }
    }
    expect((await fetchFrom(app, [], 'OPTIONS')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
