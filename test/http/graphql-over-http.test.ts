import { serverAudits } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const { yoga } = fakeHalo();
const audits = serverAudits({
  url: 'http://localhost/graphql',
  fetchFn: yoga.fetch,
});

describe('GraphQL over HTTP', () => {
  test('has 61 audits', () => {
    expect(audits).toHaveLength(61);
  });

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s %s',
    async (_id, _name, audit) => {
      const result = await audit.fn();
      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
    },
  );
});
