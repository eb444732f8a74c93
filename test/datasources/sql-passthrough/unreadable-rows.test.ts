import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appointmentStatuses } from '../../../src/datasources/domain/appointment.ts';
import type { PracticeData } from '../../../src/datasources/practice/port.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { HaloError, UpstreamFailed } from '../../../src/errors.ts';
import { connectSandbox, fakeConnection, sandboxToday } from './engine-connection.ts';

type Row = Record<string, unknown>;

const practice = connectSandbox('1001', { patients: 60, daysBack: 2, daysAhead: 4 });
const range = { from: sandboxToday, to: '2026-11-24' };
const everything = {
  patient: {
    fullName: {},
    birthDate: {},
    status: {},
    sex: {},
    email: {},
    medicare: {},
    dva: {},
    address: {},
  },
  user: { displayName: {}, role: {}, active: {} },
  location: { name: {}, address: {} },
  type: { defaultDurationMinutes: {} },
  ...Object.fromEntries(
    ['pmsStatus', 'reason', 'comment', 'urgent', 'telehealthUrl'].map((name) => [name, {}]),
  ),
  ...Object.fromEntries(
    ['arrivedAt', 'consultationStartedAt', 'bookedAt', 'updatedAt'].map((name) => [name, {}]),
  ),
};
const users = practice.database
  .all<{ USERID: number }>('SELECT USERID FROM USERS')
  .map(({ USERID }) => String(USERID));

/** One question for each table that is read. */
const questions: Readonly<Record<string, (data: PracticeData) => Promise<unknown>>> = {
  appointments: (data) => data.appointments({ ...range, statuses: appointmentStatuses, fields: everything }),
  patients: (data) => data.patients({ fields: { ...everything.patient, usualUser: {} } }),
  users: async (data) => (await data.users({ fields: { displayName: {}, role: {}, active: {} } })).users,
  usersWithBook: (data) => data.users({ fields: {}, appointments: { ...range, fields: everything } }),
  providerNumbers: (data) => data.providerNumbers({ userIds: users }),
  sessions: (data) => data.sessions({ userIds: users }),
  daysAway: (data) => data.daysAway({ from: '2026-01-01', to: '2027-12-31', userIds: users }),
  daysClosed: (data) => data.daysClosed({ from: '2026-01-01', to: '2027-12-31' }),
  locations: (data) => data.locations(),
  clinicHours: (data) => data.clinicHours(),
  appointmentTypes: (data) => data.appointmentTypes(),
  availableSlots: (data) => data.availableSlots(range),
};

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    -1,
    90_000,
    2 ** 31,
    2 ** 53,
    1e300,
    0.5,
    '',
    'x',
    true,
    {},
    [],
    [[[]]],
  ),
  fc.constantFrom(
    '0000-00-00',
    '0001-01-01',
    '9999-12-31',
    '9999-12-31T23:59:59',
    '10000-01-01',
    '-1',
    '\u0000',
  ),
  fc.string(),
  fc.integer(),
);

/** The response of the practice. */
async function rowsOf(question: (data: PracticeData) => Promise<unknown>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const connection = fakeConnection(async (statement) => {
    const found = await practice.sql(statement);
    rows.push(...found);
    return found;
  });
  await question(createSqlPassthrough(connection).data);
  return rows;
}

async function readFrom(question: (data: PracticeData) => Promise<unknown>, rows: readonly Row[]) {
  const connection = fakeConnection(async () => rows);
  return { answer: await question(createSqlPassthrough(connection).data), omitted: connection.omitted };
}

describe('C1: of rows with hostile values', () => {
  it.each(Object.entries(questions))(
    '%s leaves out the unreadable ones and no other',
    async (_, question) => {
      const rows = await rowsOf(question);
      const columns = Object.keys(rows[0] ?? {});
      // The rows without the hostile ones. They must be read as if the hostile ones did not exist.
      const spoilt = fc.record({
        at: fc.nat(rows.length - 1),
        column: fc.constantFrom(...columns),
        value: hostile,
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(spoilt, { minLength: 1, maxLength: Math.max(1, Math.floor(rows.length / 2)) }),
          async (all) => {
            const changed = rows.map((row) => ({ ...row }));
            for (const { at, column, value } of all) {
              const row = changed[at] as Row;
              if (value === undefined) delete row[column];
              else row[column] = value;
            }
            const { omitted } = await readFrom(question, changed).catch((error: unknown) => {
              // One row of one is more than half.
              if (rows.length === 1 && error instanceof UpstreamFailed) return { omitted: [] };
              throw error;
            });
            for (const { id, reason } of omitted) {
              expect(id === null || /^[\w.-]{1,64}$/.test(id)).toBe(true);
              expect(reason.length).toBeLessThan(200);
            }
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  it.each(['appointments', 'patients', 'users', 'sessions'])(
    '%s keeps every row that was not touched',
    async (name) => {
      const question = questions[name] as (data: PracticeData) => Promise<readonly { pmsId?: string }[]>;
      const rows = await rowsOf(question);
      const before = await readFrom(question, rows);
      const half = Math.floor(rows.length / 2);
      const changed = rows.map((row, at) =>
        at < half ? Object.fromEntries(Object.keys(row).map((key) => [key, {}])) : row,
      );
      const after = await readFrom(question, changed);
      const untouched = (await readFrom(question, rows.slice(half))).answer;
      expect(after.answer).toEqual(untouched);
      expect((before.answer as readonly unknown[]).length).toBeGreaterThan(
        (untouched as readonly unknown[]).length,
      );
      expect(after.omitted).toHaveLength(half);
    },
  );

  it.each(Object.entries(questions))(
    '%s fails as a whole when more than half are unreadable',
    async (_, question) => {
      const rows = await rowsOf(question);
      const few = Math.floor((rows.length - 1) / 2);
      const changed = rows.map((row, at) =>
        at < few ? row : Object.fromEntries(Object.keys(row).map((key) => [key, {}])),
      );
      const failure = await readFrom(question, changed).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(HaloError);
      expect(failure).toMatchObject({ code: 'UPSTREAM_FAILED' });
    },
  );

  it('an appointment stays when its patient cannot be read', async () => {
    const rows = await rowsOf(questions.appointments as never);
    const birthDate = Object.entries(rows[0] as Row).find(
      ([, value]) => /^(19|20)\d\d-/.test(String(value)) && !String(value).startsWith('2026'),
    )?.[0] as string;
    const changed = rows.map((row, at) => (at === 0 ? { ...row, [birthDate]: 'no date' } : row));
    const { answer, omitted } = await readFrom(questions.appointments as never, changed);
    const [first] = answer as { patientId: string; patient: unknown }[];
    expect(answer).toHaveLength(rows.length);
    expect(first?.patient).toBeNull();
    expect(omitted).toEqual([
      { table: 'PATIENTS', id: first?.patientId, reason: expect.stringContaining('p.DOB') },
    ]);
  });
});
