/** The single SQL text of the booking checks finds the same as separate reads, for any input. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BookingQuery } from '../../../src/datasources/domain/booking.ts';
import type { PracticeData } from '../../../src/datasources/practice/port.ts';
import type { Practice } from '../../../src/datasources/practice/practice.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { OperationNotSupported } from '../../../src/errors.ts';
import { knownForBooking } from '../../../src/resolvers/appointment/booking-facts.ts';
import { connectSandbox } from './engine-connection.ts';

const connection = connectSandbox('1004', { patients: 60, daysBack: 3, daysAhead: 10 });
const { database } = connection;
const ids = (sql: string) => database.all<{ id: number }>(sql).map(({ id }) => String(id));

// Rows that must be ignored: closed, deceased, deleted, of the whole practice, blocked.
database.run(`UPDATE APPOINTMENTTYPES SET RECORDSTATUS = 2 WHERE APPOINTMENTCODE = 7`);
database.run(`UPDATE PATIENTS SET RECORDSTATUS = 2 WHERE INTERNALID = 3`);
database.run(`UPDATE PATIENTS SET PATIENTSTATUS = 2 WHERE INTERNALID = 4`);
database.run(`UPDATE PATIENTS SET DATEOFDEATH = '2020-01-01T00:00:00' WHERE INTERNALID = 5`);
database.run(
  `UPDATE APPOINTMENTS SET RECORDSTATUS = 2 WHERE RECORDID IN (SELECT RECORDID FROM APPOINTMENTS LIMIT 3)`,
);
database.run(
  `UPDATE APPOINTMENTS SET APPOINTMENTCODE = 11 WHERE RECORDID IN (SELECT RECORDID FROM APPOINTMENTS WHERE RECORDSTATUS = 1 LIMIT 3)`,
);

const impossible = ['0', 'x', '-1', '2147483648', '4711111'];
const oneOf = (known: readonly string[]) => fc.constantFrom(...known, ...impossible);
const users = ids('SELECT USERID AS id FROM USERS');
const moving = ids('SELECT RECORDID AS id FROM APPOINTMENTS ORDER BY RECORDID LIMIT 30');
const dates = fc
  .integer({ min: 0, max: 12 })
  .map((days) => new Date(Date.parse('2026-11-21') + days * 86_400_000).toISOString().slice(0, 10))
  .chain((from) => fc.constantFrom({ from, to: from }, { from, to: next(from) }));
const next = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
const location = fc.option(oneOf(ids('SELECT LOCATIONID AS id FROM LOCATIONS')), { nil: undefined });

const booking = fc.record({
  dates,
  userId: oneOf(users),
  patientId: oneOf(ids('SELECT INTERNALID AS id FROM PATIENTS LIMIT 12')),
  typeId: fc.option(oneOf(ids('SELECT APPOINTMENTCODE AS id FROM APPOINTMENTTYPES')), { nil: undefined }),
  locationId: location,
});
const move = fc.record({
  dates: fc.option(dates, { nil: undefined }),
  userId: fc.option(oneOf(users), { nil: undefined }),
  movingId: oneOf(moving),
  locationId: location,
});

const { data } = createSqlPassthrough(connection);
const practiceOf = (its: PracticeData) =>
  ({ data: its, locations: () => its.locations() }) as unknown as Practice;
const together = practiceOf(data);
const oneByOne = practiceOf({
  ...data,
  factsForBooking: () => Promise.reject(new OperationNotSupported({})),
});

async function seenBy(practice: Practice, query: BookingQuery, minutes: number | undefined) {
  const known = await knownForBooking(practice, query);
  // A move of an appointment that is not there ends here.
  if (query.movingId !== undefined && (await known.moving()) === null) return null;
  const user = await known.user();
  const slots = await known.slots(minutes);
  const appointment = await known.moving();
  return {
    patient: (await known.patient())?.status ?? null,
    user: user && { pmsId: user.pmsId, active: user.active, takesAppointments: user.takesAppointments },
    type: query.typeId === undefined ? null : await known.type(),
    moving: appointment && { ...appointment, location: appointment.location?.timeZone },
    locations: (await known.locations()).map(({ pmsId, timeZone }) => ({ pmsId, timeZone })),
    // An appointment of the evening before may be added: it takes time after midnight.
    appointments: (await known.appointments())
      .map(({ pmsId, start, end }) => ({ pmsId, start, end }))
      .sort((a, b) => Number(a.pmsId) - Number(b.pmsId)),
    slots: slots.slots,
    emptyBecause: slots.emptyBecause,
    onTheDayOnly: slots.onTheDayOnly,
  };
}

describe('all facts in one text', () => {
  test.each([
    ['bookings', booking],
    ['moves', move],
  ])('are those of single reads: %s', async (_name, queries) => {
    await fc.assert(
      fc.asyncProperty(queries, fc.constantFrom(undefined, 15, 40), async (query, minutes) => {
        const given = Object.fromEntries(
          Object.entries(query).filter(([, value]) => value !== undefined),
        ) as BookingQuery;
        const before = connection.sent.length;
        const facts = await seenBy(together, given, minutes);
        expect(connection.sent).toHaveLength(before + 1);
        expect(facts).toEqual(await seenBy(oneByOne, given, minutes));
      }),
      { numRuns: 60 },
    );
  });

  test('a table is read only where a row of it is named', async () => {
    const day = { from: '2026-11-24', to: '2026-11-24' };
    const textOf = async (query: BookingQuery) => {
      await data.factsForBooking(query);
      return connection.sent.at(-1)?.text ?? '';
    };
    const plain = await textOf({ dates: day, userId: '2', patientId: '1' });
    expect(plain).toContain('dbo.PATIENTS');
    expect(plain).not.toContain('dbo.APPOINTMENTTYPES');
    const typed = await textOf({ dates: day, userId: '2', patientId: '1', typeId: '1' });
    expect(typed).toContain('dbo.APPOINTMENTTYPES');
    const moved = await textOf({ movingId: moving[0] ?? '', userId: '2' });
    expect(moved).not.toContain('dbo.PATIENTS');
  });
});
