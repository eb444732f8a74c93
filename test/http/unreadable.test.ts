/** Requests that a fuzzer found. Each is a client error, and the response says so. */
import { describe, expect, test } from 'vitest';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const { yoga, request, logged } = fakeHalo();
const url = 'http://localhost/graphql';
const quiet = () => expect(logged.splice(0).filter(({ level }) => level !== 'info')).toEqual([]);

describe('a request that cannot be read', () => {
  test.each(['variables={', 'extensions=nonsense', 'variables=%5B'])('by GET with %s', async (part) => {
    const response = await yoga.fetch(`${url}?query={viewer{name}}&${part}`);
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions.code).toBe('BAD_REQUEST');
    quiet();
  });

  test('by a body that breaks off', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{ viewer {'));
        controller.error(new Error('gone'));
      },
    });
    const response = await yoga.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/graphql' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(400);
    quiet();
  });

  test.each(['{"id":"\\ud800"}', '{"id":["1",{"a":"x\\udc00"}]}'])(
    'by variables with a lone surrogate, as in %s',
    async (variables) => {
      const response = await yoga.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query":"query ($id: ID!) { practice(bpSiteId: $id) { __typename } }","variables":${variables}}`,
      });
      expect(response.status).toBe(400);
      expect((await response.json()).errors[0].message).toMatch(/lone surrogate/);
      quiet();
    },
  );

  test('a whole character beyond the first plane is one', async () => {
    const query = 'query ($id: ID!) { practice(bpSiteId: $id) { __typename } }';
    const response = await request({ query, variables: { id: '\u{1f3e5}' } });
    expect((await response.json()).data).toEqual({ practice: { __typename: 'NotFound' } });
    logged.length = 0;
  });
});

describe('a document', () => {
  const many = <T>(count: number, each: (at: number) => T) =>
    Array.from({ length: count }, (_, at) => each(at));

  test('of many fragments that lead in circles is refused before they are compared', async () => {
    const circles = many(
      300,
      (at) => `fragment F${at} on Query { ...F${(at + 1) % 300} ...F${(at * 7) % 300} }`,
    );
    const response = await request({ query: `{ ...F0 } ${circles.join(' ')}` });
    const { errors } = await response.json();
    expect(errors[0].message).toMatch(/^Cannot spread fragment/);
    expect(errors.length).toBeLessThan(10);
    quiet();
  });

  test('above a hundred thousand characters is not read', async () => {
    const response = await request({
      query: `{ practice(bpSiteId: "${'x'.repeat(100_000)}") { __typename } }`,
    });
    expect((await response.json()).errors[0].extensions.code).toBe('DOCUMENT_TOO_LARGE');
  });

  test('is not repeated in each of its errors', async () => {
    const ids = many(40, (at) => `$v${at}`);
    const query = `query ${'N'.repeat(80_000)} { nodes(ids: [${ids.join(' ')}]) { id } }`;
    const text = await (await request({ query })).text();
    expect(text).toMatch(/NNN/);
    expect(text.length).toBeLessThan(2 * query.length);
  });
});
