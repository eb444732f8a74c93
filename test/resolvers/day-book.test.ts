import { describe, expect, test } from 'vitest';
import { engineOn } from '../../src/engine/switch.ts';
import { appointment, fakeHalo, locations, patient, practiceData, user } from './fake-halo.ts';

const dayBook = `
  query ($from: Date!, $first: Int, $after: String) {
    practice(bpSiteId: "1001") {
      ... on Practice {
        appointments(from: $from, first: $first, after: $after) {
          __typename
          ... on AppointmentConnection {
            nodes { id start status patient { fullName } user { displayName } location { name } type { name } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
          ... on InvalidInput { issues { path message } }
        }
      }
    }
  }`;

const methods = (calls: readonly { method: string }[]) => calls.map((call) => call.method).sort();

describe('the day book', () => {
  test('without attached links costs one call for the book and one for each kind of thing', async () => {
    const { execute, calls } = fakeHalo();
    const answer = await execute(dayBook, { from: '2026-11-23' });
    expect(answer.errors).toBeUndefined();
    expect(answer.data.practice.appointments.nodes).toHaveLength(100);
    expect(answer.data.practice.appointments.nodes[0]).toMatchObject({
      start: '2026-11-23T09:00:00+10:30',
      patient: { fullName: 'Invented Person20' },
      user: { displayName: 'Dr Testy Sample01' },
      location: { name: 'Main' },
    });
    expect(methods(calls)).toEqual(['appointments', 'locations', 'patients', 'users']);
    expect(answer.extensions.halo.cost.saved.batched).toBe(99 + 19);
  });

  test('hands the source one query object for equal arguments, and another for any other argument', async () => {
    const { execute, calls } = fakeHalo({
      practices: { '1001': { data: { appointments: async () => [] } } },
    });
    const book = `query ($from: Date!, $to: Date, $first: Int, $status: [AppointmentStatus!]) {
      viewer { practice(bpSiteId: "1001") {
        appointmentsConnection(from: $from, to: $to, first: $first, status: $status) { nodes { start } }
      } } }`;
    const other = book.replace('nodes { start }', 'nodes { start reason }');
    const from = '2026-11-23';
    const books: {
      readonly from: string;
      readonly to?: string | null;
      readonly first?: number;
      readonly status?: readonly string[];
    }[] = [
      { from },
      { from, to: null },
      { from, to: '2026-11-24' },
      { from: '2026-11-24' },
      { from, first: 9 },
      { from, first: 0 },
      { from, status: [] },
      { from, status: ['BOOKED'] },
      { from, status: ['BOOKED', 'ARRIVED'] },
    ];
    const runs = [book, other].flatMap((text) => books.map((variables) => ({ text, variables })));
    // They take turns. An operation is compiled in its third execution.
    for (let turn = 0; turn < 5; turn += 1) {
      for (const { text, variables } of runs) {
        expect((await execute(text, variables)).errors).toBeUndefined();
      }
    }
    const queries = calls.map(({ query }) => query);
    const [fourth, fifth] = [queries.slice(-2 * runs.length, -runs.length), queries.slice(-runs.length)];
    for (const [at, { text, variables }] of runs.entries()) {
      const { from, to, first = 1_000, status = [] } = variables;
      expect(fifth[at]).toEqual({
        from,
        to: to ?? from,
        limit: first + 1,
        ...(status.length > 0 && { statuses: status }),
        fields: text === book ? { start: {} } : { start: {}, reason: {} },
      });
      // Without the engine, graphql-js makes a selection for each execution.
      if (engineOn) expect(fifth[at]).toBe(fourth[at]);
    }
  });

  test.each([
    [{ to: undefined }, { to: 'undefined' }],
    [{ to: null }, { to: 'null' }],
    [
      { to: '2026-11-24', first: 1 },
      { to: '2026-11-24 1', first: undefined },
    ],
  ])(
    'an invalid date is not read like a valid one of an earlier operation: %o, %o',
    async (valid, invalid) => {
      const { execute } = fakeHalo();
      const book = `query ($to: Date, $first: Int) { practice(bpSiteId: "1001") { ... on Practice {
      appointments(from: "2026-11-23", to: $to, first: $first) { __typename } } } }`;
      for (let turn = 0; turn < 4; turn += 1) {
        const answers = [await execute(book, valid), await execute(book, invalid)];
        expect(answers.map(({ data }) => data.practice.appointments.__typename)).toEqual([
          'AppointmentConnection',
          'InvalidInput',
        ]);
      }
    },
  );

  test('with attached links costs one call', async () => {
    const attached = {
      ...appointment(1),
      patient: patient(1),
      user: user(1),
      location: locations[0] ?? null,
    };
    const { execute, calls } = fakeHalo({
      practices: { '1001': { data: { appointments: async () => [attached] } } },
    });
    const answer = await execute(dayBook, { from: '2026-11-23' });
    expect(answer.data.practice.appointments.nodes[0].patient.fullName).toBe('Invented Person1');
    expect(methods(calls)).toEqual(['appointments']);
  });

  test('hands the source the fields that are read, wrappers, fragments and directives resolved', async () => {
    const { execute, calls } = fakeHalo();
    await execute(`
      query ($no: Boolean = false) {
        practice(bpSiteId: "1001") {
          ... on Practice {
            appointments(from: "2026-11-23") {
              ... on AppointmentConnection {
                edges { cursor node { ...Row } }
                nodes { end user @include(if: $no) { email } }
                pageInfo { endCursor }
              }
              ... on HaloError { code }
            }
          }
        }
      }
      fragment Row on Appointment { __typename when: start reason @skip(if: true) patient { fullName } }
    `);
    expect(calls[0]?.query.fields).toEqual({ start: {}, end: {}, patient: { fullName: {} } });
  });

  test('pages by a cursor that inserted rows do not move', async () => {
    const rows = [appointment(1), appointment(2), appointment(3)];
    const real = practiceData();
    const { execute } = fakeHalo({
      practices: {
        '1001': {
          data: {
            appointments: async (query) =>
              (await real.appointments({ ...query, limit: 1_000 }))
                .filter((row) => rows.some((known) => known.pmsId === row.pmsId))
                .slice(0, query.limit),
          },
        },
      },
    });
    const first = (await execute(dayBook, { from: '2026-11-23', first: 2 })).data.practice.appointments;
    expect(first.nodes.map((node: { start: string }) => node.start.slice(11, 16))).toEqual([
      '09:15',
      '09:30',
    ]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    rows.unshift(appointment(20));
    const after = first.pageInfo.endCursor;
    const second = (await execute(dayBook, { from: '2026-11-23', first: 2, after })).data.practice
      .appointments;
    expect(second.nodes.map((node: { start: string }) => node.start.slice(11, 16))).toEqual(['09:45']);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test('first: 0 says whether there is anything', async () => {
    const { execute, calls } = fakeHalo();
    const answer = await execute(dayBook, { from: '2026-11-23', first: 0 });
    expect(answer.data.practice.appointments).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: true, startCursor: null },
    });
    expect(calls[0]?.query.limit).toBe(1);
  });

  test('an id that no user can have finds nothing and sends no request', async () => {
    const { execute, calls } = fakeHalo();
    const answer = await execute(`{ practice(bpSiteId: "1001") { ... on Practice {
      appointments(from: "2026-11-23", userId: "1' OR 1=1 --") { ... on AppointmentConnection { nodes { id } } } } } }`);
    expect(answer.data.practice.appointments.nodes).toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('users with their appointments', () => {
  const fragment = '... on AppointmentConnection { nodes { pmsId status } }';

  test('twenty users, each with their day: one call, and everybody gets their own', async () => {
    const { execute, calls } = fakeHalo();
    const answer = await execute(`{ practice(bpSiteId: "1001") { ... on Practice { users {
      ... on UserConnection { nodes { pmsId appointments(from: "2026-11-23") { ${fragment} } } } } } } }`);
    expect(methods(calls)).toEqual(['users']);
    expect(calls[0]?.query.appointments).toMatchObject({
      from: '2026-11-23',
      to: '2026-11-23',
      limitPer: 'user',
      fields: { pmsId: {}, status: {} },
    });
    const { nodes } = answer.data.practice.users;
    expect(nodes).toHaveLength(20);
    expect(nodes[3].appointments.nodes.map((node: { pmsId: string }) => node.pmsId)).toEqual([
      '3',
      '23',
      '43',
      '63',
      '83',
    ]);
  });

  test('one user with the day: one call', async () => {
    const { execute, calls } = fakeHalo();
    const answer = await execute(`{ practice(bpSiteId: "1001") { ... on Practice { user(pmsId: "4") {
      ... on User { appointments(from: "2026-11-23", first: 2) { ${fragment} } } } } } }`);
    expect(answer.data.practice.user.appointments.nodes).toHaveLength(2);
    expect(methods(calls)).toEqual(['users']);
  });

  test('two sets of arguments: one call for the users and one for each set', async () => {
    const { execute, calls } = fakeHalo();
    const answer = await execute(`{ practice(bpSiteId: "1001") { ... on Practice { users {
      ... on UserConnection { nodes { a: appointments(from: "2026-11-23", first: 1) { ${fragment} }
        b: appointments(from: "2026-11-24") { ${fragment} } } } } } } }`);
    expect(answer.data.practice.users.nodes[3]).toMatchObject({
      a: { nodes: [{ pmsId: '3' }] },
      b: { nodes: [] },
    });
    expect(methods(calls)).toEqual(['appointments', 'appointments', 'users']);
  });

  test('sessions, absences, provider numbers and slots of all users: one call each', async () => {
    const { execute, calls } = fakeHalo();
    const answer =
      await execute(`{ practice(bpSiteId: "1001") { ... on Practice { users { ... on UserConnection { nodes {
      location { name }
      providerNumbers { number location { name } }
      sessions { ... on Sessions { nodes { day opens location { name } } } }
      daysAway(from: "2026-11-23", to: "2026-11-30") { ... on DaysAway { nodes { reason } } }
      availableSlots(from: "2026-11-23") { ... on AvailableSlots { slots { start user { displayName } } complete } }
    } } } } } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.practice.users.nodes[6]).toMatchObject({
      providerNumbers: [{ number: '2426671B', location: { name: 'Main' } }],
      availableSlots: { slots: [{ user: { displayName: 'Dr Testy Sample07' } }], complete: true },
    });
    expect(methods(calls)).toEqual([
      'availableSlots',
      'daysAway',
      'locations',
      'providerNumbers',
      'sessions',
      'users',
      'users',
    ]);
  });
});
