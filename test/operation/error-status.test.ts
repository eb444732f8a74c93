/** E4: each refusal has a code, and the status that GraphQL over HTTP gives it. */
import { describe, expect, it } from 'vitest';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const practice = 'query ($id: ID!) { practice(bpSiteId: $id) { __typename } }';
const conditional = 'query ($no: Boolean = false) { viewer { name @skip(if: $no) } }';
const bodies: readonly (readonly [string, object, string])[] = [
  ['a missing variable', { query: practice }, 'BAD_USER_INPUT'],
  ['a variable that is null', { query: practice, variables: { id: null } }, 'BAD_USER_INPUT'],
  ['a variable of another type', { query: practice, variables: { id: { a: 1 } } }, 'BAD_USER_INPUT'],
  ['no document', { query: '{' }, 'GRAPHQL_PARSE_FAILED'],
  ['an invalid document', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
];

describe.each(['known', 'any', 'off'] as const)('E4: fastPath: %s', (fastPath) => {
  const { request, yoga } = fakeHalo({ server: { fastPath } });

  it.each(bodies)('%s', async (_which, body, code) => {
    for (const [accept, status] of [
      ['application/json', 200],
      ['application/graphql-response+json', 400],
    ] as const) {
      const response = await request(body, { accept });
      const { data, errors } = await response.json();
      expect([response.status, data]).toEqual([status, undefined]);
      for (const error of errors) expect(error.extensions.code).toBe(code);
    }
  });

  it.each([
    ['no JSON', { body: '{' }],
    ['a list', { body: '[]' }],
    ['a number', { body: '7' }],
    ['an unknown parameter', { body: '{"query":"{ viewer { name } }","what":1}' }],
    ['a query of another type', { body: '{"query":7}' }],
    ['variables of another type', { body: '{"query":"{ viewer { name } }","variables":[]}' }],
    ['a text', { body: 'hello', headers: { 'content-type': 'text/plain' } }],
    ['another method', { method: 'DELETE', body: null }],
  ])('%s', async (_which, init) => {
    const headers = { 'content-type': 'application/json' };
    const response = await yoga.fetch('http://localhost/graphql', { method: 'POST', headers, ...init });
    expect(response.status).toBeGreaterThanOrEqual(400);
    const { errors } = await response.json();
    expect(errors).toEqual([
      { message: expect.any(String), extensions: { code: expect.stringMatching(/^[A-Z_]+$/) } },
    ]);
  });

  it('a condition that is null, with a price limit and without', async () => {
    for (const server of [{}, { priceLimit: { maxCharged: 9, source: 'auto' } as const }]) {
      const priced = fakeHalo({ server: { fastPath, ...server } });
      const { errors } = await (await priced.request({ query: conditional, variables: { no: null } })).json();
      expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});
