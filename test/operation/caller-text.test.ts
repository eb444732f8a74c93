/** I8: a log line contains at most the beginning of a caller's text. */
import { describe, expect, it } from 'vitest';
import { PairingRefused } from '../../src/datasources/halo-cloud/halo-session.ts';
import { SiteUnavailable } from '../../src/errors.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const long = 'N'.repeat(95_000);
const practiceId = Buffer.from('Practice:BEST_PRACTICE:1001').toString('base64');

function longestText(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || value instanceof Error) return 0;
  return Math.max(0, ...Object.values(value).map(longestText));
}

const requests: readonly (readonly [string, object])[] = [
  ['the name of an operation', { query: `query ${long} { viewer { name } }` }],
  [
    'an alias at an error',
    { query: `{ ${long}: node(id: "${practiceId}") { id ... on Practice { timeZone } } }` },
  ],
  ['a Bp Site ID', { query: `{ practice(bpSiteId: "${long}") { __typename } }` }],
  ['a Halo GUID', { query: `{ site(haloGuid: "${long}") { __typename } }` }],
  [
    'a Bp Site ID that is paired',
    {
      query: 'mutation ($i: PairSiteInput!) { pairSite(input: $i) { __typename } }',
      variables: { i: { pmsSiteId: long, pairingCode: 'SANDBX' } },
    },
  ],
  [
    'a site that SQL is sent to',
    {
      query: 'mutation ($i: RunSqlInput!) { runSql(input: $i) { __typename } }',
      variables: { i: { site: { bpSiteId: long }, command: { text: 'SELECT 1' } } },
    },
  ],
  ['a document id', { documentId: long }],
  ['an unknown parameter', { [long]: 1, query: '{ viewer { name } }' }],
];

describe.each(['any', 'off'] as const)('I8: fastPath: %s', (fastPath) => {
  it.each(requests)('%s', async (_which, body) => {
    const { request, logged } = fakeHalo({
      practices: { '1001': { fails: new SiteUnavailable() } },
      session: {
        pair: () => Promise.reject(new PairingRefused()),
        site: () => Promise.reject(new SiteUnavailable()),
      },
      server: { fastPath },
    });
    await request(body);
    expect(logged.length).toBeGreaterThan(0);
    for (const { fields, message } of logged) expect(longestText(fields), message).toBeLessThanOrEqual(200);
  });
});
