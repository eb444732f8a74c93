/** What Apollo's persisted-query link sends: a hash at first, the document after PersistedQueryNotFound. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const viewer = '{ viewer { name } }';
const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(viewer).digest('hex') };
const known = (only: boolean) => ({ knownOperations: { byId: new Map([['abc', viewer]]), only } });
const graphqlJson = 'application/graphql-response+json';

/** By the plain listener, and by Yoga. */
const ways = ['known', 'off'] as const;

describe.each(ways)('E2: a hash alone, fastPath: %s', (fastPath) => {
  it.each([
    ['without a file of operations', {}, 'PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED'],
    ['not in the file', known(false), 'PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND'],
    ['not in the only file', known(true), 'PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND'],
  ])('%s', async (_which, server, message, code) => {
    const { request } = fakeHalo({ server: { fastPath, ...server } });
    for (const [accept, status] of [
      ['application/json', 200],
      [graphqlJson, 400],
    ] as const) {
      const response = await request({ extensions: { persistedQuery } }, { accept });
      expect(response.status).toBe(status);
      expect((await response.json()).errors).toMatchObject([{ message, extensions: { code } }]);
    }
  });

  it('with the document is answered by it', async () => {
    for (const server of [{}, known(false)]) {
      const { request } = fakeHalo({ server: { fastPath, ...server } });
      const response = await request({ query: viewer, extensions: { persistedQuery } });
      expect((await response.json()).data).toEqual({ viewer: { name: 'tester' } });
    }
  });

  it.each([{ persistedQuery: null }, { persistedQuery: {} }, { persistedQuery: { sha256Hash: 7 } }])(
    'that is none: %o',
    async (extensions) => {
      const { request } = fakeHalo({ server: { fastPath } });
      const { errors } = await (await request({ extensions })).json();
      expect(errors[0].message).toBe('Must provide query string.');
    },
  );
});
