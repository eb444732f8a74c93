/** `extensions.halo.explain`: the upstream calls of an operation, and never a value of its caller. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import type { CostReport, Notice } from '../../src/datasources/halo-cloud/halo-session.ts';
import type { ExplainedCall, Explanation } from '../../src/datasources/halo-cloud/transport/explain.ts';
import { graphiqlTabs } from '../../src/http/graphiql-tabs.ts';
import { schema } from '../../src/schema/index.ts';
import { everyScope } from '../../src/scopes.ts';
import { type Answer, type FacadeOptions, openFacade } from '../open-facade.ts';
import { sandboxNow, sandboxToday } from '../sandbox-today.ts';

const explained = { 'x-halo-explain': 'true' };
const guidOf = (site: string) => practices.find(({ bpSiteId }) => bpSiteId === site)?.haloGuid ?? '';
const dayBook = `query DayBook($date: Date!) { practice(bpSiteId: "1001") { ... on Practice {
  book: appointments(from: $date) { ... on AppointmentConnection { nodes { start patient { fullName } } } } } } }`;

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ today: sandboxToday });
});
afterAll(() => sandbox.close());

/** A facade of its own for one test. */
async function withFacade(options: FacadeOptions, run: (facade: ReturnType<typeof openFacade>) => unknown) {
  const facade = openFacade({ baseUrl: sandbox.url, ...options });
  try {
    await run(facade);
  } finally {
    await facade.close();
  }
}

interface Halo {
  readonly cost: CostReport;
  readonly notices: readonly Notice[];
  readonly explain?: Explanation;
}
const haloOf = ({ text }: Answer): Halo => JSON.parse(text).extensions.halo;
const callsOf = (answer: Answer): readonly ExplainedCall[] => haloOf(answer).explain?.calls ?? [];

describe('the explanation of an operation', () => {
  it('lists each call with its field, source, reason, time and statement', () =>
    withFacade({}, async (facade) => {
      const answer = await facade.execute(dayBook, { date: sandboxToday }, explained);
      const [lookUp, book, ...more] = callsOf(answer);
      expect(more).toEqual([]);
      expect(lookUp).toMatchObject({
        path: ['practice'],
        delivery: 'SENT',
        kind: 'sites',
        request: 'GET /integrator/sites',
        source: null,
        statement: null,
        charged: false,
        status: 200,
      });
      expect(book).toMatchObject({
        path: ['practice', 'book'],
        delivery: 'SENT',
        kind: 'sql',
        request: 'POST /integrator/sites/{siteId}/queries/immediate',
        haloGuid: guidOf('1001'),
        source: 'SQL_PASSTHROUGH',
        reason: expect.stringMatching(/1 charged call by SQL Passthrough$/),
        cause: null,
        charged: true,
        status: 200,
        failure: null,
      });
      expect(book?.statement).toContain('FROM dbo.APPOINTMENTS a');
      expect(book?.statement).toContain('@from');
      expect(book?.ms).toBeGreaterThan(0);
      expect(book?.startMs).toBeGreaterThanOrEqual(lookUp?.startMs ?? Number.NaN);
    }));

  it.each(['auto', 'sql-passthrough', 'bp-premier'] as const)(
    'counts the same calls as the cost, by %s, and holds no value of a variable',
    async (source) => {
      await withFacade({ source }, async (facade) => {
        for (const { query, variables, headers, operationName } of operations) {
          const answer = await facade.execute(query, variables, { ...headers, ...explained }, operationName);
          const { cost, explain } = haloOf(answer);
          const sent = callsOf(answer).filter(({ delivery }) => delivery === 'SENT');
          expect(callsOf(answer).filter(({ path }) => path === null)).toEqual([]);
          const what = `${operationName}: ${JSON.stringify(sent, null, 1)}`;
          expect(sent.length, what).toBe(cost.calls);
          expect(sent.filter(({ charged }) => charged).length, what).toBe(cost.charged);
          expect(sent.filter(({ cause }) => cause === 'RETRY').length, what).toBe(cost.retries);
          const text = JSON.stringify(explain).toLowerCase();
          for (const value of valuesIn(variables)) expect(text, operationName).not.toContain(value);
        }
      });
    },
    120_000,
  );

  it('finds a value where there is one', () => {
    expect(valuesIn({ a: [{ b: 'Zyxquux' }], c: 49516516, bpSiteId: '1001', d: 'ab' })).toEqual([
      'zyxquux',
      '49516516',
    ]);
  });

  it('names the parameters of a FHIR search, without their values', () =>
    withFacade({ source: 'bp-premier' }, async (facade) => {
      const query =
        '{ practice(bpSiteId: "1001") { ... on Practice { patients(search: { name: "zyxquux" }) { __typename } } } }';
      const search = callsOf(await facade.execute(query, {}, explained)).find(({ kind }) => kind === 'fhir');
      expect(search).toMatchObject({
        request: 'POST /integrator/sites/{siteId}/fhir/R4/Patient/_search',
        source: 'BP_PREMIER',
        reason: 'HALO_SOURCE=bp-premier',
      });
      expect(search?.statement).toMatch(/^(\w+(:\w+)?, )*name/);
    }));

  it('does not repeat SQL that the caller wrote', () =>
    withFacade({}, async (facade) => {
      const query = `mutation { runSql(input: { site: { bpSiteId: "1001" }, command: {
        text: "SELECT INTERNALID FROM PATIENTS WHERE SURNAME = 'Zyxquux'", parameters: [] } }) { __typename } }`;
      const answer = await facade.execute(query, {}, explained);
      expect(callsOf(answer).at(-1)).toMatchObject({ path: ['runSql'], kind: 'sql', statement: null });
      expect(answer.text).not.toContain('Zyxquux');
    }));

  it('shows a call that another operation had sent as shared, and free', () =>
    withFacade({}, async (facade) => {
      await facade.execute(dayBook, { date: sandboxToday });
      const both = await Promise.all(
        [1, 2].map(() => facade.execute(dayBook, { date: sandboxToday }, { ...explained })),
      );
      const calls = both.flatMap(callsOf);
      expect(calls.map(({ delivery, charged }) => `${delivery} ${charged}`).sort()).toEqual([
        'SENT true',
        'SHARED false',
      ]);
      const shared = calls.find(({ delivery }) => delivery === 'SHARED');
      expect(shared).toMatchObject({ path: ['practice', 'book'], kind: 'sql', source: 'SQL_PASSTHROUGH' });
      expect(shared?.ms).toBeGreaterThan(0);
    }));

  it('shows what follows a 403: the look-up, and the call to the current site', () =>
    withFacade({}, async (facade) => {
      const query = dayBook.replace('1001', '1005');
      await facade.execute(query, { date: sandboxToday });
      const fault = { 'x-sandbox-fault': '1005:moved' };
      const calls = callsOf(await facade.execute(query, { date: sandboxToday }, { ...explained, ...fault }));
      expect(calls.map(({ kind, status, cause, charged }) => ({ kind, status, cause, charged }))).toEqual([
        { kind: 'sql', status: 403, cause: null, charged: false },
        { kind: 'sites', status: 200, cause: 'SITE_REFUSED', charged: false },
        { kind: 'sql', status: 200, cause: 'SITE_MOVED', charged: true },
      ]);
      expect(new Set(calls.map(({ path }) => path?.join('.')))).toEqual(new Set(['practice.book']));
      expect(calls[0]?.haloGuid).not.toBe(calls[2]?.haloGuid);
    }));

  it('shows retries, and an async query instead of an immediate one', () =>
    withFacade({}, async (facade) => {
      const execute = async (fault: string) => {
        const headers = { ...explained, 'x-sandbox-fault': fault };
        return callsOf(await facade.execute(dayBook, { date: sandboxToday }, headers)).filter(
          ({ kind }) => kind !== 'sites',
        );
      };
      const retried = await execute('503');
      expect(retried.map(({ status, cause }) => `${status} ${cause}`)).toEqual([
        '503 null',
        '503 RETRY',
        '503 RETRY',
      ]);
      const [first, ...async] = await execute('504-immediate');
      expect(first).toMatchObject({ status: 504, cause: null, charged: true });
      expect(async.length).toBeGreaterThan(2);
      expect(new Set(async.map(({ cause }) => cause))).toEqual(new Set(['LIMIT_EXCEEDED']));
    }));

  it('shows what was cached, with its age', () =>
    withFacade({ referenceSeconds: 300 }, async (facade) => {
      const query =
        '{ practice(bpSiteId: "1001") { ... on Practice { locations { ... on LocationConnection { nodes { name } } } } } }';
      await facade.execute(query, {}, explained);
      const [capability, cached, ...more] = callsOf(await facade.execute(query, {}, explained));
      expect(more).toEqual([]);
      expect(capability).toMatchObject({ delivery: 'CACHED', cached: { what: 'capability' } });
      expect(cached).toMatchObject({
        path: ['practice', 'locations'],
        delivery: 'CACHED',
        charged: false,
        cached: { what: 'locations', ageSeconds: 0 },
      });
    }));
});

describe('access to explanations', () => {
  const execute = async (options: FacadeOptions, headers: Record<string, string>) => {
    let halo: Halo | undefined;
    let data: unknown;
    await withFacade(options, async (facade) => {
      const answer = await facade.execute(dayBook, { date: sandboxToday }, headers);
      [halo, data] = [haloOf(answer), answer.data];
      expect(answer.errors).toBeUndefined();
    });
    return { ...(halo as Halo), data };
  };
  const caller = (without?: string) => ({
    name: 'test',
    scopes: everyScope.filter((scope) => scope !== without),
    practices: 'all' as const,
  });
  const staging = { server: { environment: 'staging' as const } };

  it('no caller without the header, and then no asynchronous context is entered', async () => {
    const entered = vi.spyOn(AsyncLocalStorage.prototype, 'run');
    const { explain, notices } = await execute({}, {});
    expect({ explain, notices, entered: entered.mock.calls.length }).toEqual({
      explain: undefined,
      notices: [],
      entered: 0,
    });
    entered.mockRestore();
  });

  it('no caller without the scope operator outside the sandbox: a notice says so, and the data is the same', async () => {
    const { data } = await execute({ ...staging, caller: caller() }, {});
    const denied = await execute({ ...staging, caller: caller('operator') }, explained);
    expect(denied.explain).toBeUndefined();
    expect(denied.notices).toEqual([
      expect.objectContaining({ code: 'EXPLAIN_DENIED', bpSiteId: null, message: expect.any(String) }),
    ]);
    expect(denied.data).toEqual(data);
  });

  it('who has the scope operator, and everybody in the sandbox', async () => {
    const operator = await execute({ ...staging, caller: caller() }, explained);
    const inSandbox = await execute({ caller: caller('operator') }, explained);
    for (const { explain, notices } of [operator, inSandbox]) {
      expect(explain?.calls.length).toBe(2);
      expect(notices).toEqual([]);
    }
  });

  it('does not learn whose a Halo GUID is', () =>
    withFacade({ caller: { ...caller(), practices: ['1002'] } }, async (facade) => {
      const query = 'query Site($guid: UUID!) { site(haloGuid: $guid) { __typename } }';
      const explanations = await Promise.all(
        [guidOf('1001'), '00000000-0000-4000-8000-00000000dead'].map(async (guid) =>
          haloOf(await facade.execute(query, { guid }, explained)),
        ),
      );
      expect(explanations[0]?.explain).toEqual(explanations[1]?.explain);
    }));
});

/** The example operations and each change, with values that occur nowhere else. */
const variables = {
  bpSiteId: '1001',
  bpSiteIds: ['1001', '1002', '1007'],
  pmsSiteId: '1001',
  patientId: '77077',
  date: '2026-12-24',
  from: '2026-12-24',
  to: '2026-12-29',
  search: { name: 'zyxquux', birthDate: '1957-03-09' },
};
const folder = new URL('../../examples/operations/', import.meta.url);
const examples = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .filter((query) => !query.includes('mutation') && !query.includes('$haloGuid'));
const nameOf = (query: string) => /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
const away = { from: '2027-10-05', to: '2027-10-06', idempotencyKey: 'zyxquux-days' };
const changes: readonly (readonly [string, object])[] = [
  ['bookAppointment', { userId: '2', patientId: '1', start: '2027-09-06T10:00:00+10:00', reason: 'Zyxquux' }],
  ['moveAppointment', { appointmentId: '70707', start: '2027-09-06T11:00:00+10:00' }],
  ['updateAppointment', { appointmentId: '70707', reason: 'Zyxquux pain', durationMinutes: 30 }],
  ['cancelAppointment', { appointmentId: '70707' }],
  [
    'addPatient',
    {
      firstName: 'Zyxquux',
      lastName: 'Marrowby',
      birthDate: '1957-03-09',
      mobilePhone: '0491 570 006',
      email: 'zyx@quux.example',
      address: { line1: '7 Zyx Street', suburb: 'Quuxham', postcode: '2777' },
    },
  ],
  ['updatePatient', { patientId: '77', mobilePhone: '0491 570 156', email: 'quux@zyx.example' }],
  ['updateUser', { userId: '2', phone: '02 5550 0177' }],
  ['addUserDaysAway', { userId: '2', ...away }],
  ['setClinicHours', { week: [{ day: 'SATURDAY', periods: [{ opens: '07:17', closes: '12:19' }] }] }],
  ['addDaysClosed', away],
];
const mutations = changes.map(([field, input]) => {
  const type = schema.getMutationType()?.getFields()[field]?.args[0]?.type;
  return {
    operationName: 'Change',
    query: `mutation Change($input: ${type}) { ${field}(input: $input) { __typename } }`,
    variables: { input: { bpSiteId: '1001', ...input } },
    headers: {},
  };
});
const operations = [
  ...examples.map((query) => ({ operationName: nameOf(query), query, variables, headers: {} })),
  ...graphiqlTabs(sandboxNow)
    .filter(({ query }) => !query.includes('$formerHaloGuid') && !query.includes('subscription'))
    .map((tab) => ({
      operationName: nameOf(tab.query),
      query: tab.query,
      variables: JSON.parse(tab.variables) as Record<string, unknown>,
      headers: JSON.parse(tab.headers) as Record<string, string>,
    })),
  ...mutations,
];

/** Values of variables, in lower case. Names of practices and words of the schema are no values of a caller. */
function valuesIn(json: unknown, name = ''): readonly string[] {
  if (typeof json === 'object' && json !== null) {
    return Object.entries(json).flatMap(([key, value]) => valuesIn(value, Array.isArray(json) ? name : key));
  }
  const text = String(json).toLowerCase();
  const isValue = text.length > 2 && !/^(pms|bp)SiteIds?$|^day$|^type$/.test(name);
  return isValue ? [text] : [];
}
