/** A Halo Cloud in memory: sessions, practices and the port, each call noted. Names are plainly invented. */

import type * as domain from '../../src/datasources/domain/index.ts';
import type {
  ConnectedPractice,
  HaloSession,
  Notice,
  SiteRecord,
} from '../../src/datasources/halo-cloud/halo-session.ts';
import type { SqlSite } from '../../src/datasources/halo-cloud/sql/site-sql.ts';
import type * as port from '../../src/datasources/practice/port.ts';
import { methodOf } from '../../src/datasources/practice/port-methods.ts';
import type { PracticeWrites } from '../../src/datasources/practice/write-port.ts';
import { NotFound, OperationNotSupported } from '../../src/errors.ts';
import { everyScope } from '../../src/scopes.ts';
import { createServer, type ServerOptions } from '../../src/server.ts';
import { localInstant, wallDate, wallSeconds } from '../../src/time/local.ts';
import { fastPath } from '../fast-path-taken.ts';

export const now = Date.parse('2026-11-23T00:30:00Z');
export const zone = 'Australia/Adelaide';
export const guid = '00000000-0000-4000-8000-000000001001';

export interface PortCall {
  readonly practice: string;
  readonly method: keyof port.PracticeData | keyof PracticeWrites;
  // biome-ignore lint/suspicious/noExplicitAny: tests read the queries of every method
  readonly query: any;
}

export interface FakePractice {
  readonly pms?: domain.PracticeManagementSystem;
  readonly data?: Partial<port.PracticeData>;
  readonly writes?: Partial<PracticeWrites>;
  readonly fails?: Error;
}

export interface FakeOptions {
  readonly practices?: Readonly<Record<string, FakePractice>>;
  readonly session?: Partial<HaloSession>;
  readonly server?: Partial<ServerOptions>;
  readonly notices?: readonly Notice[];
}

export function fakeHalo(options: FakeOptions = {}) {
  const calls: PortCall[] = [];
  const logged: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  const opened: Parameters<ServerOptions['openSession']>[0][] = [];
  const practices: Readonly<Record<string, FakePractice>> = options.practices ?? { '1001': {} };
  let batched = 0;

  const connect = (
    pms: domain.PracticeManagementSystem,
    bpSiteId: string,
    pinned: boolean,
  ): ConnectedPractice => ({
    pms,
    bpSiteId,
    haloGuid: guid,
    pinned,
    practiceName: 'Sandbox Wattle Practice',
    pmsVersion: '1.12.0',
    maxLockWaitMs: 2_500,
    zoneOf: () => 'Australia/Sydney',
    now: () => now,
    today: () => '2026-11-23',
    unreadable: () => {},
    refusedObjects: new Set<string>(),
    warnOfWrite: () => {},
    sqlSite: { haloGuid: guid, registeredQueries: async () => [] } as unknown as SqlSite,
    sql: () => Promise.reject(new Error('not faked here')),
    sqlEach: () => Promise.reject(new Error('not faked here')),
    fhirSearch: () => Promise.reject(new Error('not faked here')),
    fhirOperation: () => Promise.reject(new Error('not faked here')),
    sqlWrite: () => Promise.reject(new Error('not faked here')),
    fhirRead: () => Promise.reject(new Error('not faked here')),
    fhirCreate: () => Promise.reject(new Error('not faked here')),
    fhirUpdate: () => Promise.reject(new Error('not faked here')),
    inTurn: () => Promise.reject(new Error('not faked here')),
    capability: () => Promise.reject(new Error('not faked here')),
  });

  const openSession = (call: Parameters<ServerOptions['openSession']>[0]): HaloSession => {
    opened.push(call);
    return {
      async practice(pms, pmsSiteId) {
        const known = practices[pmsSiteId];
        if (!known || (known.pms ?? 'BEST_PRACTICE') !== pms) throw new NotFound();
        if (known.fails) throw known.fails;
        return connect(pms, pmsSiteId, false);
      },
      pinned: (site) => connect(site.pms ?? 'BEST_PRACTICE', site.pmsSiteId ?? '', true),
      sites: async (_pms, id) => (practices[id] ? [siteRecord(id)] : []),
      site: async () => siteRecord('1001'),
      pair: async ({ pmsSiteId }) => siteRecord(pmsSiteId),
      cost: () => ({
        calls: calls.length,
        charged: calls.length,
        retries: 0,
        saved: { batched, coalesced: 0, cached: 0 },
        bySite: [],
      }),
      beginChange: () => {},
      notices: () => options.notices ?? [],
      countBatched: (saved) => {
        batched += saved;
      },
      ...options.session,
    };
  };

  const routePractice: ServerOptions['routePractice'] = ({ bpSiteId }) => {
    const noted = <Port extends object>(port: Port): Port =>
      Object.fromEntries(
        Object.entries(port).map(([method, execute]) => [
          method,
          (query: unknown) => {
            calls.push({ practice: bpSiteId, method: method as PortCall['method'], query });
            return (execute as (query: unknown) => unknown)(query);
          },
        ]),
      ) as Port;
    const data = noted({ ...practiceData(), ...practices[bpSiteId]?.data });
    const writes = noted({ ...practiceWrites, ...practices[bpSiteId]?.writes });
    return {
      read: ({ method, query }) => methodOf(data, method)(query),
      write: ({ method, change }) => methodOf(writes, method)(change),
      capabilities: async () => ({
        operations: [{ operation: 'READ_PATIENTS', source: 'SQL_PASSTHROUGH', reason: 'one call' }],
        fhirVersion: '4.0.1',
        serverVersion: null,
      }),
    };
  };

  const log = (level: string) => (fields: object, message: string) => {
    logged.push({ level, fields: fields as Record<string, unknown>, message });
  };
  const yoga = createServer({
    openSession,
    routePractice,
    authenticate: async () => ({ name: 'tester', scopes: everyScope, practices: 'all' }),
    registered: Object.keys(practices),
    environment: 'sandbox',
    deadlineMs: 5_000,
    simulateFaults: true,
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    clock: () => now,
    fastPath,
    ...options.server,
  });

  const request = (body: object, headers: Record<string, string> = {}) =>
    yoga.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return {
    yoga,
    calls,
    opened,
    logged,
    request,
    // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
    async execute(query: string, variables: object = {}): Promise<any> {
      return (await request({ query, variables })).json();
    },
  };
}

export function siteRecord(pmsSiteId: string | null): SiteRecord {
  return {
    haloGuid: guid,
    authoritative: true,
    availability: 'ONLINE',
    status: 'ACTIVE',
    haloLinkVersion: '25.1107.1',
    lastHeartbeatAt: '2026-11-23T00:29:30Z',
    catalogues: [{ name: 'Patients', isDefault: true }],
    pms: pmsSiteId === null ? null : 'BEST_PRACTICE',
    pmsSiteId,
    pmsVersion: '1.12.0',
    practiceName: 'Sandbox Wattle Practice',
  };
}

const address = {
  line1: '1 Sample Street',
  line2: null,
  suburb: 'Adelaide',
  postcode: '5000',
  state: 'SA',
  country: null,
};

export const locations: readonly domain.Location[] = [
  { pmsId: '1', name: 'Main', address, phone: null, email: null, timeZone: zone },
  { pmsId: '2', name: 'Branch', address, phone: null, email: null, timeZone: 'Australia/Brisbane' },
];

export const user = (id: number): domain.User => ({
  pmsId: String(id),
  title: 'Dr',
  firstName: 'Testy',
  lastName: `Sample${String(id).padStart(2, '0')}`,
  role: 'DOCTOR',
  pmsRole: 'Principal Doctor',
  active: true,
  takesAppointments: true,
  email: null,
  phone: null,
  locationId: '1',
});

export const patient = (id: number): domain.Patient => ({
  pmsId: String(id),
  status: 'ACTIVE',
  title: null,
  firstName: 'Invented',
  middleName: null,
  lastName: `Person${id}`,
  preferredName: null,
  birthDate: '1980-01-31',
  sex: 'OTHER',
  address: null,
  postalAddress: null,
  homePhone: null,
  workPhone: null,
  mobilePhone: '0491 570 006',
  email: null,
  medicare: null,
  dva: null,
  ihi: null,
  usualUserId: '1',
});

/** Ids 1..100, twenty users with five appointments each, from nine o'clock on. */
export const appointment = (id: number): domain.Appointment => {
  const seconds = 9 * 3600 + (id % 20) * 900;
  return {
    pmsId: String(id),
    start: localInstant('2026-11-23', seconds, zone),
    end: localInstant('2026-11-23', seconds + 900, zone),
    durationMinutes: 15,
    status: 'BOOKED',
    pmsStatus: 'Booked',
    type: { pmsId: '1', name: 'Standard appt.', defaultDurationMinutes: 15 },
    reason: null,
    comment: null,
    urgent: false,
    telehealthUrl: null,
    arrivedAt: null,
    consultationStartedAt: null,
    bookedAt: null,
    updatedAt: null,
    patientId: String(id),
    userId: String((id % 20) + 1),
    locationId: '1',
  };
};

const notReadBack = { refusedStatus: null, appointment: null };

/** Writes that are taken, and change nothing. */
const practiceWrites: PracticeWrites = {
  bookAppointment: async () => ({ appointmentId: '42', appointment: null }),
  updateAppointment: async () => notReadBack,
  moveAppointment: async () => notReadBack,
  cancelAppointment: async () => notReadBack,
  arriveAppointment: async () => notReadBack,
  addPatient: async () => ({ patientId: '42', patient: null }),
  updatePatient: async () => ({ patient: null }),
  updateUser: async () => {},
  addDayAway: async () => {},
  removeDayAway: async () => {},
  setClinicHours: async () => {},
  addDayClosed: async () => {},
  removeDayClosed: async () => {},
};

const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] as const;

/** Returns data like an adapter. Links are not attached, so that loaders are used. */
export function practiceData(): port.PracticeData {
  const book = ids(100)
    .map(appointment)
    .sort((a, b) => a.start.localeCompare(b.start) || Number(a.pmsId) - Number(b.pmsId));
  const appointments = async (query: Omit<domain.AppointmentQuery, 'fields'>) => {
    const counts = new Map<string, number>();
    return book
      .filter(
        (row) =>
          (!query.ids || query.ids.includes(row.pmsId)) &&
          (!query.userIds || query.userIds.includes(row.userId ?? '')) &&
          (!query.patientIds || query.patientIds.includes(row.patientId ?? '')) &&
          (!query.from || wallDate(row.start) >= query.from) &&
          (!query.to || wallDate(row.start) <= query.to) &&
          (!query.after || isAfter(row, query.after)),
      )
      .filter((row) => {
        const group =
          query.limitPer === 'user' ? (row.userId ?? '') : query.limitPer ? (row.patientId ?? '') : '';
        const count = (counts.get(group) ?? 0) + 1;
        counts.set(group, count);
        return query.limit === undefined || count <= query.limit;
      });
  };
  return {
    appointments,
    appointmentTypes: async () => [{ pmsId: '1', name: 'Standard appt.', defaultDurationMinutes: 15 }],
    // Each record is requested by its own call.
    factsForBooking: () => Promise.reject(new OperationNotSupported({})),
    availableSlots: async ({ userIds = ['1'] }) => ({
      slots: userIds.map((userId) => ({
        start: '2026-11-23T14:00:00+10:30',
        end: '2026-11-23T14:15:00+10:30',
        durationMinutes: 15,
        userId,
        locationId: '1',
        onTheDay: false,
      })),
      emptyBecause: null,
      complete: true,
    }),
    patients: async (query) =>
      ids(100)
        .map(patient)
        .filter(
          (row) =>
            (!query.ids || query.ids.includes(row.pmsId)) &&
            (!query.afterId || Number(row.pmsId) > Number(query.afterId)),
        )
        .slice(0, query.limit),
    users: async (query) => {
      const users = ids(20)
        .map(user)
        .filter((row) => !query.ids || query.ids.includes(row.pmsId));
      if (!query.appointments) return { users };
      const userIds = users.map((row) => row.pmsId);
      return { users, appointments: await appointments({ ...query.appointments, userIds }) };
    },
    providerNumbers: async ({ userIds }) =>
      userIds.map((userId) => ({ userId, number: `24266${userId}1B`, locationId: '1' })),
    sessions: async ({ userIds }) =>
      userIds.map((userId) => ({
        userId,
        day: 'MONDAY',
        opens: '09:00',
        closes: '12:00',
        slotMinutes: 15,
        locationId: '1',
        validFrom: null,
        validTo: null,
      })),
    daysAway: async ({ userIds, from, to }) =>
      userIds.map((userId) => ({ userId, pmsId: `9${userId}`, from, to, reason: 'Leave' })),
    locations: async () => locations,
    clinicHours: async () => [
      {
        locationId: '1',
        source: 'DERIVED_FROM_USER_SESSIONS',
        week: [
          ...weekdays.map((day) => ({ day, periods: [{ opens: '08:30', closes: '17:30' }] })),
          { day: 'SATURDAY', periods: [] },
          { day: 'SUNDAY', periods: [] },
        ],
      },
    ],
    daysClosed: async () => [
      { pmsId: '1', from: '2026-12-25', to: '2026-12-25', reason: 'Christmas Day', locationId: null },
    ],
  };
}

function isAfter(row: domain.Appointment, key: domain.AppointmentKey): boolean {
  const place = [wallDate(row.start), wallSeconds(row.start), Number(row.pmsId)] as const;
  const after = [key.date, key.seconds, Number(key.pmsId)] as const;
  const at = place.findIndex((part, index) => part !== after[index]);
  return at >= 0 && (place[at] as string | number) > (after[at] as string | number);
}
