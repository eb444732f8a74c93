/** A practice whose database refuses the login of this product, while its Bp Premier API answers. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server/start.ts';
import { openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';

const sandbox = await startSandbox({ today: sandboxToday });
afterAll(() => sandbox.close());
const site = '1001';
const open = (options: Parameters<typeof openFacade>[0] = {}) => {
  const facade = openFacade({ baseUrl: sandbox.url, ...options });
  opened.push(facade);
  return facade;
};
const opened: ReturnType<typeof openFacade>[] = [];
afterEach(async () => {
  sandbox.setFault(site, null);
  await Promise.all(opened.splice(0).map((facade) => facade.close()));
});

const book = `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "${sandboxToday}", first: 5) {
  __typename ... on AppointmentConnection { nodes { pmsId start status patient { pmsId fullName } user { pmsId } } }
  ... on PmsError { errorType errorCode } } } } }`;
const capabilities =
  '{ practice(bpSiteId: "1001") { ... on Practice { site { ... on Site { capabilities { ... on SiteCapabilities { operations { operation source reason } } } } } } } }';
const change = (
  phone: string,
) => `mutation { updatePatient(input: { bpSiteId: "1001", patientId: "2", workPhone: "${phone}" }) {
  __typename ... on UpdatePatientPayload { patient { workPhone } } ... on HaloError { code } } }`;
const sent = (calls: readonly string[], kind: RegExp) => calls.filter((call) => kind.test(call)).length;
const sqlCalls = (calls: readonly string[]) => sent(calls, /queries\/immediate/);
const sortedBook = (answer: { data: { practice: { appointments: { nodes: { pmsId: string }[] } } } }) =>
  answer.data.practice.appointments.nodes;

describe('C7: SQL Passthrough that refuses the login', () => {
  it.each([18456, 18452, 18470, 18486, 18487, 18488, 4060, 4064, 916])(
    'mssql %i: the Bp Premier API is queried, and only it for five minutes',
    async (number) => {
      let now = Date.parse(`${sandboxToday}T00:00:00Z`);
      const facade = open({ now: () => now });
      const healthy = await facade.execute(book);
      sandbox.setFault(site, `sql-error-${number}`);
      const first = await facade.execute(book);
      expect(first.errors).toBeUndefined();
      expect(sortedBook(first)).toEqual(sortedBook(healthy));
      expect(sqlCalls(first.calls)).toBe(1);
      const second = await facade.execute(book);
      expect(sortedBook(second)).toEqual(sortedBook(healthy));
      expect(sqlCalls(second.calls)).toBe(0);
      sandbox.setFault(site, null);
      now += 5 * 60_000 + 1;
      const later = await facade.execute(book);
      expect(sqlCalls(later.calls)).toBe(1);
      expect(sortedBook(later)).toEqual(sortedBook(healthy));
    },
  );

  it('capabilities say so', async () => {
    const facade = open();
    sandbox.setFault(site, 'sql-error-18456');
    await facade.execute(book);
    const { data } = await facade.execute(capabilities);
    const operations: { source: string | null; reason: string }[] =
      data.practice.site.capabilities.operations;
    expect(operations.filter(({ source }) => source === 'SQL_PASSTHROUGH')).toEqual([]);
    expect(operations.map(({ reason }) => reason).join()).toContain(
      "The practice's database refuses the login of this product (mssql 18456).",
    );
  });

  it('the operator gets one log line', async () => {
    const facade = open();
    sandbox.setFault(site, 'sql-error-18456');
    for (let times = 0; times < 3; times += 1) await facade.execute(book);
    expect(facade.log.filter((line) => line.includes('refuses the SQL login'))).toHaveLength(1);
  });

  it('where it is forced, its refusal is the answer each time', async () => {
    const forced = open({ source: 'sql-passthrough' });
    sandbox.setFault(site, 'sql-error-18456');
    const refusal = { __typename: 'PmsError', errorType: 'mssql', errorCode: 18456 };
    for (let times = 0; times < 2; times += 1)
      expect((await forced.execute(book)).data.practice.appointments).toMatchObject(refusal);
  });

  it('a fault that is made up for one operation is not remembered for others', async () => {
    const facade = open();
    const faulted = await facade.executeWithFault('1001:sql-error-18456', book);
    expect(sqlCalls(faulted.calls)).toBe(1);
    expect(sortedBook(faulted).length).toBeGreaterThan(0);
    expect(sqlCalls((await facade.execute(book)).calls)).toBe(1);
  });

  it('a missing grant (229) affects one query: others still use SQL', async () => {
    const facade = open();
    sandbox.setFault(site, 'sql-error-229');
    const first = await facade.execute(book);
    expect(sortedBook(first).length).toBeGreaterThan(0);
    sandbox.setFault(site, null);
    expect(sqlCalls((await facade.execute(book)).calls)).toBe(0);
    const slots = await facade.execute(
      `{ practice(bpSiteId: "1001") { ... on Practice { availableSlots(from: "${sandboxToday}") { __typename } } } }`,
    );
    expect(sqlCalls(slots.calls)).toBeGreaterThan(0);
  });

  it('a change goes to the Bp Premier API, once', async () => {
    const facade = open({ server: {} });
    sandbox.setFault(site, 'sql-error-18456');
    const answer = await facade.execute(change('03 5550 0101'));
    expect(answer.data.updatePatient).toMatchObject({ __typename: 'UpdatePatientPayload' });
    expect(sent(answer.calls, /^PUT .*Patient/)).toBe(1);
  });
});
