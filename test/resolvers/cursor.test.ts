import { expect, test } from 'vitest';
import type * as domain from '../../src/datasources/domain/index.ts';
import { comparePeople } from '../../src/datasources/domain/order.ts';
import { fakeHalo, user } from './fake-halo.ts';

const inPractice = (field: string) => `{ practice(bpSiteId: "1001") { ... on Practice { it: ${field} } } }`;
const page = (connection: string) => `{ __typename ... on InvalidInput { issues { path } }
  ... on ${connection} { nodes { pmsId } pageInfo { endCursor } } }`;
const lists = {
  patients: (args: string) => `patients(search: { name: "a" }, ${args}) ${page('PatientConnection')}`,
  locations: (args: string) => `locations(${args}) ${page('LocationConnection')}`,
  users: (args: string) => `users(${args}) ${page('UserConnection')}`,
  appointments: (args: string) =>
    `appointments(from: "2026-11-23", ${args}) ${page('AppointmentConnection')}`,
};

test('B8: a cursor of one list is none of another', async () => {
  const { execute } = fakeHalo();
  for (const [list, field] of Object.entries(lists)) {
    const { endCursor } = (await execute(inPractice(field('first: 1')))).data.practice.it.pageInfo;
    expect(endCursor).toMatch(/./);
    for (const [other, otherField] of Object.entries(lists)) {
      const { it } = (await execute(inPractice(otherField(`first: 1, after: "${endCursor}"`)))).data.practice;
      const expected = list === other ? 'Connection' : 'InvalidInput';
      expect(it.__typename, `a cursor of ${list} in ${other}`).toContain(expected);
      if (list !== other) expect(it.issues).toEqual([{ path: ['after'] }]);
    }
  }
});

test('B8: pages of users go on in the order in which they are sorted, also after a user who has gone', async () => {
  const names = ['Eadie', 'Éclair', 'Ezra', 'Zimmer', 'Ångström', 'eames', 'Ödön'];
  const all = names
    .map((lastName, index) => ({ ...user(index + 1), lastName, firstName: 'Sample' }))
    .sort(comparePeople);
  let present: readonly domain.User[] = all;
  const data = { users: async () => ({ users: present }) };
  const { execute } = fakeHalo({ practices: { '1001': { data } } });
  const seen: string[] = [];
  let after = '';
  for (let pages = 0; pages < names.length; pages += 1) {
    const { it } = (await execute(inPractice(lists.users(`first: 1${after}`)))).data.practice;
    const id = it.nodes[0].pmsId;
    seen.push(id);
    // The user at the cursor no longer exists when the next page is read.
    present = present.filter(({ pmsId }) => pmsId !== id);
    after = `, after: "${it.pageInfo.endCursor}"`;
  }
  expect(seen).toEqual(all.map(({ pmsId }) => pmsId));
});
