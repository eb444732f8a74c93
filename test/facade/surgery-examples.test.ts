/** The saved operations that change patients and days off, in the order in which a client sends them. */
import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { openFacade } from '../open-facade.ts';
import { newKey, ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
const facade = openFacade({ baseUrl: sandbox.url });
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});
const bpSiteId = '1001';
const saved = (name: string) => {
  const document = readFileSync(
    new URL(`../../examples/operations/${name}.graphql`, import.meta.url),
    'utf8',
  );
  return async (operation: string, variables: object) => {
    const answer = await facade.execute(document, variables, {}, operation);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
};

it('new-patient', async () => {
  const execute = saved('new-patient');
  const person = {
    firstName: 'Sample',
    lastName: 'Example',
    birthDate: '1991-02-03',
    mobilePhone: '0491 570 006',
  };
  const { addPatient } = await execute('AddPatient', {
    patient: { bpSiteId, ...person, idempotencyKey: newKey() },
  });
  expect(addPatient.patient).toMatchObject({
    birthDate: '1991-02-03',
    mobilePhone: '0491570006',
    email: null,
  });
  const changes = { bpSiteId, patientId: addPatient.patient.id, email: 'sample@example.com' };
  const { updatePatient } = await execute('UpdatePatient', { changes });
  expect(updatePatient.patient).toEqual({ ...addPatient.patient, email: 'sample@example.com' });
});

it('days-off', async () => {
  const execute = saved('days-off');
  const leave = { bpSiteId, userId: '2', from: '2028-02-01', to: '2028-02-04', reason: 'Sample leave' };
  const { addUserDaysAway } = await execute('AddLeave', { leave });
  expect(addUserDaysAway.dayAway).toMatchObject({
    from: '2028-02-01',
    to: '2028-02-04',
    reason: 'Sample leave',
  });
  const { addDaysClosed } = await execute('ClosePractice', { closing: { bpSiteId, from: '2028-12-25' } });
  const dayClosedId = addDaysClosed.dayClosed.pmsId;
  const { removeDaysClosed } = await execute('OpenPracticeAgain', { opening: { bpSiteId, dayClosedId } });
  expect(removeDaysClosed.__typename).toBe('RemoveDaysClosedPayload');
});
