/** A forbidden practice looks like one that does not exist. Whole responses are compared, not only their errors. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { startSandbox } from '../../sandbox/server/start.ts';
import type { Caller } from '../../src/auth/caller.ts';
import { everyScope } from '../../src/scopes.ts';
import { activePatients } from '../facade/booking-client.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { coordinateOf, steps } from './coordinates.ts';
import { questionFor, type Values } from './question.ts';
import { formerGuid, guidOf, prepareWholePractice } from './whole-practice.ts';

const stranger: Caller = { name: 'stranger', scopes: everyScope, practices: ['1002'] };
const anybody: Caller = { name: 'anybody', scopes: everyScope, practices: 'all' };
const unknownSite = '4040';
/** Practices that exist, have moved, are offline, and one that there is not. */
const others = ['1001', '1005', '1007', unknownSite];

const sandbox = await startSandbox({ today: sandboxToday });
const registry = [
  {
    bpSiteId: '1005',
    name: 'Sandbox Tramline Practice',
    timeZone: 'Australia/Melbourne',
    haloGuid: formerGuid,
  },
];
let caller = stranger;
const facade = openFacade({
  baseUrl: sandbox.url,
  practices: registry,
  authenticate: async () => caller,
});
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});

async function as<T>(who: Caller, use: () => Promise<T>): Promise<T> {
  const before = caller;
  caller = who;
  try {
    return await use();
  } finally {
    caller = before;
  }
}

const { values, ids, queryId } = await as(anybody, () => prepareWholePractice(sandbox, facade, {}));
const guids = practices.flatMap(({ haloGuid, standbyHaloGuid, formerHaloGuid, pms }) =>
  pms === 'BestPractice' ? [haloGuid, standbyHaloGuid, ...(formerHaloGuid ? [formerHaloGuid] : [])] : [],
);
/** Cached data of the practices must not be visible either. */
await as(anybody, async () => {
  for (const haloGuid of guids) {
    await facade.execute(
      `{ site(haloGuid: "${haloGuid}") { __typename ... on Site { practice { name } } } }`,
    );
  }
  await facade.execute(
    `query ($ids: [ID!]!) { practices(bpSiteIds: $ids) { ... on Practice { name locations { __typename } } } }`,
    { ids: [...others, '1002'] },
  );
});

const encoded = (id: string) => Buffer.from(id).toString('base64');

/** The response with its headers. The requested id is replaced, so that responses can be compared. */
async function whole(
  from: Facade,
  query: string,
  variables: object,
  spelt: readonly string[],
): Promise<unknown> {
  const response = await from.yoga.fetch('http://facade.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'one-for-all' },
    body: JSON.stringify({ query, variables }),
  });
  const text = spelt.reduce((rest, word) => rest.replaceAll(word, 'REQUESTED'), await response.text());
  const headers = [...response.headers].filter(([name]) => name !== 'content-length');
  return { status: response.status, headers, body: JSON.parse(text) };
}

/** The same question of each thing, of which one does not exist: the answers are equal. */
async function alike(
  things: readonly (readonly [name: string, variables: object, spelt: readonly string[]])[],
  query: string,
): Promise<unknown> {
  const answers = [];
  for (const [, variables, spelt] of things) answers.push(await whole(facade, query, variables, spelt));
  const none = answers.at(-1);
  expect(none).not.toHaveProperty('body.errors');
  for (const [index, answer] of answers.entries()) expect(answer, things[index]?.[0]).toEqual(none);
  return none;
}

const details = `__typename ... on HaloError { code message retryable }
  ... on AuthoritativeServerChanged { refused: haloGuid whose: bpSiteId currentHaloGuid currentSite { id pmsSiteId } }
  ... on PracticeIdentityChanged { whoseId: bpSiteId expectedName foundName } ... on AccessDenied { reason }
  ... on SiteUnavailable { away: haloGuid availability retryAfterSeconds } ... on UpstreamFailed { httpStatus }`;
const inputDetails =
  '__typename ... on HaloError { code message retryable } ... on InvalidInput { issues { path message } }';

describe('by its Bp Site ID', () => {
  const byId = others.map((id) => [id, { id, ids: [id, '1002', id] }, [id]] as const);

  test('practice, practices, sites: no upstream request, and not found', async () => {
    const none = await alike(
      byId,
      `query ($id: ID!, $ids: [ID!]!) {
        practice(bpSiteId: $id) { ${details} ... on Practice { id name timeZone site { haloGuid } } }
        practices(bpSiteIds: $ids) { ${details} ... on Practice { bpSiteId } }
        sites(pmsSiteId: $id) { ${inputDetails} ... on Sites { nodes { id haloGuid } } }
        viewer { name practices { bpSiteId } } }`,
    );
    expect(none).toMatchObject({
      status: 200,
      body: {
        data: {
          practice: { __typename: 'NotFound' },
          practices: [{ __typename: 'NotFound' }, { bpSiteId: '1002' }, { __typename: 'NotFound' }],
          sites: { nodes: [] },
          viewer: { practices: [{ bpSiteId: '1002' }] },
        },
      },
    });
    const alone = await facade.execute(
      `{ practice(bpSiteId: "1001") { __typename } sites(pmsSiteId: "1007") { __typename } }`,
    );
    expect(alone.calls).toEqual([]);
    expect(alone.cost.calls).toBe(0);
  });

  test.each([
    '  1001',
    '1001 ',
    '01001',
    '1001\u0000',
    '１００１',
    '1002,1001',
    '1002&practiceManagementSiteId=1001',
    '1%30%301',
    '*',
  ])('spelt %j', async (id) => {
    const { data } = await facade.execute(
      'query ($id: ID!) { practice(bpSiteId: $id) { __typename } sites(pmsSiteId: $id) { ... on Sites { nodes { id } } } }',
      { id },
    );
    expect(data).toEqual({ practice: { __typename: 'NotFound' }, sites: { nodes: [] } });
  });

  const mutations = steps.filter(({ parent }) => parent.name === 'Mutation');
  test.each(mutations.map((step) => [coordinateOf(step), step] as const))('%s', async (_name, step) => {
    const things = [];
    for (const id of others) {
      const named: Values = {
        ...values,
        bpSiteId: () => id,
        pmsSiteId: () => id,
        'SiteRef.bpSiteId': () => id,
      };
      // A caller with access creates the records that the input needs, once.
      const query = await as(anybody, () => questionFor([step], { ...named, ...fixed }));
      things.push([id, query] as const);
    }
    const answers = [];
    for (const [id, query] of things) answers.push(await whole(facade, query, {}, [id]));
    for (const answer of answers) expect(answer).toEqual(answers.at(-1));
    expect(answers[0]).toMatchObject({
      body: {
        data: { [step.field.name]: { __typename: 'NotFound' } },
        extensions: { halo: { cost: { calls: 0 } } },
      },
    });
  });
  const fixed: Values = Object.fromEntries(
    [
      'UpdateAppointmentInput.appointmentId',
      'MoveAppointmentInput.appointmentId',
      'CancelAppointmentInput.appointmentId',
      'ArriveAppointmentInput.appointmentId',
      'RemoveUserDaysAwayInput.dayAwayId',
      'RemoveDaysClosedInput.dayClosedId',
    ].map((name) => [name, () => '1']),
  );
  Object.assign(fixed, {
    start: () => '2026-11-30T09:00:00+11:00',
    'MoveAppointmentInput.start': () => '2026-11-30T09:00:00+11:00',
    'AddUserDaysAwayInput.from': () => '2027-02-01',
    'AddDaysClosedInput.from': () => '2027-02-01',
    'AddPatientInput.lastName': () => 'Samplematrix',
    'CancelRegisteredSqlQueryInput.queryId': () => queryId,
  });

  test('pairing with a code that is right and one that is not', async () => {
    for (const pairingCode of ['SANDBX', 'WRONG1', null]) {
      await alike(
        others.map((id) => [id, { input: { pmsSiteId: id, pairingCode } }, [id]] as const),
        `mutation ($input: PairSiteInput!) { pairSite(input: $input) { ${inputDetails} } }`,
      );
    }
  });
});

describe('by its Halo GUID', () => {
  const known = [
    ...guids.filter((guid) => guid !== guidOf('1002') && !guid.endsWith('1002')),
    guidOf('ZED-2001'),
    randomUUID(),
  ];
  const byGuid = known.map(
    (haloGuid) => [haloGuid, { haloGuid, upper: haloGuid.toUpperCase() }, [haloGuid]] as const,
  );

  test('site: the response and the number of calls are the same', async () => {
    const none = await alike(
      byGuid,
      `query ($haloGuid: UUID!, $upper: UUID!) {
        site(haloGuid: $haloGuid) { ${details} ... on Site { id } }
        again: site(haloGuid: $upper) { ${details} ... on Site { id } }
        practice(bpSiteId: "1002") { ... on Practice { name site { haloGuid } } } }`,
    );
    expect(none).toMatchObject({
      body: {
        data: { site: { __typename: 'NotFound' }, practice: { name: 'Sandbox Jacaranda Practice' } },
        extensions: {
          halo: {
            cost: { calls: 1, charged: 0, bySite: [{ haloGuid: 'REQUESTED', calls: 1, charged: 0 }] },
            notices: [],
          },
        },
      },
    });
  });

  test('SQL, and queries by their ids', async () => {
    for (const [mutation, more] of [
      ['runSql', ''],
      ['startSqlQuery', ''],
      ['registerSqlQuery', ', name: "sample", frequencySeconds: 60, durationSeconds: 600'],
    ]) {
      await alike(
        byGuid,
        `mutation ($haloGuid: UUID!) { ${mutation}(input: { site: { haloGuid: $haloGuid }, command: { text: "SELECT 1 AS A" }${more} }) { ${details} } }`,
      );
    }
    await alike(
      byGuid,
      `mutation ($haloGuid: UUID!) { cancelRegisteredSqlQuery(input: { site: { haloGuid: $haloGuid }, queryId: "${queryId}" }) { ${details} } }`,
    );
    const types = ['SqlQuery', 'RegisteredSqlQuery'];
    const none = await alike(
      known.map((guid) => {
        const queries = types.map((type) => encoded(`${type}:GUID:${guid}:${queryId}`));
        const all = [...queries, encoded(`Site:GUID:${guid}`)];
        return [guid, { ids: all }, [guid, ...all]] as const;
      }),
      `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`,
    );
    expect(none).toMatchObject({ body: { data: { nodes: [null, null, null] } } });
  });

  test('while Halo Cloud refuses every GUID', async () => {
    for (const fault of [
      'not-paired',
      'ip-not-allowed',
      'quota',
      'gone',
      'moved',
      'moved-identity',
      'offline',
      'lookup-fails',
    ]) {
      const answers = [];
      for (const haloGuid of [guidOf('1001'), formerGuid, randomUUID()]) {
        const { data, cost } = await facade.executeWithFault(
          others
            .slice(0, 3)
            .map((id) => `${id}:${fault}`)
            .join(),
          `{ site(haloGuid: "${haloGuid}") { ${details} } }`,
        );
        answers.push({ data, cost: { ...cost, bySite: cost.bySite.length } });
      }
      expect(answers[0], fault).toEqual(answers[2]);
      expect(answers[1], fault).toEqual(answers[2]);
    }
  });
});

describe('by a global id', () => {
  const things = ['Location', 'ClinicHours', 'User', 'Patient', 'Appointment'];

  test('of any of its objects', async () => {
    const none = await alike(
      others.map((id) => {
        const all = [
          ...['Practice', 'Site'].map((type) => encoded(`${type}:BEST_PRACTICE:${id}`)),
          ...things.map((type) => encoded(`${type}:BEST_PRACTICE:${id}:1`)),
        ];
        return [id, { one: all[0], ids: all }, [id, ...all]] as const;
      }),
      `query ($one: ID!, $ids: [ID!]!) { node(id: $one) { id } nodes(ids: $ids) { id }
        practice(bpSiteId: $one) { ${details} } }`,
    );
    expect(none).toMatchObject({
      body: {
        data: { node: null, nodes: Array(7).fill(null) },
        extensions: { halo: { cost: { calls: 0 } } },
      },
    });
    for (const id of Object.values(ids)) {
      expect(
        (await facade.execute('query ($id: ID!) { node(id: $id) { id } }', { id })).data.node,
      ).toBeNull();
    }
  });

  test('in an input for a practice of the caller', async () => {
    const [patientId] = activePatients(sandbox, 1, '1002');
    await alike(
      others.map((id) => {
        const [user, patient, appointment] = ['User', 'Patient', 'Appointment'].map((type) =>
          encoded(`${type}:BEST_PRACTICE:${id}:1`),
        ) as [string, string, string];
        return [id, { user, patient, appointment }, [user, patient, appointment]] as const;
      }),
      `mutation ($user: ID!, $patient: ID!, $appointment: ID!) {
        book: bookAppointment(input: { bpSiteId: "1002", userId: $user, patientId: $patient, start: "2026-11-30T09:00:00+10:00" }) { ${inputDetails} }
        other: bookAppointment(input: { bpSiteId: "1002", userId: "1", patientId: $patient, start: "2026-11-30T09:00:00+10:00" }) { ${inputDetails} }
        cancelAppointment(input: { bpSiteId: "1002", appointmentId: $appointment }) { ${inputDetails} }
        updatePatient(input: { bpSiteId: "1002", patientId: $patient, homePhone: "0755501234" }) { ${inputDetails} }
        move: moveAppointment(input: { bpSiteId: "1002", appointmentId: "${patientId}", userId: $user }) { ${inputDetails} }
      }`,
    );
  });

  test('a query of another site, requested at a site of the caller', async () => {
    const queryIds = [queryId, randomUUID()];
    await alike(
      queryIds.map((id) => [id, { haloGuid: guidOf('1002'), id }, [id]] as const),
      `query ($haloGuid: UUID!, $id: UUID!) { site(haloGuid: $haloGuid) { ... on Site {
        sqlQuery(id: $id) { ${inputDetails} } sqlQueries(ids: [$id]) { ... on SqlQueries { nodes { id } } }
        registeredSqlQueries { ... on RegisteredSqlQueries { nodes { id } } } } } }`,
    );
  });
});

describe('of another practice management system', () => {
  test('is for callers of all practices', async () => {
    const query = `{ sites(pmsSiteId: "ZED-2001", pms: ZEDMED) { ... on Sites { nodes { pmsSiteId } } }
      site(haloGuid: "${guidOf('ZED-2001')}") { __typename }
      node(id: "${encoded('Site:ZEDMED:ZED-2001')}") { __typename } }`;
    expect(
      (await as({ ...stranger, practices: ['ZED-2001', '2001'] }, () => facade.execute(query))).data,
    ).toEqual({
      sites: { nodes: [] },
      site: { __typename: 'NotFound' },
      node: null,
    });
    expect((await as(anybody, () => facade.execute(query))).data).toMatchObject({
      sites: { nodes: [{ pmsSiteId: 'ZED-2001' }] },
      site: { __typename: 'Site' },
    });
  });
});

describe("a caller's own practice", () => {
  const own: Caller = { ...stranger, practices: ['1005', '1002'] };
  const site = (haloGuid: string) => `{ site(haloGuid: "${haloGuid}") { ${details} } }`;

  test('that has moved is reported with its current site', async () => {
    const { data } = await as(own, () => facade.execute(site(formerGuid)));
    expect(data.site).toMatchObject({
      __typename: 'AuthoritativeServerChanged',
      whose: '1005',
      currentSite: { pmsSiteId: '1005' },
    });
  });

  test('that refuses gives the reason', async () => {
    const { data } = await facade.executeWithFault(
      '1002:not-paired',
      `{ practice(bpSiteId: "1002") { ... on Practice { site { haloGuid availability } locations { ${details} } } } }`,
    );
    expect(data.practice.locations).toMatchObject({ __typename: 'AccessDenied', reason: 'NOT_PAIRED' });
    const { errors } = await facade.executeWithFault(
      '1002:not-paired',
      '{ practice(bpSiteId: "1002") { ... on Practice { site { availability } } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'ACCESS_DENIED' } }]);
  });

  test('reports its real cost', async () => {
    const query = `{ site(haloGuid: "${guidOf('1002')}") { ... on Site { practice { locations { __typename } } } } }`;
    const [mine, everybodys] = [await facade.execute(query), await as(anybody, () => facade.execute(query))];
    expect(mine.cost).toEqual(everybodys.cost);
    expect(mine.cost).toMatchObject({ calls: mine.calls.length, charged: 1 });
  });
});
