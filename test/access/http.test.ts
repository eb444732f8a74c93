/** Responses over HTTP to requests without a valid credential. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyGrant, openSecuredFacade, type SecuredFacade, worthless } from './secured-facade.ts';

let secured: SecuredFacade;
beforeAll(async () => {
  secured = await openSecuredFacade();
});
afterAll(() => secured.close());

const url = 'http://facade.test/graphql';
const query = '{ practice(bpSiteId: "1001") { ... on Practice { name } } __schema { types { name } } }';
const json = 'application/json';
const graphqlJson = 'application/graphql-response+json';

const requests: readonly (readonly [
  name: string,
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
])[] = [json, graphqlJson, '*/*', `${json};q=0.1, text/html`].flatMap((accept) => [
  [
    `POST, ${accept}`,
    url,
    { method: 'POST', headers: { accept, 'content-type': json }, body: JSON.stringify({ query }) },
  ] as const,
  ...(accept.includes('html')
    ? []
    : [
        [
          `GET, ${accept}`,
          `${url}?query=${encodeURIComponent(query)}`,
          { method: 'GET', headers: { accept } },
        ] as const,
      ]),
  [
    `POST that is no JSON, ${accept}`,
    url,
    { method: 'POST', headers: { accept, 'content-type': json }, body: '{' },
  ] as const,
  [
    `POST that is no GraphQL, ${accept}`,
    url,
    {
      method: 'POST',
      headers: { accept, 'content-type': json },
      body: JSON.stringify({ query: '{ nothing' }),
    },
  ] as const,
  [
    `a batch, ${accept}`,
    url,
    {
      method: 'POST',
      headers: { accept, 'content-type': json },
      body: JSON.stringify([{ query }, { query }]),
    },
  ] as const,
  [
    `the credential in the body or the URL, ${accept}`,
    `${url}?access_token=api-key-of-a-test`,
    {
      method: 'POST',
      headers: { accept, 'content-type': json, cookie: 'authorization=Bearer api-key-of-a-test' },
      body: JSON.stringify({ query, extensions: { authorization: 'Bearer api-key-of-a-test' } }),
    },
  ] as const,
]);

describe.each(requests)('%s', (_name, address, init) => {
  test('without a valid credential: 401', async () => {
    for (const [which, credential] of await worthless(secured)) {
      const response = await secured.facade.yoga.fetch(address, {
        ...init,
        headers: { ...init.headers, ...credential },
      });
      expect(response.status, which).toBe(401);
      expect(response.headers.get('www-authenticate'), which).toBe(
        which === 'no credential' ? 'Bearer' : 'Bearer error="invalid_token"',
      );
      expect(response.headers.get('cache-control'), which).toBe('no-store');
      const text = await response.text();
      expect(Object.keys(JSON.parse(text)), which).not.toContain('data');
      expect(text, which).not.toMatch(/Sandbox|Practice|api-key|audience|another-api|JWT/);
      expect(JSON.parse(text).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    expect(secured.calls()).toBe(0);
  });
});

test.each([
  [`${url}`, {}],
  [`${url}?query=${encodeURIComponent(query)}`, {}],
  [`${url}?query=${encodeURIComponent(query)}`, { authorization: 'Bearer another-key' }],
])('a browser gets GraphiQL without data: %s', async (address, headers) => {
  const response = await secured.facade.yoga.fetch(address, { headers: { accept: 'text/html', ...headers } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  const page = await response.text();
  const found = /Sandbox \w+ Practice|api-key-of-a-test|another-key|sandbox-key/i.exec(page);
  expect(found?.[0]).toBeUndefined();
  expect(secured.calls()).toBe(0);
});

test.each(['/health'])('%s needs no credential', async (path) => {
  const response = await secured.facade.yoga.fetch(`http://facade.test${path}`);
  expect(response.status).toBe(200);
  expect(await response.text()).not.toMatch(/Sandbox|practice|5a4db0c5-/i);
});

test.each(['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s answers no data', async (method) => {
  const response = await secured.facade.yoga.fetch(
    `${url}?query=${encodeURIComponent('{ viewer { name } }')}`,
    {
      method,
    },
  );
  expect(await response.text()).not.toMatch(/"data"|viewer/);
});

test('a mutation by GET is refused for every caller', async () => {
  const response = await secured.facade.yoga.fetch(
    `${url}?query=${encodeURIComponent('mutation { pairSite(input: { pmsSiteId: "1001", pairingCode: "SANDBX" }) { __typename } }')}`,
    { headers: { accept: json, ...(await secured.bearer({})) } },
  );
  expect(response.status).toBe(405);
  expect(secured.calls()).toBe(0);
});

test('a token and an API key that grant the same are answered the same', async () => {
  const fields = `{ viewer { name scopes practices { bpSiteId } }
    practice(bpSiteId: "1001") { ... on Practice { users { __typename } patients(search: { name: "s" }) { __typename } } }
    other: practice(bpSiteId: "1002") { __typename } }`;
  const byKey = await secured.facade.execute(fields, {}, secured.apiKey);
  const byToken = await secured.facade.execute(fields, {}, await secured.bearer(keyGrant));
  expect({ ...byToken.data, viewer: { ...byToken.data.viewer, name: 'key-holder' } }).toEqual(byKey.data);
  expect(byToken.data.viewer.name).toBe('jwt:key-holder');
  expect(byKey.data).toEqual({
    viewer: { name: 'key-holder', scopes: keyGrant.scopes, practices: [{ bpSiteId: '1001' }] },
    practice: { users: { __typename: 'UserConnection' }, patients: { __typename: 'AccessDenied' } },
    other: { __typename: 'NotFound' },
  });
});
