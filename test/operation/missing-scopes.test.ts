import { expect, test } from 'vitest';
import type { Scope } from '../../src/scopes.ts';
import { appointment, fakeHalo, practiceData } from '../resolvers/fake-halo.ts';

const query = `{
  practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23") { ... on AppointmentConnection { nodes {
    id user { displayName } mine: user { id } location { name } } } } } }
  others: practices(bpSiteIds: ["1001", "1001"]) { ... on Practice { appointments(from: "2026-11-23") { ... on AppointmentConnection {
    nodes { user { displayName } } } } } } }`;

async function answerWith(scopes: readonly Scope[], rows: number) {
  const appointments = Array.from({ length: rows }, (_, n) => appointment(n));
  const { request, logged } = fakeHalo({
    practices: { '1001': { data: { ...practiceData(), appointments: async () => appointments } } },
    server: { authenticate: async () => ({ name: 'tester', scopes, practices: 'all' }) as never },
  });
  const answers = [];
  for (let turn = 0; turn < 4; turn++) answers.push(await (await request({ query })).json());
  return { answers, logged };
}

test.each([1, 100, 900])(
  'E7: one error for each missing scope and field, with a count, of %i rows',
  async (rows) => {
    const { answers, logged } = await answerWith(['appointments:read'], rows);
    for (const { data, errors } of answers) {
      expect(data.practice.appointments.nodes).toHaveLength(rows);
      expect(
        errors.map(
          (error: { path: unknown; message: string; extensions: { code: string; count: number } }) => [
            error.path,
            error.extensions.code,
            error.message.includes('users:read') ? 'users:read' : error.message,
            error.extensions.count,
          ],
        ),
      ).toEqual([
        [['practice', 'appointments', 'nodes', 0, 'user'], 'ACCESS_DENIED', 'users:read', rows],
        [['practice', 'appointments', 'nodes', 0, 'mine'], 'ACCESS_DENIED', 'users:read', rows],
        [
          ['practice', 'appointments', 'nodes', 0, 'location'],
          'ACCESS_DENIED',
          expect.stringContaining('clinic:read'),
          rows,
        ],
        [['others', 0, 'appointments', 'nodes', 0, 'user'], 'ACCESS_DENIED', 'users:read', 2 * rows],
      ]);
    }
    // The operator reads it once for each scope and operation.
    const lines = logged.filter(({ fields }) => fields.code === 'ACCESS_DENIED');
    expect(lines.length).toBeLessThanOrEqual(4 * 4);
  },
);
