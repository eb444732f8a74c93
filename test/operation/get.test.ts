/** Which operations a GET may run. Proxies, browser histories and logs keep its URL. */
import { describe, expect, it } from 'vitest';
import { parsePersistedOperations } from '../../src/operation/persisted-operations.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const search = `query Find($name: String!) { practice(bpSiteId: "1001") { ... on Practice {
  patients(search: { name: $name }) { __typename } } } }`;
const file = JSON.stringify({
  safe: { document: 'query P($id: ID!) { practice(bpSiteId: $id) { __typename } }', safeForGet: true },
  unmarked: 'query P($id: ID!) { practice(bpSiteId: $id) { __typename } }',
});

async function get(params: Readonly<Record<string, string>>, server: object = {}) {
  const { yoga, calls } = fakeHalo({ server });
  const response = await yoga.fetch(`http://localhost/graphql?${new URLSearchParams(params)}`);
  const { data, errors = [] } = await response.json();
  return {
    status: response.status,
    allow: response.headers.get('allow'),
    data,
    code: errors[0]?.extensions?.code,
    message: errors[0]?.message,
    calls,
  };
}

describe('E3: GET', () => {
  it('answers a document without variables', async () => {
    for (const variables of [{}, { variables: '{}' }] as Record<string, string>[]) {
      const answer = await get({ query: '{ practice(bpSiteId: "1001") { __typename } }', ...variables });
      expect(answer).toMatchObject({ status: 200, data: { practice: { __typename: 'Practice' } } });
    }
  });

  it.each([
    ['variables', { query: search, variables: '{"name":"Testperson"}' }],
    [
      'a search in the document',
      {
        query:
          '{ practice(bpSiteId: "1001") { ... on Practice { patients(search: { name: "Testperson" }) { __typename } } } }',
      },
    ],
  ])('with %s is refused, and names the setting of the client', async (_which, params) => {
    const { status, allow, code, message, calls } = await get(params);
    expect({ status, allow, code }).toEqual({ status: 405, allow: 'POST', code: 'METHOD_NOT_ALLOWED' });
    expect(message).toMatch(/preferGetMethod: false/);
    expect(message).toMatch(/useGETForQueries: false/);
    expect(calls).toEqual([]);
  });

  it.each(['documentId', 'extensions'])('by %s answers what the operator marked as safe', async (by) => {
    const knownOperations = { ...parsePersistedOperations(file), only: true };
    const named = (id: string): Record<string, string> =>
      by === 'documentId'
        ? { documentId: id }
        : { extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: id } }) };
    const variables = '{"id":"1001"}';
    expect(await get({ ...named('safe'), variables }, { knownOperations })).toMatchObject({
      status: 200,
      data: { practice: { __typename: 'Practice' } },
    });
    expect(await get({ ...named('unmarked'), variables }, { knownOperations })).toMatchObject({
      status: 405,
      code: 'METHOD_NOT_ALLOWED',
    });
  });

  it('the mark is for queries alone', () => {
    const document = 'mutation { cancelAppointment(input: {}) { __typename } }';
    const { faults, safeForGet } = parsePersistedOperations(
      JSON.stringify({ a: { document, safeForGet: true } }),
    );
    expect(faults).toEqual(['a: only a query can be safe for GET.']);
    expect(safeForGet.size).toBe(0);
  });
});
