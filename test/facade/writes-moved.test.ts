/** A change whose first call meets the 403 of a practice that has moved: for every mutation of the schema. */
import { getNamedType } from 'graphql';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { schema } from '../../src/schema/index.ts';
import { openFacade } from '../open-facade.ts';
import { activePatients, bpSiteId, openBookingClient, ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
const client = openBookingClient(sandbox);
afterEach(() => sandbox.setFault(bpSiteId, null));
afterAll(() => client.close().then(() => sandbox.close()));

const { haloGuid, standbyHaloGuid, name } = practices.find(
  (each) => each.bpSiteId === bpSiteId,
) as (typeof practices)[number];
const registry = [{ bpSiteId, name, haloGuid }];
const database = sandbox.database(bpSiteId);
const first = (sql: string): string => String(Object.values(database.all(sql)[0] ?? {})[0]);
const [patientId = ''] = activePatients(sandbox, 1);
const userId = first('SELECT USERID FROM USERS WHERE APPOINTMENTS = 1 AND RECORDSTATUS = 1');
const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const site = { bpSiteId };
const command = { text: 'SELECT 1 AS n' };
const free = [...(await client.freeSlots('2026-12-07'))];
const nextFree = () => {
  const slot = free.shift();
  if (!slot) throw new Error('The day is full.');
  return slot;
};
const booked = async () => ({
  bpSiteId,
  appointmentId: (await client.write('book', { ...nextFree(), patientId })).appointment.pmsId,
});
let day = 0;
const nextDay = () => `2027-05-${String(++day).padStart(2, '0')}`;
const answered = async (mutation: string, input: object, fields: string) => {
  const query = `mutation ($input: ${typeOf(mutation)}!) { result: ${mutation}(input: $input) { ${fields} } }`;
  return (await client.facade.execute(query, { input })).data.result;
};

/** An input that works, for each mutation that goes to a practice. */
const inputs: Readonly<Record<string, () => object | Promise<object>>> = {
  bookAppointment: () => ({ ...nextFree(), bpSiteId, patientId }),
  updateAppointment: async () => ({ ...(await booked()), reason: 'Sample' }),
  moveAppointment: async () => ({ ...(await booked()), start: nextFree().start }),
  cancelAppointment: booked,
  arriveAppointment: booked,
  addPatient: () => ({ bpSiteId, firstName: 'Moved', lastName: `Sample ${++day}`, birthDate: '1990-05-06' }),
  updatePatient: () => ({ bpSiteId, patientId, email: `moved${++day}@example.com` }),
  updateUser: () => ({ bpSiteId, userId, email: `moved${++day}@example.com` }),
  addUserDaysAway: () => ({ bpSiteId, userId, from: nextDay() }),
  async removeUserDaysAway() {
    const input = { bpSiteId, userId, from: nextDay() };
    const fields = '... on AddUserDaysAwayPayload { dayAway { pmsId } }';
    const { dayAway } = await answered('addUserDaysAway', input, fields);
    return { bpSiteId, userId, dayAwayId: dayAway.pmsId };
  },
  setClinicHours: () => ({
    bpSiteId,
    week: days.map((each) => ({
      day: each,
      periods: [{ opens: '07:00', closes: `${10 + (++day % 13)}:00` }],
    })),
  }),
  addDaysClosed: () => ({ bpSiteId, from: nextDay() }),
  async removeDaysClosed() {
    const input = { bpSiteId, from: nextDay() };
    const fields = '... on AddDaysClosedPayload { dayClosed { pmsId } }';
    const { dayClosed } = await answered('addDaysClosed', input, fields);
    return { bpSiteId, dayClosedId: dayClosed.pmsId };
  },
  runSql: () => ({ site, command }),
  startSqlQuery: () => ({ site, command }),
  registerSqlQuery: () => ({ site, command, name: 'Sample', frequencySeconds: 60, durationSeconds: 600 }),
  cancelRegisteredSqlQuery: () => ({ site, queryId: '00000000-0000-4000-8000-000000000000' }),
};

/** It names a practice by its PMS ID alone: no Halo GUID is addressed that could have changed. */
const withoutSite = ['pairSite'];

/** What the Bp Premier API cannot do, is refused without a call. */
const onlyBySql = ['addDaysClosed', 'removeDaysClosed'];

const fields = schema.getMutationType()?.getFields() ?? {};

function typeOf(mutation: string): string {
  const input = fields[mutation]?.args.find((arg) => arg.name === 'input');
  if (!input) throw new Error(`${mutation} has no input.`);
  return getNamedType(input.type).name;
}

/** Changes when anything is written. */
const contents = () =>
  ['APPOINTMENTS', 'PATIENTS', 'EMAIL', 'USERS', 'DAYSAWAY', 'SESSIONS'].map((table) =>
    database.all(`SELECT COUNT(*) AS n, SUM(RECORDSTATUS) AS s, MAX(UPDATED) AS u FROM ${table}`),
  );

it('D1: every mutation of the schema is tried', () => {
  expect([...Object.keys(inputs), ...withoutSite].sort()).toEqual(Object.keys(fields).sort());
});

const mutations = Object.keys(fields).filter((mutation) => !withoutSite.includes(mutation));

describe.each(['sql-passthrough', 'bp-premier'] as const)('by %s', (source) => {
  const served = mutations.filter((each) => source === 'sql-passthrough' || !onlyBySql.includes(each));

  it.each(served)(
    'D1: %s is surfaced and writes nothing; the next goes to the new server',
    async (mutation) => {
      const input = await inputs[mutation]?.();
      const facade = openFacade({ baseUrl: sandbox.url, source, practices: registry });
      const query = `mutation ($input: ${typeOf(mutation)}!) { result: ${mutation}(input: $input) { __typename
      ... on HaloError { code } ... on AuthoritativeServerChanged { haloGuid currentHaloGuid } } }`;
      try {
        sandbox.setFault(bpSiteId, 'moved');
        const before = contents();
        sandbox.resetCalls();
        const answer = await facade.execute(query, { input });
        expect(answer.data.result, answer.text).toEqual({
          __typename: 'AuthoritativeServerChanged',
          code: 'AUTHORITATIVE_SERVER_CHANGED',
          haloGuid,
          currentHaloGuid: standbyHaloGuid,
        });
        expect(answer.notices).toEqual([]);
        expect(contents()).toEqual(before);
        expect(sandbox.calls.filter(({ siteId }) => siteId === standbyHaloGuid)).toEqual([]);

        sandbox.resetCalls();
        const next = await facade.execute(query, { input });
        expect(next.data.result.__typename, next.text).toMatch(/Payload$|^NotFound$/);
        expect(sandbox.calls.map(({ siteId }) => siteId)).toContain(standbyHaloGuid);
        expect(sandbox.calls.map(({ siteId }) => siteId)).not.toContain(haloGuid);
      } finally {
        await facade.close();
      }
    },
  );
});
