/** How each line of `confirm` fails: another database (SQLite statements) or other answers of Halo Cloud. */
import type { Change, Json } from './changed-sandbox.ts';

export interface Failure {
  readonly sql?: readonly string[];
  readonly answers?: Change;
  /** Added to the clock of this machine. */
  readonly clockMs?: number;
}

const sql = (...statements: string[]): Failure => ({ sql: statements });
const object = (name: string) => `(SELECT object_id FROM "sys.objects" WHERE name = '${name}')`;
const withoutParameter = (procedure: string, parameter: string) =>
  sql(`DELETE FROM "sys.parameters" WHERE object_id = ${object(procedure)} AND name = '${parameter}'`);
const site = (change: (site: Json) => Json): Failure => ({
  answers: ({ path }, body) => (/\/sites\/[^/]+$/.test(path) ? change(body) : body),
});
const sites = (change: (sites: Json[]) => Json[]): Failure => ({
  answers: ({ path }, body) => (path.includes('/sites?') ? { sites: change(body.sites) } : body),
});
const search = (resource: string, change: (resources: Json[]) => Json[]): Failure => ({
  answers: ({ path }, body) =>
    path.endsWith(`/${resource}/_search`)
      ? {
          ...body,
          entry: change(body.entry.map((entry: Json) => entry.resource)).map((each) => ({ resource: each })),
          total: undefined,
        }
      : body,
});
const metadata = (change: (resources: Json[]) => Json[]): Failure => ({
  answers: ({ path }, body) =>
    path.endsWith('/metadata')
      ? { ...body, rest: [{ ...body.rest[0], resource: change(body.rest[0].resource) }] }
      : body,
});
const guid = (index: number) => `5a4db0c5-0000-4000-8000-00000000000${index}`;
const references = (from: string, to: (id: string) => string) => (resource: Json) =>
  JSON.parse(
    JSON.stringify(resource).replaceAll(new RegExp(`"${from}/([^"]+)"`, 'g'), (_, id) => `"${to(id)}"`),
  );

/** By the id and the first words of the line. */
export const failures: Readonly<Record<string, Failure>> = {
  'H2 one site': sites(([one]) => [
    { ...one, authoritative: undefined },
    {
      ...one,
      id: guid(1),
      authoritative: undefined,
      heartbeatTimestampUTC: '2026-01-01T00:00:00Z',
    },
  ]),
  'H3 the site': site((body) => ({
    ...body,
    name: undefined,
    practiceMetadata: { ...body.practiceMetadata, practiceName: undefined },
  })),
  'H15 the site': site((body) => ({ ...body, catalogue: [] })),
  'H26 Halo Link': site((body) => ({ ...body, haloLinkVersion: 'second' })),
  'H28 an online': site((body) => ({
    ...body,
    heartbeatTimestampUTC: new Date(Date.now() - 1_200_000).toISOString(),
  })),
  'P4 at most': sites(([one]) => [
    one,
    ...Array.from({ length: 5 }, (_, index) => ({ ...one, id: guid(index), authoritative: false })),
  ]),
  'H6 result.data': {
    answers: ({ path }, body) => {
      if (!path.endsWith('/immediate') || !body.result?.data) return body;
      const text = Buffer.from(body.result.data, 'base64').toString('utf8');
      const data = Buffer.from(text.replaceAll('2026-01-02T03:04:05', '02/01/2026 03:04')).toString('base64');
      return { ...body, result: { ...body.result, data } };
    },
  },
  'H25 HAS_PERMS_BY_NAME': sql(
    `DELETE FROM "sys.permissions" WHERE securable = 'PROVIDER_LOCATION' AND permission = 'SELECT'`,
  ),
  'B12 ids': sql('UPDATE USERS SET USERID = -5 WHERE USERID = (SELECT MIN(USERID) FROM USERS)'),
  'B30 the collation': sql(`UPDATE "sys.databases" SET collation_name = 'Latin1_General_CS_AS'`),
  'B38 texts': sql(`UPDATE "sys.databases" SET collation_name = 'Cyrillic_General_CI_AS'`),
  'B40 indexes': sql(
    `DELETE FROM "sys.index_columns" WHERE object_id = ${object('PATIENTS')} AND index_id = 2`,
  ),
  'B43 each key': sql("INSERT INTO PATIENTSTATUS (STATUSCODE, STATUSTEXT) VALUES (1, 'Active')"),
  'B44 the login': sql(`DELETE FROM "sys.permissions" WHERE securable = 'SP_GETAPPLOCK'`),
  'B32 the login': sql(
    `DELETE FROM "sys.permissions" WHERE securable = 'SESSIONS' AND permission = 'INSERT'`,
  ),
  'B33 the login': sql(
    `DELETE FROM "sys.permissions" WHERE securable = 'USERS.PHONE' AND permission = 'UPDATE'`,
  ),
  'B1 RECORDSTATUS': sql('UPDATE APPOINTMENTS SET RECORDSTATUS = 4 WHERE RECORDSTATUS = 2'),
  'B2 the codes': sql('UPDATE APPOINTMENTS SET APPOINTMENTCODE = 14 WHERE APPOINTMENTCODE = 13'),
  'B3 lengths of appointment types': sql(
    'UPDATE APPOINTMENTTYPES SET APPOINTMENTLENGTH = APPOINTMENTLENGTH / 60',
  ),
  'B3 lengths of appointments': sql('UPDATE APPOINTMENTS SET APPOINTMENTLENGTH = APPOINTMENTLENGTH / 60'),
  'T1 times': sql('UPDATE APPOINTMENTS SET APPOINTMENTTIME = APPOINTMENTTIME / 60'),
  'B11 CREATED': sql("UPDATE APPOINTMENTS SET CREATED = substr(CREATED, 1, 10) || 'T22:00:00'"),
  'B45 UPDATED': sql('UPDATE APPOINTMENTS SET UPDATED = NULL'),
  'B21 the standard': sql('UPDATE APPOINTMENTTYPES SET APPOINTMENTCODE = 300 WHERE APPOINTMENTCODE = 1'),
  'P1 at most': sql("UPDATE APPOINTMENTS SET APPOINTMENTDATE = '2026-11-02T00:00:00'"),
  'P2 at most': sql('UPDATE APPOINTMENTS SET INTERNALID = 1'),
  'B4 the texts of SEX': sql("UPDATE SEX SET SEX = 'M' WHERE SEX = 'Male'"),
  'B4 the texts of PATIENTSTATUS': sql(
    "UPDATE PATIENTSTATUS SET STATUSTEXT = 'Current' WHERE STATUSCODE = 1",
  ),
  'B30 DVATYPE': sql("UPDATE DVATYPE SET DVATYPE = 'Card A' WHERE DVACODE = 1"),
  'B30 TITLES': sql("DELETE FROM TITLES WHERE TITLE = 'Mr.'"),
  'B5 the values': sql('UPDATE USERS SET USERSTATUS = 4 WHERE USERID = (SELECT MAX(USERID) FROM USERS)'),
  'B6 a role': sql("UPDATE USERGROUPS SET GROUPNAME = 'Keeper of the fish'"),
  'B16 a patient': sql(
    'INSERT INTO EMAIL (RECORDSTATUS, INTERNALID, EMAIL) SELECT RECORDSTATUS, INTERNALID, EMAIL FROM EMAIL',
  ),
  'B18 phone numbers': sql("UPDATE PATIENTS SET MOBILEPHONE = 'ext 12'"),
  'B36 Medicare': sql("UPDATE PATIENTS SET MEDICARENO = '9999999999'"),
  'B39 a person': sql("UPDATE PATIENTS SET SURNAME = '' WHERE FIRSTNAME <> ''"),
  'B7 the practice': sql(
    'UPDATE SESSIONS SET USERID = -1 WHERE USERID = 0',
    'DELETE FROM DAYSAWAY WHERE USERID = 0',
  ),
  'B3 lengths and times': sql('UPDATE SESSIONS SET LENGTH = LENGTH / 60'),
  'B8 rotating': sql(
    "UPDATE SESSIONS SET WEEKS = 2, CYCLEWEEK = 0, CYCLEDATE = '2026-11-15T00:00:00' WHERE USERID <> 0",
  ),
  'B15 absences': sql('UPDATE DAYSAWAY SET FINISHDATE = NULL'),
  'B31 RECORDSTATUS': sql('UPDATE SESSIONS SET RECORDSTATUS = 0 WHERE RECORDSTATUS = 2'),
  'B34 sessions': sql('UPDATE SESSIONS SET SPECIAL = 1 WHERE USERID = 0'),
  'B34 the server': { clockMs: -6 * 3_600_000 },
  'B42 RESERVEDAPPOINTMENTS': sql(
    'INSERT INTO RESERVEDAPPOINTMENTS (RECORDSTATUS, USERID, DAYOFWEEK, APPOINTMENTTIME) VALUES (1, 999999, 1, 43200)',
  ),
  'B10 the location': sql(
    "INSERT INTO LOCATIONS (LOCATIONID, RECORDSTATUS, LOCATIONNAME, POSTCODE) VALUES (2, 1, 'Second', '2000')",
    'UPDATE APPOINTMENTS SET LOCATIONID = 2',
  ),
  'T2 a time zone': sql("UPDATE LOCATIONS SET POSTCODE = 'AB12'"),
  'B20 BP_AddAppointment': withoutParameter('BP_AddAppointment', '@locationid'),
  'B22 BP_AddAppointmentEx': sql(`DELETE FROM "sys.objects" WHERE name = 'BP_AddAppointmentEx'`),
  'B23 the procedures': withoutParameter('BP_MoveAppointment', '@apttime'),
  'B28 BP_AddPatient': withoutParameter('BP_AddPatient', '@email'),
  'B29 the procedures': sql(`DELETE FROM "sys.objects" WHERE name = 'BP_UpdatePatientDVA'`),
  'F7 the CapabilityStatement': metadata((resources) =>
    resources.map((each) => ({
      ...each,
      searchParam: each.searchParam?.filter(({ name }: Json) => name !== 'date'),
    })),
  ),
  'F4 the CapabilityStatement': metadata((resources) => resources.filter(({ type }) => type !== 'Slot')),
  'F1 FHIR ids': search('Appointment', (found) => found.map(references('Patient', (id) => `Patient/p${id}`))),
  'F3 _id': search('Appointment', (found) => found.slice(1)),
  'F2 FHIR statuses': search('Appointment', (found) =>
    found.map((each) => ({ ...each, status: 'proposed' })),
  ),
  'F8 FHIR instants': search('Appointment', (found) =>
    found.map((each) => ({ ...each, start: each.start.replace(/([+-]\d\d:\d\d)$/, 'Z') })),
  ),
  'F11 meta.lastUpdated': search('Appointment', (found) =>
    found.map((each) => ({ ...each, meta: { lastUpdated: '2026-01-01T00:00:00Z' } })),
  ),
  'P5 appointments': search('Appointment', (found) =>
    found.map(references('Practitioner', (id) => `PractitionerRole/${id}-1`)),
  ),
  'F5 PractitionerRole': search('PractitionerRole', (found) =>
    found.map((each) => ({ ...each, availableTime: undefined })),
  ),
  'F9 roles': {
    sql: [
      'UPDATE USERS SET USERSTATUS = 2 WHERE USERID = (SELECT MIN(USERID) FROM USERS WHERE USERSTATUS = 1)',
    ],
    ...search('PractitionerRole', (found) => found.map((each) => ({ ...each, active: undefined }))),
  },
  'F10 the first': search('PractitionerRole', (found) =>
    found.map(references('Location', () => 'Location/99')),
  ),
  'F6 Location': search('Location', (found) =>
    found.map((each) => ({ ...each, hoursOfOperation: undefined })),
  ),
  'P7 FHIR ids': search('Location', (found) => found.map((each) => ({ ...each, id: 'main' }))),
  'H35 a registered': {
    answers: ({ method, path }, body) =>
      method === 'GET' && /\/registered\/[^/]+$/.test(path) ? { ...body, name: 'another' } : body,
  },
  'H24 a registered': {
    answers: ({ method, path }, body) => {
      if (method === 'DELETE') return 409;
      return /\/registered\/[^/]+$/.test(path) ? { ...body, status: 'enabled' } : body;
    },
  },
};
