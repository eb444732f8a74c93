import type { PracticeDatabase } from '../../sandbox/database/practice-database.ts';
import { openPracticeDatabase } from '../../sandbox/database/practice-database.ts';
import { handleFhir } from '../../sandbox/fhir/index.ts';
import { type PracticeSpec, practices } from '../../sandbox/practices.ts';

export const today = '2026-11-22';

type Row = Readonly<Record<string, string | number | null>>;
// biome-ignore lint/suspicious/noExplicitAny: tests read answers as a client without types does
export type Body = any;

export function practiceOf(bpSiteId: string, differences: Partial<PracticeSpec> = {}): PracticeSpec {
  const found = practices.find((practice) => practice.bpSiteId === bpSiteId);
  if (!found) throw new Error(`No practice ${bpSiteId}`);
  return { ...found, ...differences };
}

/** The practice with a location in Tweed Heads (1, Sydney time) and one in Coolangatta (2, no daylight saving), empty. */
export const borderPractice = practiceOf('1004', { patients: 0, doctors: 0, appointmentsPerDay: 0 });

const emptied = [
  'APPOINTMENTS',
  'PATIENTS',
  'EMAIL',
  'USERS',
  'PROVIDER_LOCATION',
  'SESSIONS',
  'EXTRASESSIONS',
  'DAYSAWAY',
  'PRACTICE',
  'LOCATIONS',
] as const;

/** A database that holds the lookup tables and the given rows, nothing else. */
export function databaseOf(
  rows: Partial<Record<(typeof emptied)[number], readonly Row[]>>,
): PracticeDatabase {
  const database = openPracticeDatabase(borderPractice, today);
  for (const table of emptied) database.run(`DELETE FROM ${table}`);
  for (const [table, list] of Object.entries(rows)) {
    for (const row of list) {
      const known: Row = { RECORDSTATUS: 1, ...row };
      const names = Object.keys(known);
      database.run(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
        Object.fromEntries(Object.entries(known).map(([name, value]) => [`@${name}`, value])),
      );
    }
  }
  return database;
}

interface Answered {
  readonly status: number;
  readonly body: Body;
}

interface Client {
  get(pathAndQuery: string): Answered;
  search(type: string, form: string): Answered;
  /** Ids of the matches, in order. */
  ids(type: string, form: string): string[];
  send(method: string, path: string, resource?: unknown): Answered;
}

export function clientOf(database: PracticeDatabase, practice: PracticeSpec = borderPractice): Client {
  const sendRequest = (method: string, path: string, query = '', form = '', body = ''): Answered =>
    handleFhir(
      { method, path, query: new URLSearchParams(query), form: new URLSearchParams(form), body },
      practice,
      database,
      today,
      (locationId) => `${today}T${locationId === 2 ? '09' : '10'}:11:12`,
    );
  const search = (type: string, form: string) => sendRequest('POST', `${type}/_search`, '', form);
  return {
    get(pathAndQuery) {
      const [path = '', query = ''] = pathAndQuery.split(/\?(.*)/s);
      return sendRequest('GET', path, query);
    },
    search,
    ids: (type, form) => matches(search(type, form).body).map(({ id }) => id),
    send: (method, path, resource) =>
      sendRequest(method, path, '', '', resource === undefined ? '' : JSON.stringify(resource)),
  };
}

export function matches(bundle: Body): Body[] {
  return (bundle.entry ?? [])
    .filter((entry: Body) => entry.search.mode === 'match')
    .map((entry: Body) => entry.resource);
}

export function linkOf(bundle: Body, relation: string): URL | undefined {
  const found = bundle.link.find((link: Body) => link.relation === relation);
  return found && new URL(found.url);
}

const created = '2026-01-05T10:00:00';

export const locations: readonly Row[] = [
  {
    LOCATIONID: 1,
    LOCATIONNAME: 'Border Tweed Heads',
    ADDRESS1: '1 Sample Street',
    CITY: 'Tweed Heads',
    POSTCODE: '2485',
    PHONE: '(07) 5550 1011',
    EMAIL: 'one@example.com',
    CREATED: created,
  },
  {
    LOCATIONID: 2,
    LOCATIONNAME: 'Border Coolangatta',
    ADDRESS1: '2 Sample Street',
    ADDRESS2: 'Level 2',
    CITY: 'Coolangatta',
    POSTCODE: '4225',
    CREATED: created,
  },
  { LOCATIONID: 3, RECORDSTATUS: 2, LOCATIONNAME: 'Closed long ago', CREATED: created },
];

export const users: readonly Row[] = [
  {
    USERID: 7,
    USERSTATUS: 1,
    LOCATIONID: 1,
    GROUPCODE: 1,
    TITLECODE: 6,
    SURNAME: 'Samplebury',
    FIRSTNAME: 'Ada',
    PROVIDERNO: '123456AX',
    PHONE: '(07) 5550 1777',
    MOBILEPHONE: '0491 570 006',
    EMAIL: 'ada@example.com',
    APPOINTMENTS: 1,
    PASSWORD: 'not-a-pass',
    CREATED: created,
  },
  {
    USERID: 2000000553,
    USERSTATUS: 3,
    LOCATIONID: 2,
    GROUPCODE: 5,
    TITLECODE: 3,
    SURNAME: 'Mockridge',
    FIRSTNAME: 'Bea',
    APPOINTMENTS: 1,
    CREATED: created,
  },
  {
    USERID: 9,
    USERSTATUS: 1,
    LOCATIONID: 1,
    GROUPCODE: 8,
    TITLECODE: 0,
    SURNAME: 'Deskworth',
    FIRSTNAME: 'Cy',
    APPOINTMENTS: 0,
    CREATED: created,
  },
  {
    USERID: 10,
    USERSTATUS: 2,
    LOCATIONID: 1,
    GROUPCODE: 1,
    TITLECODE: 6,
    SURNAME: 'Retiredson',
    FIRSTNAME: 'Dot',
    APPOINTMENTS: 1,
    CREATED: created,
  },
  {
    USERID: 11,
    USERSTATUS: 999,
    LOCATIONID: 1,
    GROUPCODE: 1,
    SURNAME: 'Invalid',
    FIRSTNAME: 'Never',
    APPOINTMENTS: 1,
    CREATED: created,
  },
  {
    USERID: 12,
    RECORDSTATUS: 2,
    USERSTATUS: 1,
    LOCATIONID: 1,
    GROUPCODE: 1,
    SURNAME: 'Deleted',
    FIRSTNAME: 'Never',
    APPOINTMENTS: 1,
    CREATED: created,
  },
];

export const hour = 3600;

/** A quarter of an hour at nine, booked, with whatever differs. */
export function appointmentRow(id: number, differences: Row = {}): Row {
  return {
    RECORDID: id,
    INTERNALID: 42,
    USERID: 7,
    LOCATIONID: 1,
    APPOINTMENTDATE: '2026-11-23T00:00:00',
    APPOINTMENTTIME: 9 * hour,
    APPOINTMENTLENGTH: 900,
    APPOINTMENTCODE: 1,
    APPOINTMENTTYPE: 1,
    CREATED: '2026-11-01T08:30:00',
    ...differences,
  };
}

export function sessionRow(id: number, differences: Row = {}): Row {
  return {
    SESSIONID: id,
    USERID: 7,
    LOCATIONID: 1,
    DAYOFWEEK: 0,
    STARTTIME: 9 * hour,
    ENDTIME: 12 * hour,
    LENGTH: 900,
    WEEKS: 1,
    CYCLEWEEK: 1,
    CREATED: created,
    ...differences,
  };
}

export function patientRow(id: number, differences: Row = {}): Row {
  return {
    INTERNALID: id,
    PATIENTSTATUS: 1,
    SURNAME: `Family${id}`,
    FIRSTNAME: `Given${id}`,
    CREATED: created,
    ...differences,
  };
}
