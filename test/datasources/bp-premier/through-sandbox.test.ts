import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { Patient, PatientSearch } from '../../../src/datasources/domain/patient.ts';
import { addDays, daysOfWeek } from '../../../src/time/local.ts';
import { maxCallsOf, membersOf } from '../source-members.ts';
import { sandboxConnection, today } from './sandbox-connection.ts';

/** Opened once each: a database takes a moment. */
const connections = new Map<string, ReturnType<typeof sandboxConnection>>();

function practice(bpSiteId: string) {
  const known = connections.get(bpSiteId) ?? sandboxConnection(bpSiteId);
  connections.set(bpSiteId, known);
  const charged: string[] = [];
  const connection = {
    ...known,
    fhirSearch: async (...search: Parameters<typeof known.fhirSearch>) => {
      charged.push(search[0]);
      return known.fhirSearch(...search);
    },
  };
  return { ...membersOf(createBpPremier(connection)), charged, database: known.database };
}

const range = { from: today, to: today };
const book = {
  ...range,
  fields: {
    start: {},
    type: { name: {} },
    patient: { fullName: {}, birthDate: {} },
    user: { displayName: {} },
    location: { name: {} },
  },
};

describe('the Bp Premier API of the sandbox', () => {
  it('gives a day book of about a hundred, whole, for four charged calls', async () => {
    const { data, charged, bounds, database } = practice('1001');
    const appointments = await data.appointments(book);
    const [{ count } = { count: 0 }] = database.all<{ count: number }>(
      `SELECT COUNT(*) AS count FROM APPOINTMENTS WHERE RECORDSTATUS = 1 AND INTERNALID <> 0
       AND APPOINTMENTCODE NOT IN (0, 9, 11, 99) AND APPOINTMENTDATE = '${today}T00:00:00'`,
    );
    expect(appointments.length).toBe(count);
    expect(count).toBeGreaterThan(60);
    expect(charged.length).toBe(4);
    expect(maxCallsOf({ bounds }, { method: 'appointments', query: book })).toBe(4);
    for (const appointment of appointments) {
      expect(appointment.start).toMatch(/^2026-11-23T\d\d:\d\d:00\+11:00$/);
      expect(appointment.patient?.pmsId).toBe(appointment.patientId);
      expect(appointment.user?.pmsId).toBe(appointment.userId);
      expect(appointment.location?.name).toBe('Wattle Sydney');
      expect(appointment.type?.name).toBeTruthy();
    }
    const places = appointments.map(({ start, pmsId }) => `${start} ${pmsId.padStart(10, '0')}`);
    expect(places).toEqual(places.toSorted());
  });

  it('has two zones at the border, on either side of the changeover', async () => {
    const { data } = practice('1004');
    const offsetsOn = async (date: string) => {
      const appointments = await data.appointments({ from: date, to: date, fields: {} });
      return [
        ...new Set(appointments.map(({ start, locationId }) => `${locationId} ${start.slice(19)}`)),
      ].toSorted();
    };
    expect(await offsetsOn(today)).toEqual(['1 +11:00', '2 +10:00']);
    expect(await offsetsOn('2027-04-05')).toEqual(['1 +10:00', '2 +10:00']);
  });

  it('finds a patient by everything that can be searched by', async () => {
    const { data } = practice('1001');
    const ids = Array.from({ length: 300 }, (_, n) => String(n + 1));
    const patients = await data.patients({ ids, fields: everyPatientField });
    const known = patients.find(
      (each) =>
        each.mobilePhone && each.email && each.medicare && each.birthDate && each.firstName && each.lastName,
    );
    if (!known) throw new Error('no such patient');
    const searches: PatientSearch[] = [
      { name: `${known.firstName?.slice(0, 3)} ${known.lastName?.toUpperCase()}` },
      { birthDate: known.birthDate ?? '' },
      { phone: known.mobilePhone?.replace(/\D/g, '') ?? '' },
      { email: known.email?.toUpperCase() ?? '' },
      { medicareNumber: known.medicare?.number ?? '' },
    ];
    for (const search of [...searches, Object.assign({}, ...searches) as PatientSearch]) {
      const found = await data.patients({ search, fields: everyPatientField });
      expect(found, JSON.stringify(search)).toContainEqual(known);
    }
    expect(await data.patients({ search: { name: "O'Nobody, %" }, fields: {} })).toEqual([]);
  });

  it('reads users by role, with their numbers and their week', async () => {
    const { data } = practice('1001');
    const { users, appointments } = await data.users({
      role: 'DOCTOR',
      active: true,
      fields: { pmsRole: {}, providerNumbers: {}, location: {} },
      appointments: { ...range, fields: {} },
    });
    expect(users.length).toBeGreaterThanOrEqual(6);
    expect(
      users.every((user) => user.role === 'DOCTOR' && user.providerNumbers?.length && user.locationId),
    ).toBe(true);
    expect(appointments?.length).toBeGreaterThan(30);
    const userIds = users.map(({ pmsId }) => pmsId);
    const sessions = await data.sessions({ userIds });
    expect(sessions.length).toBeGreaterThan(0);
    expect(sessions.every(({ opens, closes, day }) => opens < closes && daysOfWeek().includes(day))).toBe(
      true,
    );
    const away = await data.daysAway({ userIds, from: addDays(today, -90), to: addDays(today, 275) });
    expect(away.every(({ from, to }) => from <= to)).toBe(true);
  });

  it('has recorded hours if the practice keeps any, and otherwise reports that it does not', async () => {
    const [week] = await practice('1001').data.clinicHours();
    expect(week?.week.map(({ day }) => day)).toEqual(daysOfWeek());
    expect(week?.week[0]?.periods.length).toBeGreaterThan(0);
    await expect(practice('1003').data.clinicHours()).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
    });
  });

  it('finds free slots that no appointment of the same user overlaps', async () => {
    const { data } = practice('1004');
    const { slots } = await data.availableSlots({
      from: addDays(today, 7),
      to: addDays(today, 7),
      durationMinutes: 30,
    });
    const taken = await data.appointments({ from: addDays(today, 7), to: addDays(today, 7), fields: {} });
    expect(slots.length).toBeGreaterThan(0);
    for (const slot of slots) {
      const clash = taken.find(
        ({ userId, start, end }) =>
          userId === slot.userId &&
          Date.parse(start) < Date.parse(slot.end) &&
          Date.parse(slot.start) < Date.parse(end),
      );
      expect(clash).toBeUndefined();
      expect(slot.start.slice(19)).toBe(slot.locationId === '2' ? '+10:00' : '+11:00');
    }
  });

  it('leaves to SQL what a site with little FHIR does not list or does not fill', async () => {
    const { supports, data } = practice('1006');
    expect(await supports({ method: 'appointments', query: book })).toMatchObject({ can: false });
    expect(await supports({ method: 'availableSlots', query: range })).toMatchObject({ can: false });
    expect(
      await supports({ method: 'patients', query: { search: { phone: '0491570006' }, fields: {} } }),
    ).toMatchObject({
      can: false,
    });
    expect(await supports({ method: 'patients', query: { search: { name: 'a' }, fields: {} } })).toEqual({
      can: true,
    });
    expect(await data.patients({ search: { name: 's' }, limit: 3, fields: {} })).toHaveLength(3);
    expect((await data.users({ fields: {} })).users.length).toBeGreaterThan(0);
    await expect(data.sessions({ userIds: ['1'] })).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
    });
    await expect(data.clinicHours()).rejects.toMatchObject({ code: 'OPERATION_NOT_SUPPORTED' });
  });
});

const everyPatientField = Object.fromEntries(
  Object.keys({
    status: {},
    title: {},
    firstName: {},
    middleName: {},
    lastName: {},
    preferredName: {},
    birthDate: {},
    sex: {},
    address: {},
    postalAddress: {},
    homePhone: {},
    workPhone: {},
    mobilePhone: {},
    email: {},
    medicare: {},
    dva: {},
    ihi: {},
    usualUser: {},
  } satisfies Partial<Record<keyof Patient | 'usualUser', object>>).map((field) => [field, {}]),
);
