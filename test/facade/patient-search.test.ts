/** Patients as people search for them, through the whole facade: both sources find the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { nameCases } from '../text/name-cases.ts';

let sandbox: RunningSandbox;
let facades: readonly Facade[];
const bpSiteId = '9001';
const firstId = 700_001;

beforeAll(async () => {
  sandbox = await startSandbox({ today: sandboxToday });
  nameCases.forEach(({ names }, index) => {
    const { firstName = null, middleName = null, preferredName = null, lastName = null } = names;
    sandbox.database(bpSiteId).run(
      `INSERT INTO PATIENTS (INTERNALID, RECORDSTATUS, PATIENTSTATUS, FIRSTNAME, MIDDLENAME, PREFERREDNAME, SURNAME, DOB)
         VALUES (@id, 1, 1, @first, @middle, @preferred, @last, '1990-05-06T00:00:00')`,
      {
        '@id': firstId + index,
        '@first': firstName,
        '@middle': middleName,
        '@preferred': preferredName,
        '@last': lastName,
      },
    );
  });
  facades = (['sql-passthrough', 'bp-premier'] as const).map((source) =>
    openFacade({ baseUrl: sandbox.url, source }),
  );
});
afterAll(async () => {
  await Promise.all(facades.map((facade) => facade.close()));
  await sandbox.close();
});

async function found(facade: Facade, search: object): Promise<readonly string[]> {
  const { data } = await facade.execute(
    `query ($search: PatientSearch!) { practice(bpSiteId: "${bpSiteId}") { ... on Practice {
      patients(search: $search, first: 500) { ... on PatientConnection { nodes { pmsId } } ... on HaloError { code message } } } } }`,
    { search },
  );
  return (
    data.practice.patients.nodes?.map(({ pmsId }: { pmsId: string }) => pmsId) ?? [
      data.practice.patients.code,
    ]
  );
}

describe('B1, B2: who is searched for is found, by either source', () => {
  it.each(nameCases.map((each, index) => ({ ...each, id: String(firstId + index) })))(
    '$names',
    async ({ finds, findsNot, id }) => {
      for (const name of [...finds, ...findsNot].filter((each) => /\p{L}/u.test(each))) {
        const [bySql = [], byFhir = []] = await Promise.all(facades.map((facade) => found(facade, { name })));
        expect(byFhir, name).toEqual(bySql);
        expect(bySql.includes(id), name).toBe(finds.includes(name));
      }
    },
  );

  it('pages are complete and in one order, whatever their size', async () => {
    for (const facade of facades) {
      for (const name of ['a', 'o', 'b', 'samp']) {
        const whole = await found(facade, { name });
        const seen: string[] = [];
        let after = '';
        do {
          const { data } = await facade.execute(
            `{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { patients(search: { name: "${name}" }, first: 7${after}) {
              ... on PatientConnection { nodes { pmsId } pageInfo { hasNextPage endCursor } } } } } }`,
          );
          const { nodes, pageInfo } = data.practice.patients;
          seen.push(...nodes.map(({ pmsId }: { pmsId: string }) => pmsId));
          after = pageInfo.hasNextPage ? `, after: "${pageInfo.endCursor}"` : '';
        } while (after !== '');
        expect(seen).toEqual(whole);
      }
    }
  });

  it('H1: of very many, those whose last name begins so come first, on every page and by either source', async () => {
    sandbox.database(bpSiteId).run(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 560)
       INSERT INTO PATIENTS (INTERNALID, RECORDSTATUS, PATIENTSTATUS, FIRSTNAME, SURNAME)
       SELECT 710000 + i, 1, 1, iif(i % 14, 'Sample' || i, 'Qadir'), iif(i % 14, 'Qfix' || (i % 9), 'Zfix') FROM n`,
    );
    const lists = await Promise.all(
      facades.map(async (facade) => {
        const seen: { pmsId: string; lastName: string | null }[] = [];
        let after = '';
        do {
          const { data, cost } = await facade.execute(
            `{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { patients(search: { name: "q" }, first: 200${after}) {
              ... on PatientConnection { nodes { pmsId lastName } pageInfo { hasNextPage endCursor } } } } } }`,
          );
          const { nodes, pageInfo } = data.practice.patients;
          if (facade === facades[0]) expect(cost.charged).toBe(1);
          seen.push(...nodes);
          after = pageInfo.hasNextPage ? `, after: "${pageInfo.endCursor}"` : '';
        } while (after !== '');
        return seen;
      }),
    );
    const [bySql = [], byFhir = []] = lists;
    const begun = bySql.filter(({ lastName }) => /^q/i.test(lastName ?? ''));
    expect(begun.length).toBeGreaterThan(500);
    expect(bySql.length).toBeGreaterThan(begun.length + 30);
    expect(bySql.slice(0, begun.length)).toEqual(begun);
    expect(new Set(bySql.map(({ pmsId }) => pmsId)).size).toBe(bySql.length);
    expect(byFhir).toEqual(bySql);
  });
});

describe('H1: addresses and numbers in unusual forms are found, too', () => {
  it.each([
    ['MEDICARENO', '2123 45670 1', { medicareNumber: '2123456701' }],
    ['MEDICARENO', '2123-45670-1', { medicareNumber: '2123 45670 1' }],
    ['MEDICARENO', ' 21 23456701', { medicareNumber: '2123456701' }],
    ['MOBILEPHONE', '+61 491570006', { phone: '0491 570 006' }],
    ['HOMEPHONE', '+442079460958', { phone: '+44 (0)20 7946 0958' }],
    ['WORKPHONE', '131 114', { phone: '131114' }],
  ])('%s %s', async (column, value, search) => {
    const [bySql] = facades;
    sandbox
      .database(bpSiteId)
      .run(`UPDATE PATIENTS SET MEDICARENO = NULL, HOMEPHONE = NULL, WORKPHONE = NULL, MOBILEPHONE = NULL`);
    sandbox.database(bpSiteId).run(`UPDATE PATIENTS SET ${column} = @value WHERE INTERNALID = @id`, {
      '@value': value,
      '@id': firstId,
    });
    expect(await found(bySql as Facade, search)).toEqual([String(firstId)]);
  });

  it('an address in another case, with blanks around it', async () => {
    const [bySql] = facades;
    sandbox
      .database(bpSiteId)
      .run(
        `INSERT INTO EMAIL (RECORDID, RECORDSTATUS, INTERNALID, EMAILCODE, EMAIL) VALUES (990001, 1, ${firstId}, 1, ' Mary.Ann@Example.COM ')`,
      );
    expect(await found(bySql as Facade, { email: 'mary.ann@example.com' })).toEqual([String(firstId)]);
  });
});

describe('who is added', () => {
  const add = async (facade: Facade, input: object) =>
    (
      await facade.execute(
        `mutation ($input: AddPatientInput!) { result: addPatient(input: $input) { __typename
          ... on AddPatientPayload { patient { pmsId firstName lastName preferredName } }
          ... on InvalidInput { issues { path message } } ... on HaloError { code message } } }`,
        { input: { bpSiteId, birthDate: '1990-05-06', ...input } },
      )
    ).data.result;

  it('B3: a namesake in other letters is refused, by either source', async () => {
    for (const facade of facades) {
      for (const names of [
        { firstName: 'Mia', lastName: "O'Dupley" },
        { firstName: 'Mia\u200b', lastName: 'ODupley' },
        { firstName: 'Zoe', lastName: 'Muller Akermock' },
        { firstName: 'Maryann', lastName: 'Vanderberg' },
        { firstName: 'Ann', lastName: 'JOANNASON' },
        { lastName: 'Sukarno' },
      ]) {
        const result = await add(facade, names);
        expect(result.issues?.[0]?.message, JSON.stringify([names, result])).toMatch(/already/);
      }
    }
  });

  it('B6: a person with one name only, and is found', async () => {
    for (const [index, facade] of facades.entries()) {
      const lastName = ['Monomock', 'Unonymfix'][index] as string;
      const result = await add(facade, { lastName });
      expect(result).toMatchObject({ patient: { firstName: null, lastName } });
      expect(await found(facade, { name: lastName })).toEqual([result.patient.pmsId]);
    }
  });

  it('D2: what the practice stores is what was sent', async () => {
    for (const [index, facade] of facades.entries()) {
      const names = {
        firstName: 'Zoe\u0308 \u200b Mariëlle',
        lastName: `O’Mocksample${'ab'[index]}`,
        preferredName: 'Œdi–Š',
      };
      const result = await add(facade, names);
      expect(result.patient).toMatchObject({ ...names, firstName: 'Zoë Mariëlle' });
      const [row] = sandbox
        .database(bpSiteId)
        .all<{ FIRSTNAME: string }>(`SELECT * FROM PATIENTS WHERE INTERNALID = ${result.patient.pmsId}`);
      expect(row).toMatchObject({
        FIRSTNAME: 'Zoë Mariëlle',
        SURNAME: names.lastName,
        PREFERREDNAME: 'Œdi–Š',
      });
      expect((await add(facade, { firstName: 'Lệ', lastName: 'Sample' })).issues[0].path).toEqual([
        'input',
        'firstName',
      ]);
    }
  });
});
