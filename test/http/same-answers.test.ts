/** Every entry point gives the same response: status, headers, body and audit lines. */
import { describe, expect, test } from 'vitest';
import type { ServerOptions } from '../../src/server.ts';
import { type FakeOptions, fakeHalo } from '../resolvers/fake-halo.ts';

type Way = NonNullable<ServerOptions['fastPath']>;

const json = { 'content-type': 'application/json' };
const viewer = '{ viewer { name } }';
const allowedOrigins = ['https://app.example', 'https://other.example'];

interface TestRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const post = (body: object, headers: Readonly<Record<string, string>> = {}): TestRequest => ({
  headers: { ...json, ...headers },
  body: JSON.stringify(body),
});

const requests: Readonly<Record<string, TestRequest>> = {
  'an operation': post({ query: viewer }),
  'an operation by its name': post({
    query: 'query A { viewer { name } } query B { viewer { __typename } }',
    operationName: 'B',
  }),
  'none of several': post({ query: 'query A { viewer { name } } query B { viewer { __typename } }' }),
  'one that is not there': post({ query: 'query A { viewer { name } }', operationName: 'B' }),
  'an empty operation name': post({ query: 'query A { viewer { name } }', operationName: '' }),
  'nulls for what is not given': post({
    query: viewer,
    operationName: null,
    variables: null,
    extensions: null,
  }),
  'an unknown parameter': post({ query: viewer, what: 1 }),
  'variables that are a list': post({ query: viewer, variables: [] }),
  'variables that do not fit': post({
    query: 'query ($id: ID!) { practice(bpSiteId: $id) { __typename } }',
    variables: {},
  }),
  'variables that fit': post({
    query:
      'query ($id: ID!) { practice(bpSiteId: $id) { ... on Practice { bpSiteId } ... on HaloError { code } } }',
    variables: { id: '1001' },
  }),
  'a condition that is null': post({
    query: 'query ($no: Boolean = false) { viewer { name @skip(if: $no) } }',
    variables: { no: null },
  }),
  'one above the price limit': post({
    query:
      'query ($ids: [ID!]!) { practices(bpSiteIds: $ids) { ... on Practice { appointmentTypes { __typename } } } }',
    variables: { ids: ['1', '2', '3', '4'] },
  }),
  'a lone surrogate': post({ query: viewer, variables: { a: '\ud800' } }),
  'a syntax error': post({ query: '{ viewer {' }),
  'an unknown field': post({ query: '{ nobody }' }),
  introspection: post({ query: '{ __schema { queryType { name } } }' }),
  'no JSON': { headers: json, body: '{' },
  'a list': { headers: json, body: '[]' },
  'nothing at all': { headers: json, body: '' },
  'a text': { headers: { 'content-type': 'text/plain' }, body: viewer },
  GraphQL: { headers: { 'content-type': 'application/graphql' }, body: viewer },
  'another charset': post({ query: viewer }, { 'content-type': 'application/json; charset=latin1' }),
  'UTF-8 by name': post({ query: viewer }, { 'content-type': 'application/json; charset=utf-8' }),
  ...Object.fromEntries(
    ['APPLICATION/JSON', 'Application/Json; Charset=UTF-8', 'application/JSON ; charset=utf-8'].map(
      (type) => [`the content type ${type}`, post({ query: viewer }, { 'content-type': type })],
    ),
  ),
  'GraphQL in capitals': { headers: { 'content-type': 'APPLICATION/GRAPHQL' }, body: viewer },
  'the price alone': post({ query: viewer }, { 'x-halo-price-only': 'true' }),
  'a request id': post({ query: viewer }, { 'x-request-id': 'of-the-caller' }),
  'an allowed origin': post({ query: viewer }, { origin: 'https://app.example' }),
  'another origin': post({ query: viewer }, { origin: 'https://evil.example' }),
  'a page of an allowed origin': post(
    { query: viewer },
    { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' },
  ),
  'a page of another origin': post(
    { query: viewer },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  ),
  'a page of ours': post({ query: viewer }, { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }),
  ...Object.fromEntries(
    [
      '*/*',
      'application/json',
      'application/graphql-response+json',
      'application/graphql-response+json, application/json;q=0.9',
      'application/json, application/graphql-response+json',
      'APPLICATION/JSON ; charset=utf-8',
      'application/json; charset=latin1',
      'application/*',
      'text/html, */*',
      'text/html',
      'text/event-stream',
      'text/event-stream, application/json',
      'multipart/mixed',
      '',
    ].map((accept) => [`accept: ${accept}`, post({ query: viewer }, { accept })]),
  ),
};

async function answer(way: Way, { headers = {}, body }: TestRequest, options: FakeOptions) {
  const { yoga, logged } = fakeHalo({ ...options, server: { ...options.server, fastPath: way } });
  const response = await yoga.fetch('http://localhost/graphql', { method: 'POST', headers, body });
  const own = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"ms":\d+|(?<=retry: )\d+/g;
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(
      [...response.headers]
        .filter(
          ([name]) =>
            ![
              'content-length',
              'access-control-allow-methods',
              'access-control-allow-headers',
              'access-control-max-age',
            ].includes(name),
        )
        .map(([name, value]) => [name.toLowerCase(), value.replace(own, 'ID')]),
    ),
    body: text.replace(own, 'ID'),
    logged: logged.map((line) => JSON.stringify(line).replace(own, 'ID')),
  };
}

const servers: Readonly<Record<string, FakeOptions>> = {
  alone: {},
  'with allowed origins': { server: { allowedOrigins } },
  'without introspection': { server: { introspection: false } },
  'with a limit on the price': { server: { priceLimit: { maxCharged: 3, source: 'auto' } } },
  'that knows its operations': {
    server: { knownOperations: { byId: new Map([['abc', viewer]]), only: true } },
  },
};

describe.each(Object.entries(servers))('a server %s', (_, options) => {
  test.each(Object.entries(requests))('%s', async (_name, request) => {
    expect(await answer('any', request, options)).toEqual(await answer('off', request, options));
  });
});

test.each([
  { documentId: 'abc' },
  { documentId: 'sha256:abc' },
  { documentId: 'unknown' },
  { documentId: 'abc', query: viewer },
  { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } },
])('a known operation: %o', async (body) => {
  for (const only of [true, false]) {
    const options = { server: { knownOperations: { byId: new Map([['abc', viewer]]), only } } };
    expect(await answer('any', post(body), options)).toEqual(await answer('off', post(body), options));
  }
});

test.each([
  'APPLICATION/JSON',
  'application/Json;charset=utf-8',
  'APPLICATION/JSON, text/plain',
  'Application/GraphQL+JSON',
  'APPLICATION/GRAPHQL',
])('the case of a content type has no meaning: %s', async (type) => {
  const body = /json/i.test(type) ? post({ query: viewer }).body : viewer;
  for (const way of ['any', 'off'] as const) {
    expect((await answer(way, { headers: { 'content-type': type }, body }, {})).status).toBe(200);
  }
});

test('what was read of patients is on record before the answer is out', async () => {
  const request = post({
    query: `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-24", first: 3) {
      ... on AppointmentConnection { nodes { reason patient { fullName } } } } } } }`,
  });
  const options = { practices: { '1001': {} } };
  const { logged, ...answered } = await answer('any', request, options);
  expect({ ...answered, logged }).toEqual(await answer('off', request, options));
  expect(logged.filter((line) => /"message":"operation"/.test(line))).toHaveLength(1);
  expect(logged.filter((line) => /"kind":"APPOINTMENTS"/.test(line))).toHaveLength(1);
});
