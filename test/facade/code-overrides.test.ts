/** Each override of `PRACTICES_FILE`, at a sandbox practice whose database has the other value: wrong without it, right with it. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { CodeOverrides } from '../../src/datasources/domain/code-overrides.ts';
import { openFacade } from '../open-facade.ts';
import { activePatients, newKey, openBookingClient, ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
afterAll(() => sandbox.close());

/** Every override, so that a new one is not forgotten here. */
const every: Readonly<Record<keyof CodeOverrides, true>> = {
  liveRecordStatuses: true,
  appointmentStatuses: true,
  appointmentTypeLengthUnit: true,
  patientStatuses: true,
  sexes: true,
  userStatuses: true,
  standardAppointmentType: true,
  removedRecordStatus: true,
};

it('docs/operations.md describes every override', () => {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const described = [...page.matchAll(/^\| `(\w+)` \| .* \| B\d+(?:, B\d+)* \|$/gm)].map(([, name]) => name);
  expect(described).toEqual(Object.keys(every));
});

const date = '2026-11-24';
const onTheDate = `APPOINTMENTDATE LIKE '${date}%' AND INTERNALID <> 0`;
const book = `appointments(from: "${date}") { ... on AppointmentConnection { edges { node { pmsId status } } } }`;
// biome-ignore lint/suspicious/noExplicitAny: the shape of its query
type Practice = any;
const statuses = ({ appointments }: Practice) =>
  new Set(appointments.edges.map(({ node }: Practice) => node.status));
const types = (practice: Practice) => practice.appointmentTypes.nodes[0].defaultDurationMinutes;
const listTypes = 'appointmentTypes { ... on AppointmentTypes { nodes { defaultDurationMinutes } } }';
const anyUser = 'users(active: true) { ... on UserConnection { edges { node { pmsId } } } }';
const users = ({ users }: Practice) => users.edges.length;

interface Case {
  readonly overrides: CodeOverrides;
  /** Makes the database another one. */
  readonly change: string;
  readonly fields: string | ((one: string) => string);
  /** An id for the fields. */
  readonly one?: string;
  readonly shown: (practice: Practice) => unknown;
  readonly without: unknown;
  readonly with: unknown;
}

const cases: readonly Case[] = [
  {
    overrides: { liveRecordStatuses: [1] },
    change: `INSERT INTO APPOINTMENTS (INTERNALID, RECORDSTATUS, USERID, LOCATIONID, APPOINTMENTDATE, APPOINTMENTTIME, APPOINTMENTLENGTH, APPOINTMENTCODE, CREATED) SELECT INTERNALID, 4, USERID, LOCATIONID, APPOINTMENTDATE, APPOINTMENTTIME, 900, 1, CREATED FROM APPOINTMENTS WHERE ${onTheDate} LIMIT 1`,
    fields: book,
    shown: statuses,
    without: new Set(['BOOKED', 'UNKNOWN']),
    with: new Set(['BOOKED']),
  },
  {
    overrides: { appointmentStatuses: { 14: 'FULFILLED' } },
    change: `UPDATE APPOINTMENTS SET APPOINTMENTCODE = 14 WHERE RECORDSTATUS = 1 AND ${onTheDate}`,
    fields: book,
    shown: statuses,
    without: new Set(['UNKNOWN']),
    with: new Set(['FULFILLED']),
  },
  {
    overrides: { appointmentStatuses: { 14: 'BLOCKED' } },
    change: `UPDATE APPOINTMENTS SET APPOINTMENTCODE = 14 WHERE RECORDSTATUS = 1 AND ${onTheDate}`,
    fields: book,
    shown: statuses,
    without: new Set(['UNKNOWN']),
    with: new Set(),
  },
  {
    overrides: { appointmentTypeLengthUnit: 'minutes' },
    change: 'UPDATE APPOINTMENTTYPES SET APPOINTMENTLENGTH = APPOINTMENTLENGTH / 60',
    fields: listTypes,
    shown: types,
    without: 0,
    with: 15,
  },
  {
    overrides: { patientStatuses: { Current: 'ACTIVE' } },
    change: "UPDATE PATIENTSTATUS SET STATUSTEXT = 'Current' WHERE STATUSTEXT = 'Active'",
    one: 'SELECT MIN(INTERNALID) AS id FROM PATIENTS WHERE RECORDSTATUS = 1 AND PATIENTSTATUS = 1',
    fields: (id) => `patient(pmsId: "${id}") { ... on Patient { status } }`,
    shown: ({ patient }) => patient.status,
    without: null,
    with: 'ACTIVE',
  },
  {
    overrides: { sexes: { M: 'MALE' } },
    change: "UPDATE SEX SET SEX = 'M' WHERE SEX = 'Male'",
    one: "SELECT MIN(INTERNALID) AS id FROM PATIENTS WHERE RECORDSTATUS = 1 AND SEXCODE = (SELECT SEXCODE FROM SEX WHERE SEX = 'M')",
    fields: (id) => `patient(pmsId: "${id}") { ... on Patient { sex } }`,
    shown: ({ patient }) => patient.sex,
    without: 'UNKNOWN',
    with: 'MALE',
  },
  {
    overrides: { userStatuses: { 1: 'HIDDEN', 4: 'ACTIVE' } },
    change: 'UPDATE USERS SET USERSTATUS = 4 WHERE USERSTATUS = 1',
    fields: anyUser,
    shown: users,
    without: 0,
    with: 4,
  },
];

describe.each(cases)('$overrides', ({ overrides, change, fields, one, shown, without, with: right }) => {
  const bpSiteId = String(9001 + cases.findIndex((each) => each.overrides === overrides));
  const { run, all } = sandbox.database(bpSiteId);
  run(change);
  const id = one === undefined ? '' : String(all<{ id: number }>(one)[0]?.id);
  const read = async (practice: { codeOverrides?: CodeOverrides }) => {
    const facade = openFacade({
      baseUrl: sandbox.url,
      source: 'sql-passthrough',
      practices: [{ bpSiteId, ...practice }],
    });
    try {
      const { data, cost } = await facade.execute(
        `{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { ${typeof fields === 'string' ? fields : fields(id)} } } }`,
      );
      expect(cost.charged).toBe(1);
      return shown(data.practice);
    } finally {
      await facade.close();
    }
  };

  it('is read wrong without it and right with it', async () => {
    expect(await read({})).toEqual(without);
    expect(await read({ codeOverrides: overrides })).toEqual(right);
  });
});

describe('overrides of what is written', () => {
  const client = (bpSiteId: string, codeOverrides?: CodeOverrides) =>
    openBookingClient(
      sandbox,
      { source: 'sql-passthrough', practices: [{ bpSiteId, codeOverrides }] },
      bpSiteId,
    );

  it('standardAppointmentType is booked where no type is named', async () => {
    const bpSiteId = '9021';
    sandbox
      .database(bpSiteId)
      .run('UPDATE APPOINTMENTTYPES SET APPOINTMENTCODE = 300 WHERE APPOINTMENTCODE = 1');
    const [patientId] = activePatients(sandbox, 1, bpSiteId);
    const book = async (overrides?: CodeOverrides) => {
      const { freeSlots, write, close } = client(bpSiteId, overrides);
      const [slot] = await freeSlots(date);
      const booked = await write('book', {
        ...slot,
        patientId,
        durationMinutes: 15,
        idempotencyKey: newKey(),
      });
      await close();
      return booked;
    };
    expect((await book()).__typename).toBe('PmsError');
    expect((await book({ standardAppointmentType: 300 })).appointment.type.pmsId).toBe('300');
  });

  it('removedRecordStatus takes away a day closed', async () => {
    const bpSiteId = '9022';
    const { all } = sandbox.database(bpSiteId);
    const close = async (overrides?: CodeOverrides) => {
      const { facade } = client(bpSiteId, overrides);
      const added = await facade.execute(
        `mutation ($input: AddDaysClosedInput!) { result: addDaysClosed(input: $input) {
          ... on AddDaysClosedPayload { dayClosed { id } } } }`,
        { input: { bpSiteId, from: date, idempotencyKey: newKey() } },
      );
      const removed = await facade.execute(
        `mutation ($input: RemoveDaysClosedInput!) { result: removeDaysClosed(input: $input) { __typename } }`,
        { input: { bpSiteId, dayClosedId: added.data.result.dayClosed.id } },
      );
      expect(removed.data.result.__typename).toBe('RemoveDaysClosedPayload');
      await facade.close();
      return all<{ RECORDSTATUS: number }>(
        `SELECT RECORDSTATUS FROM DAYSAWAY WHERE STARTDATE LIKE '${date}%' ORDER BY RECORDID DESC LIMIT 1`,
      );
    };
    expect(await close()).toEqual([{ RECORDSTATUS: 2 }]);
    expect(await close({ removedRecordStatus: 0 })).toEqual([{ RECORDSTATUS: 0 }]);
  });

  it('sexes: a patient is added with the text of the practice', async () => {
    const bpSiteId = '9023';
    const { run, all } = sandbox.database(bpSiteId);
    run("UPDATE SEX SET SEX = 'M' WHERE SEX = 'Male'");
    const add = async (overrides?: CodeOverrides) => {
      const { facade } = client(bpSiteId, overrides);
      const { data } = await facade.execute(
        `mutation ($input: AddPatientInput!) { result: addPatient(input: $input) { __typename } }`,
        {
          input: {
            bpSiteId,
            idempotencyKey: newKey(),
            firstName: 'Sample',
            lastName: 'Syntheticperson',
            sex: 'MALE',
            birthDate: '1990-01-02',
          },
        },
      );
      await facade.close();
      return data.result.__typename;
    };
    expect(await add()).toBe('InvalidInput');
    expect(await add({ sexes: { M: 'MALE' } })).toBe('AddPatientPayload');
    expect(
      all(
        "SELECT s.SEX FROM PATIENTS p JOIN SEX s ON s.SEXCODE = p.SEXCODE WHERE p.SURNAME = 'Syntheticperson'",
      ),
    ).toEqual([{ SEX: 'M' }]);
  });
});
