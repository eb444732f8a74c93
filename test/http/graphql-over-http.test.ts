import { serverAudits } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const { yoga } = fakeHalo();
const audits = serverAudits({
  url: 'http://localhost/graphql',
  fetchFn: yoga.fetch,
});

/**
 * E3: variables contain patient data, and proxies and histories keep URLs. Something that the specification only
 * permits is refused here.
 */
const permitted = ['D6D5', '6A70'];

describe('GraphQL over HTTP', () => {
  test('has 61 audits', () => {
    expect(audits).toHaveLength(61);
  });

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s %s',
    async (id, name, audit) => {
      const result = await audit.fn();
      if (permitted.includes(id)) {
        expect([result.status, name]).toEqual(['notice', expect.stringMatching(/^MAY allow .* in GETs/)]);
      } else expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
    },
  );
});
