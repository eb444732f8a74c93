/** Every read of patient data from a practice, and every write to it, is in the audit trail. */
import { describe, expect, test } from 'vitest';
import type * as domain from '../../src/datasources/domain/index.ts';
import type { ConnectedPractice } from '../../src/datasources/halo-cloud/halo-session.ts';
import { auditedPractice } from '../../src/datasources/practice/audit/audited-practice.ts';
import { createPatientAudit } from '../../src/datasources/practice/audit/patient-audit.ts';
import type * as port from '../../src/datasources/practice/port.ts';
import { readOperations, writeOperations } from '../../src/datasources/practice/port-methods.ts';
import { NoAnswer, type PracticeWrites } from '../../src/datasources/practice/write-port.ts';
import { SlotTaken } from '../../src/errors.ts';

const connection = {
  pms: 'BEST_PRACTICE',
  bpSiteId: '1001',
  haloGuid: '00000000-0000-4000-8000-000000001001',
} as ConnectedPractice;
const patient = { pmsId: '7', fullName: 'Verysecret', lastName: 'Verysecret' } as unknown as domain.Patient;
const appointment = {
  pmsId: '12',
  patientId: '7',
  reason: 'Verysecret',
  patient,
} as unknown as domain.Appointment;

/** What holds patients, for every method that there is: by what its answer holds, not by what the audit knows of it. */
const withPatients: Partial<Record<keyof port.PracticeData, { query: object; answer: unknown }>> = {
  appointments: {
    query: { from: '2026-11-23', fields: { reason: {}, patient: { fullName: {}, address: { suburb: {} } } } },
    answer: [appointment],
  },
  patients: {
    query: { search: { name: 'Verysecret', birthDate: '1980-02-01' }, limit: 5, fields: { fullName: {} } },
    answer: [patient],
  },
  users: {
    query: { fields: {}, appointments: { from: '2026-11-23', fields: { reason: {} } } },
    answer: { users: [], appointments: [appointment] },
  },
  factsForBooking: {
    query: { userId: '3', patientId: '7', movingId: '9' },
    answer: { patient, moving: appointment },
  },
};
const withoutPatients: readonly (keyof port.PracticeData)[] = [
  'appointmentTypes',
  'availableSlots',
  'providerNumbers',
  'sessions',
  'daysAway',
  'locations',
  'clinicHours',
  'daysClosed',
];

const readMethods = Object.keys(readOperations) as (keyof port.PracticeData)[];
const writeMethods = Object.keys(writeOperations) as (keyof PracticeWrites)[];

// biome-ignore lint/suspicious/noExplicitAny: the arguments differ by method
function audited(answer: (method: string, argument: any) => Promise<unknown>) {
  const lines: Record<string, unknown>[] = [];
  const note = (fields: object, message: string) => void lines.push({ message, ...fields });
  const audit = createPatientAudit({ info: note, error: note }, { requestId: 'r1', caller: 'somebody' });
  const practice = auditedPractice(
    {
      read: ({ method, query }) => answer(method, query),
      write: ({ method, change }) => answer(method, change),
      capabilities: () => Promise.reject(new Error('not needed')),
    },
    connection,
    audit,
  );
  const call = (half: 'data' | 'writes', method: string, argument: object): Promise<unknown> =>
    (practice[half] as unknown as Record<string, (argument: object) => Promise<unknown>>)[method]?.(
      argument,
    ) ?? Promise.reject(new Error(`no ${method}`));
  return { lines, audit, call };
}

describe('reading', () => {
  test('every method of the port is declared to return patients or not', () => {
    expect([...Object.keys(withPatients), ...withoutPatients].sort()).toEqual([...readMethods].sort());
  });

  test.each(Object.entries(withPatients))('%s is on record, without a value', async (method, requested) => {
    const { lines, audit, call } = audited(async () => requested.answer);
    expect(await call('data', method, requested.query)).toBe(requested.answer);
    audit.close();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatchObject({
        message: 'patient data',
        requestId: 'r1',
        caller: 'somebody',
        bpSiteId: '1001',
        haloGuid: connection.haloGuid,
        count: 1,
      });
    }
    expect(JSON.stringify(lines)).not.toMatch(/Verysecret|1980/);
  });

  test.each(withoutPatients)('%s is not', async (method) => {
    const { lines, audit, call } = audited(async () => []);
    await call('data', method, {});
    audit.close();
    expect(lines).toEqual([]);
  });

  test('lists the records, the fields and the search criteria', async () => {
    const { lines, audit, call } = audited(async (method) => withPatients[method as 'patients']?.answer);
    for (const method of ['appointments', 'patients'] as const) {
      await call('data', method, withPatients[method]?.query ?? {});
    }
    audit.close();
    expect(lines).toMatchObject([
      { kind: 'APPOINTMENTS', ids: ['12'], patientIds: ['7'], fields: ['reason'], by: ['from'] },
      {
        kind: 'PATIENTS',
        ids: ['7'],
        count: 1,
        fields: ['fullName', 'address.suburb'],
        by: ['appointments', 'name', 'birthDate'],
      },
    ]);
  });

  test('a thousand rows in ten calls are one line of a hundred ids', async () => {
    const { lines, audit, call } = audited(async (_method, { afterId }: { afterId: string }) =>
      Array.from({ length: 100 }, (_, index) => ({ ...patient, pmsId: String(Number(afterId) + index) })),
    );
    for (let page = 0; page < 10; page += 1) {
      await call('data', 'patients', { afterId: String(page * 100), fields: { fullName: {} } });
    }
    audit.close();
    expect(lines).toHaveLength(1);
    expect(lines[0]?.count).toBe(1000);
    expect(lines[0]?.ids).toHaveLength(100);
  });

  test.each([1, 2])('two appointments of one patient count as one patient: %i calls', async (calls) => {
    const rows = ['7', '8', '7', null].map((patientId, index) => ({
      pmsId: String(20 + index),
      patientId,
      patient: patientId && { pmsId: patientId },
    }));
    const { lines, audit, call } = audited(async () => rows);
    for (let done = 0; done < calls; done += 1) {
      await call('data', 'appointments', withPatients.appointments?.query ?? {});
    }
    audit.close();
    expect(lines).toMatchObject([
      {
        kind: 'APPOINTMENTS',
        ids: ['20', '21', '22', '23'],
        count: 4,
        patientIds: ['7', '8'],
        patientCount: 2,
      },
      { kind: 'PATIENTS', ids: ['7', '8'], count: 2 },
    ]);
  });

  test('every returned patient is recorded, also an unexpected one', async () => {
    const row = { pmsId: '12', patientId: '7', patient: { pmsId: '9' } };
    const { lines, audit, call } = audited(async () => [row]);
    await call('data', 'appointments', withPatients.appointments?.query ?? {});
    audit.close();
    expect(lines).toMatchObject([
      { ids: ['12'], patientIds: ['7'] },
      { kind: 'PATIENTS', ids: ['9'] },
    ]);
  });

  test('a search without results is on record', async () => {
    const { lines, audit, call } = audited(async () => []);
    await call('data', 'patients', { search: { phone: '0491570006' }, fields: { fullName: {} } });
    audit.close();
    expect(lines).toMatchObject([{ kind: 'PATIENTS', ids: [], count: 0, by: ['phone'] }]);
    expect(JSON.stringify(lines)).not.toContain('0491570006');
  });

  test('data that arrives after the response is recorded at once', async () => {
    const { lines, audit, call } = audited(async () => [patient]);
    audit.close();
    await call('data', 'patients', { fields: { fullName: {} } });
    expect(lines).toMatchObject([{ ids: ['7'] }]);
  });
});

describe('a change', () => {
  const written = { patientId: '7', appointmentId: '12', userId: '3', details: { lastName: 'Verysecret' } };

  test.each(writeMethods)('%s is on record, without a value', async (method) => {
    const { lines, call } = audited(async () => undefined);
    await call('writes', method, written);
    expect(lines).toMatchObject([
      {
        message: 'change',
        write: method,
        caller: 'somebody',
        bpSiteId: '1001',
        patientId: '7',
        appointmentId: '12',
        userId: '3',
        fields: ['lastName'],
        code: 'OK',
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('Verysecret');
  });

  test('a created record has its id', async () => {
    const { lines, call } = audited(async () => ({ appointmentId: '99' }));
    await call('writes', 'bookAppointment', { patientId: '7', userId: '3', reason: 'Verysecret' });
    expect(lines).toMatchObject([{ appointmentId: '99', patientId: '7', userId: '3', fields: ['reason'] }]);
  });

  test.each([
    ['SLOT_TAKEN', new SlotTaken()],
    ['NO_ANSWER', new NoAnswer(0, new Error('cut'))],
    ['INTERNAL_SERVER_ERROR', new Error('Verysecret')],
  ])('one that failed is on record: %s', async (code, error) => {
    const { lines, call } = audited(() => Promise.reject(error));
    await expect(call('writes', 'bookAppointment', { patientId: '7' })).rejects.toBe(error);
    expect(lines).toMatchObject([{ write: 'bookAppointment', patientId: '7', code }]);
    expect(JSON.stringify(lines)).not.toContain('Verysecret');
  });
});
