import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { PatientDetails } from '../../../src/datasources/domain/patient-writes.ts';
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import type { WriteQuestion } from '../../../src/datasources/practice/write-port.ts';
import { NotFound, PmsError } from '../../../src/errors.ts';
import { daysOfWeek } from '../../../src/time/local.ts';
import { maxCallsOf, membersOf } from '../source-members.ts';
import { sandboxConnection } from './sandbox-connection.ts';

const connection = sandboxConnection('1001');
const { data, writes, supportsWrite, bounds } = membersOf(createBpPremier(connection));
const everyField = Object.fromEntries(
  ['status', 'birthDate', 'sex', 'address', 'homePhone', 'email', 'medicare', 'usualUser'].map((field) => [
    field,
    {},
  ]),
);
const patientNow = async (id: string) => (await data.patients({ ids: [id], fields: everyField }))[0];

const patient: PatientDetails = {
  title: 'Mrs.',
  firstName: 'Example',
  middleName: 'Middle Other',
  lastName: 'Testwattle',
  preferredName: 'Exie',
  birthDate: '1980-02-29',
  sex: 'FEMALE',
  address: { line1: '1 Sample Street', line2: 'Unit 2', suburb: 'Wattle Flat', postcode: '2000' },
  postalAddress: { line1: 'PO Box 1', suburb: 'Wattle Flat', postcode: '2001' },
  homePhone: '0255500011',
  workPhone: '0255500012',
  mobilePhone: '0491570006',
  email: 'exie@example.com',
  medicare: { number: '2950987651', individualReferenceNumber: '3', expiry: '03/2027' },
  dva: { number: 'NX000001', type: 'White' },
};
const none = { state: null, country: null };
const read = ({ address, postalAddress, ...details }: Partial<PatientDetails>) => ({
  ...details,
  ...(address !== undefined && { address: address && { ...address, ...none } }),
  ...(postalAddress !== undefined && {
    postalAddress: postalAddress && { ...postalAddress, line2: null, ...none },
  }),
});

describe("patients of the sandbox's facade", () => {
  it('are read as they were added', async () => {
    const before = connection.charged.length;
    const { patientId } = await writes.addPatient(patient);
    expect(connection.charged.length - before).toBe(
      maxCallsOf({ bounds }, { method: 'addPatient', change: patient }),
    );
    expect(await patientNow(patientId)).toMatchObject({ ...read(patient), status: 'ACTIVE' });
  });

  it('lose each detail by null, and get it back, with the others as they were', async () => {
    const { patientId } = await writes.addPatient(patient);
    const whole = await patientNow(patientId);
    for (const detail of Object.keys(patient) as (keyof PatientDetails)[]) {
      if (detail === 'sex' || detail === 'lastName') continue;
      await writes.updatePatient({ patientId, details: { [detail]: null } });
      expect(await patientNow(patientId), detail).toEqual({ ...whole, [detail]: null });
      const change = { patientId, details: { [detail]: patient[detail] } };
      const before = connection.charged.length;
      await writes.updatePatient(change);
      expect(connection.charged.length - before).toBe(
        maxCallsOf({ bounds }, { method: 'updatePatient', change }),
      );
      expect(await patientNow(patientId), detail).toEqual(whole);
    }
  });

  it('keep what was not written, for any patient', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => String(n + 1));
    const before = await data.patients({ ids, fields: everyField });
    const details = { mobilePhone: '0491570999', firstName: 'Renamed' };
    for (const { pmsId } of before) await writes.updatePatient({ patientId: pmsId, details });
    const after = new Map(
      (await data.patients({ ids, fields: everyField })).map((patient) => [patient.pmsId, patient]),
    );
    expect(before.length).toBeGreaterThan(40);
    for (const patient of before) expect(after.get(patient.pmsId)).toEqual({ ...patient, ...details });
  });

  it('are refused with a title that the practice does not have, and not found without an id', async () => {
    await expect(writes.addPatient({ ...patient, title: 'Grand Duke' })).rejects.toBeInstanceOf(PmsError);
    const change = { patientId: '99999999', details: { firstName: 'Sam' } };
    await expect(writes.updatePatient(change)).rejects.toBeInstanceOf(NotFound);
  });
});

describe("users of the sandbox's facade", () => {
  it('get another phone and e-mail address, or none', async () => {
    const userNow = async () =>
      (await data.users({ ids: [pmsId], fields: { phone: {}, email: {} } })).users[0];
    const [{ pmsId } = { pmsId: '' }] = (await data.users({ fields: {} })).users;
    const before = await userNow();
    await writes.updateUser({ userId: pmsId, phone: '0255500111', email: 'new@example.com' });
    expect(await userNow()).toEqual({ ...before, phone: '0255500111', email: 'new@example.com' });
    await writes.updateUser({ userId: pmsId, phone: null });
    expect(await userNow()).toEqual({ ...before, phone: null, email: 'new@example.com' });
  });

  it('are away, and back, at every location', async () => {
    const border = sandboxConnection('1004');
    const practice = createBpPremier(border);
    const { users } = await practice.data.users({ active: true, fields: {} });
    const userIds = users.map((user) => user.pmsId);
    const days = { from: '2027-12-24', to: '2027-12-28' };
    const rolesOf = (resources: readonly FhirResource[], userId: string) =>
      resources.filter(({ id }) => id?.startsWith(`${userId}-`));
    const roles = await border.fhirSearch('PractitionerRole', []);
    const userId = userIds.find((id) => rolesOf(roles, id).length > 1) ?? '';
    const awayNow = () => practice.data.daysAway({ ...days, userIds: [userId] });
    const before = await awayNow();

    await practice.writes.addDayAway({ userId, ...days, reason: 'Sample leave' });
    const added = { userId, pmsId: `${userId}:2027-12-24`, ...days, reason: 'Sample leave' };
    expect(await awayNow()).toEqual([...before, added]);
    const charged = border.charged.length;
    await practice.writes.removeDayAway({ userId, ...days });
    expect(border.charged.length - charged).toBeLessThanOrEqual(3);
    expect(await awayNow()).toEqual(before);
    expect(await border.fhirSearch('PractitionerRole', [])).toEqual(roles);
    await practice.writes.removeDayAway({ userId, ...days });
  });
});

describe("clinic hours of the sandbox's facade", () => {
  it('are read back as written', async () => {
    const week = daysOfWeek().map((day, n) => ({
      day,
      periods: n > 5 ? [] : [{ opens: '00:00', closes: '12:30' }, ...(n > 2 ? [] : [evening])],
    }));
    await writes.setClinicHours({ locationId: '1', week });
    expect(await data.clinicHours()).toContainEqual({ locationId: '1', source: 'RECORDED', week });
  });
  const evening = { opens: '18:00', closes: '24:00' };
});

describe('where FHIR has only what is documented publicly', () => {
  it('patients are written, and nothing else', async () => {
    const documented = createBpPremier(sandboxConnection('1006'));
    const days = { userId: '1', from: '2027-01-01', to: '2027-01-01' };
    const questions: readonly (readonly [WriteQuestion, boolean])[] = [
      [{ method: 'addPatient', change: patient }, true],
      [{ method: 'updatePatient', change: { patientId: '1', details: {} } }, true],
      [{ method: 'updateUser', change: { userId: '1', phone: null } }, false],
      [{ method: 'addDayAway', change: { ...days, reason: null } }, false],
      [{ method: 'removeDayAway', change: days }, false],
      [{ method: 'setClinicHours', change: { locationId: '1', week: [] } }, false],
    ];
    for (const [write, can] of questions) {
      expect(await documented.supportsWrite(write), write.method).toMatchObject({ can });
      expect(await supportsWrite(write), write.method).toEqual({ can: true });
    }
  });
});
