/** Requests that are refused before execution. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const query = '{ practice(bpSiteId: "1001") { __typename } }';
const url = 'http://localhost/graphql';

describe('a compressed body', () => {
  test.each(['gzip', 'br', 'gzip, identity'])('is refused with a sentence: %s', async (encoding) => {
    const { yoga, opened } = fakeHalo();
    const response = await yoga.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body: gzipSync(JSON.stringify({ query })),
    });
    expect(response.status).toBe(415);
    expect(await response.text()).toContain('send it without Content-Encoding');
    expect(opened).toHaveLength(0);
  });

  test('may say that it is not compressed', async () => {
    const { yoga } = fakeHalo();
    const headers = { 'content-type': 'application/json', 'content-encoding': 'identity' };
    const response = await yoga.fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    expect(response.status).toBe(200);
  });
});

describe('a page of another site', () => {
  test('cannot send a query by a form', async () => {
    const { yoga, opened } = fakeHalo();
    const response = await yoga.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `query=${encodeURIComponent(query)}`,
    });
    expect(response.status).toBe(415);
    expect(opened).toHaveLength(0);
  });

  test.each(['GET', 'POST'])(
    'cannot send a query by a %s with the browser’s cross-site headers',
    async (method) => {
      const { yoga, opened } = fakeHalo();
      const response = await yoga.fetch(
        method === 'GET' ? `${url}?query=${encodeURIComponent(query)}` : url,
        {
          method,
          headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
          ...(method === 'POST' ? { body: JSON.stringify({ query }) } : {}),
        },
      );
      expect(response.status).toBe(403);
      expect(opened).toHaveLength(0);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('can link to GraphiQL', async () => {
    const { yoga } = fakeHalo();
    const page = await yoga.fetch(url, {
      headers: { accept: 'text/html', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    });
    expect(page.status).toBe(200);
  });
});

describe('a document', () => {
  test.each([
    ['too long', `{ viewer { ${'a '.repeat(20_000)} } }`],
    ['nested without end', '{ a '.repeat(4_900)],
    ['of nested lists', `{ node(id: ${'['.repeat(9_000)}`],
  ])('%s is the fault of its author', async (_which, document) => {
    const { request, logged } = fakeHalo();
    const answer = await (await request({ query: document })).json();
    expect(answer.errors[0].message).toMatch(/^Syntax Error/);
    expect(answer.errors[0].extensions.code).toBe('GRAPHQL_PARSE_FAILED');
    expect(logged.map(({ level }) => level)).toEqual(['info']);
  });

  test('that cannot be executed has its line in the log', async () => {
    const { request, logged } = fakeHalo();
    await request({ query: '{ nothing }' });
    expect(logged).toHaveLength(1);
    expect(logged[0]?.fields).toMatchObject({ operation: null, errors: ['GRAPHQL_VALIDATION_FAILED'] });
  });
});

describe('a body', () => {
  test('above a megabyte is not read', async () => {
    const { request } = fakeHalo();
    const response = await request({ query: '{ viewer { name } }', variables: { a: 'x'.repeat(1_000_001) } });
    expect(response.status).toBe(413);
  });

  test('that is not JSON is not quoted', async () => {
    const { yoga } = fakeHalo();
    const response = await yoga.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query": "Verysecret',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('Verysecret');
  });
});
