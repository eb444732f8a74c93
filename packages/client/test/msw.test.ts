import { GraphQLClient } from 'graphql-request';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FlatDayBookDocument } from '../src/generated/documents/graphql.ts';
import { haloRequestConfig } from '../src/graphql-request.ts';
import { answerWith, failWith } from '../src/msw.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
const client = new GraphQLClient('http://halo-graph.example/graphql', haloRequestConfig);
const variables = { bpSiteId: '1001', date: '2026-11-24' };

test('an operation is answered with data, by its variables', async () => {
  server.use(
    answerWith(FlatDayBookDocument, ({ bpSiteId }) => ({
      viewer: { id: 'viewer', practice: { id: String(bpSiteId), appointmentsConnection: null } },
    })),
  );
  const { viewer } = await client.request(FlatDayBookDocument, variables);
  expect(viewer.practice?.id).toBe('1001');
});

test('and with an error of a flat field', async () => {
  server.use(
    failWith(FlatDayBookDocument, ['viewer', 'practice'], {
      code: 'SITE_UNAVAILABLE',
      retryable: true,
      retryAfterSeconds: 5,
    }),
  );
  await expect(client.request(FlatDayBookDocument, variables)).rejects.toMatchObject({
    code: 'SITE_UNAVAILABLE',
    retryAfterSeconds: 5,
    path: ['viewer', 'practice'],
  });
});
