/** Each source writes to the practice's own tables, and the written values are read back from there. */
import { afterAll, describe, expect, it } from 'vitest';
import { activePatients, newKey, ownSandbox } from './booking-client.ts';
import { openSurgery } from './surgery.ts';

const sandbox = await ownSandbox();
afterAll(() => sandbox.close());
const database = sandbox.database('1001');
type Row = Record<string, string | number | null>;
const row = (table: string, where: string): Row | undefined => {
  const [found] = database.all<Row>(`SELECT * FROM ${table} WHERE ${where}`);
  return found && Object.fromEntries(Object.entries(found).map(([name, value]) => [name, trimmed(value)]));
};
const trimmed = (value: string | number | null) => (typeof value === 'string' ? value.trim() : value);
const count = (table: string, where: string): number =>
  database.all<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`)[0]?.n ?? 0;
const userId = String(row('USERS', 'APPOINTMENTS = 1')?.USERID);

const details = {
  title: 'Mrs',
  firstName: 'Sample',
  middleName: 'Middle',
  preferredName: 'Sam',
  birthDate: '1988-02-29',
  sex: 'FEMALE',
  homePhone: '0255501234',
  workPhone: '0255505678',
  mobilePhone: '0491570006',
  email: 'sample@example.com',
  address: { line1: '1 Sample Street', line2: 'Unit 2', suburb: 'Sydney', postcode: '2000' },
  postalAddress: { line1: 'PO Box 1', suburb: 'Haymarket', postcode: '1240' },
  medicare: { number: '2123456701', individualReferenceNumber: '3', expiry: '09/2028' },
  dva: { number: 'NX123456', type: 'GOLD' },
};
const shown = {
  ...details,
  dva: { number: 'NX123456', type: 'Gold' },
  title: expect.stringMatching(/^Mrs\.?$/),
};

describe.each(['sql-passthrough', 'bp-premier'] as const)('by %s', (source) => {
  const surgery = openSurgery(sandbox, { source });
  afterAll(() => surgery.close());

  it('adds a patient with every detail, once for a key', async () => {
    const input = { ...details, lastName: `Newcomer ${source}`, idempotencyKey: newKey() };
    const { patient } = await surgery.mutate('addPatient', input);
    expect(patient).toMatchObject({ ...shown, lastName: `Newcomer ${source}` });
    expect(row('PATIENTS', `INTERNALID = ${patient.pmsId}`)).toMatchObject({
      RECORDSTATUS: 1,
      PATIENTSTATUS: 1,
      SURNAME: `Newcomer ${source}`,
      MEDICARENO: '2123456701',
      MEDICARELINENO: '3',
      MEDICAREEXPIRY: '09/2028',
      POSTALADDRESS: 'PO Box 1',
    });
    expect((await surgery.mutate('addPatient', input)).patient.pmsId).toBe(patient.pmsId);
    expect(count('PATIENTS', `SURNAME = 'Newcomer ${source}'`)).toBe(1);
  });

  it('adds a patient with few details', async () => {
    const { patient } = await surgery.mutate('addPatient', {
      firstName: 'Sample',
      lastName: `Bare ${source}`,
      birthDate: '2026-11-23',
    });
    expect(patient).toMatchObject({ sex: 'UNKNOWN', medicare: null, dva: null, email: null, title: null });
  });

  it('changes each detail by itself, and nothing else', async () => {
    const added = await surgery.mutate('addPatient', { ...details, lastName: `Changing ${source}` });
    const { patient: before } = added;
    const changes: readonly object[] = [
      { title: null },
      { middleName: null },
      { lastName: `Changed ${source}` },
      { preferredName: 'Sammy' },
      { birthDate: '1989-01-01' },
      { sex: 'OTHER' },
      { homePhone: null },
      { workPhone: '0755505678', mobilePhone: '0491570110' },
      { email: null },
      { email: 'again@example.com' },
      { address: { line1: '2 Other Street', line2: null, suburb: 'Perth', postcode: '6000' } },
      { postalAddress: null },
      { medicare: { number: '3123456711', individualReferenceNumber: null, expiry: null } },
      { medicare: null },
      { dva: null },
      { lastName: `Again ${source}`, email: null, homePhone: '0255509999' },
    ];
    const hidden = (id: string) => {
      const { RECORDNO, EXTERNALID, USERID, PENSIONCODE, OTHERNOTES, IHI } =
        row('PATIENTS', `INTERNALID = ${id}`) ?? {};
      return { RECORDNO, EXTERNALID, USERID, PENSIONCODE, OTHERNOTES, IHI };
    };
    const kept = hidden(before.pmsId);
    let expected: object = before;
    for (const change of changes) {
      expected = { ...expected, ...change };
      const answer = await surgery.mutate('updatePatient', { patientId: before.pmsId, ...change });
      expect(answer.patient, JSON.stringify([change, answer])).toEqual(expected);
    }
    expect(hidden(before.pmsId)).toEqual(kept);
  });

  it('names the title that the practice does not have', async () => {
    const input = {
      firstName: 'Sample',
      lastName: `Titled ${source}`,
      birthDate: '1990-01-01',
      title: 'Grand Duke',
    };
    const answer = await surgery.mutate('addPatient', input);
    expect(['InvalidInput', 'PmsError']).toContain(answer.__typename);
    expect(count('PATIENTS', `SURNAME = 'Titled ${source}'`)).toBe(0);
    const [patientId = ''] = activePatients(sandbox, 1);
    const { TITLECODE } = row('PATIENTS', `INTERNALID = ${patientId}`) ?? {};
    expect(['InvalidInput', 'PmsError']).toContain(
      (await surgery.mutate('updatePatient', { patientId, title: 'Grand Duke' })).__typename,
    );
    expect(row('PATIENTS', `INTERNALID = ${patientId}`)?.TITLECODE).toBe(TITLECODE);
  });

  it('changes contact details of a user', async () => {
    const email = `${source}@example.com`;
    const { user } = await surgery.mutate('updateUser', { userId, email, phone: '0255501111' });
    expect(user).toMatchObject({ email, phone: '0255501111' });
    expect(row('USERS', `USERID = ${userId}`)).toMatchObject({ EMAIL: email, PHONE: '0255501111' });
    expect((await surgery.mutate('updateUser', { userId, phone: null })).user.phone).toBeNull();
  });

  it('records an absence and takes it away', async () => {
    const days = { from: source === 'bp-premier' ? '2028-03-01' : '2028-04-01', reason: 'Sample leave' };
    const added = await surgery.mutate('addUserDaysAway', { userId, ...days });
    expect(added.dayAway, JSON.stringify(added)).toMatchObject({ ...days, to: days.from });
    const where = `USERID = ${userId} AND RECORDSTATUS = 1 AND STARTDATE LIKE '${days.from}%'`;
    expect(count('DAYSAWAY', where)).toBe(1);
    const removed = await surgery.mutate('removeUserDaysAway', { userId, dayAwayId: added.dayAway.pmsId });
    expect(removed.__typename).toBe('RemoveUserDaysAwayPayload');
    expect(count('DAYSAWAY', where)).toBe(0);
  });

  it('sets the opening hours', async () => {
    const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
    const opens = source === 'bp-premier' ? '07:30' : '08:15';
    const week = days.map((day) => ({ day, periods: day === 'SUNDAY' ? [] : [{ opens, closes: '17:00' }] }));
    const { clinicHours } = await surgery.mutate('setClinicHours', { week });
    expect(clinicHours.week).toEqual(week);
    const periods = [
      { opens: '09:00', closes: '12:00' },
      { opens: '13:00', closes: '24:00' },
    ];
    const after = await surgery.mutate('setClinicHours', { week: [{ day: 'SUNDAY', periods }] });
    expect(after.clinicHours?.week, JSON.stringify(after)).toEqual([
      ...week.slice(0, 6),
      { day: 'SUNDAY', periods },
    ]);
  });

  it('closes the practice for some days, or says that this source cannot', async () => {
    const added = await surgery.mutate('addDaysClosed', {
      from: '2028-12-25',
      to: '2028-12-26',
      reason: 'Christmas',
    });
    if (source === 'bp-premier') {
      expect(added.__typename).toBe('OperationNotSupported');
      return;
    }
    expect(added.dayClosed).toMatchObject({ from: '2028-12-25', to: '2028-12-26', reason: 'Christmas' });
    const removed = await surgery.mutate('removeDaysClosed', { dayClosedId: added.dayClosed.pmsId });
    expect(removed.__typename).toBe('RemoveDaysClosedPayload');
    expect(count('DAYSAWAY', "USERID = 0 AND RECORDSTATUS = 1 AND STARTDATE LIKE '2028-12-25%'")).toBe(0);
  });
});

describe('by the source that costs least', () => {
  const surgery = openSurgery(sandbox);
  afterAll(() => surgery.close());
  const charged = async (...args: Parameters<typeof surgery.execute>) =>
    (await surgery.execute(...args)).cost.charged;
  const [patientId = ''] = activePatients(sandbox, 1);

  it('adding and changing a patient are two charged calls, and one where it is so already', async () => {
    const input = { firstName: 'Sample', lastName: 'Counted', birthDate: '1990-01-01' };
    expect(await charged('addPatient', input)).toBe(2);
    expect(await charged('updatePatient', { patientId, email: 'counted@example.com' })).toBe(2);
    expect(await charged('updatePatient', { patientId, email: 'counted@example.com' })).toBe(1);
  });

  it('assumed statements are off unless configured, and the error says so', async () => {
    const careful = openSurgery(sandbox, { source: 'sql-passthrough', assumedWrites: false });
    for (const [args, input] of [
      ['updateUser', { userId, email: 'off@example.com' }],
      ['addDaysClosed', { from: '2028-05-01' }],
      ['addUserDaysAway', { userId, from: '2028-05-01' }],
    ] as const) {
      const answer = await careful.mutate(args, input);
      expect(answer).toMatchObject({
        __typename: 'OperationNotSupported',
        message: expect.stringMatching(/HALO_ASSUMED_WRITES/),
      });
    }
    await careful.close();
  });
});

describe.each(['sql-passthrough', 'bp-premier'] as const)('an answer that is lost, by %s', (source) => {
  const surgery = openSurgery(sandbox, { source });
  afterAll(() => surgery.close());

  it.each(['504-after', 'cut-after'])('%s: what was done is found', async (fault) => {
    const input = { firstName: 'Sample', lastName: `Lost ${fault} ${source}`, birthDate: '1990-01-01' };
    const answer = await surgery.mutate('addPatient', { ...input, idempotencyKey: newKey() }, fault);
    expect(answer.patient?.lastName, JSON.stringify(answer)).toBe(input.lastName);
    expect(count('PATIENTS', `SURNAME = '${input.lastName}'`)).toBe(1);
    const { pmsId: patientId } = answer.patient;
    const changed = await surgery.mutate('updatePatient', { patientId, email: 'found@example.com' }, fault);
    expect(changed.patient?.email, JSON.stringify(changed)).toBe('found@example.com');
  });

  it('cut before it was done: unknown, then resolved by its key without a second patient', async () => {
    const input = {
      firstName: 'Sample',
      lastName: `Cut ${source}`,
      birthDate: '1990-01-01',
      idempotencyKey: newKey(),
    };
    expect((await surgery.mutate('addPatient', input, 'cut-before')).__typename).toBe('OutcomeUnknown');
    expect((await surgery.mutate('addPatient', input)).__typename).toBe('OutcomeUnknown');
    expect(count('PATIENTS', `SURNAME = '${input.lastName}'`)).toBe(0);
  });
});
