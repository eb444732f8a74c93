/** Charged calls of each mutation, by both sources: success, refusal, conflict, and what an idempotency key adds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../open-facade.ts';
import {
  activePatients,
  bpSiteId,
  mutation,
  newKey,
  openBookingClient,
  ownSandbox,
  type Slot,
  testClock,
  type Verb,
} from './booking-client.ts';
import { openSurgery } from './surgery.ts';

describe.each([
  ['sql-passthrough', 0],
  ['bp-premier', 1],
] as const)('by %s', (source, column) => {
  const clock = testClock();
  const options = { source, now: clock.now, deadlineMs: 100_000 };
  let sandbox: Awaited<ReturnType<typeof ownSandbox>>;
  let client: ReturnType<typeof openBookingClient>;
  let surgery: ReturnType<typeof openSurgery>;
  let free: Slot[];
  let patientId: string;
  let other: string;

  beforeAll(async () => {
    sandbox = await ownSandbox();
    client = openBookingClient(sandbox, options);
    surgery = openSurgery(sandbox, options);
    [patientId = '', other = ''] = activePatients(sandbox, 2);
    const [first, ...slots] = await client.freeSlots('2026-12-02');
    free = slots.filter(({ userId }) => userId === first?.userId);
    // Places and capabilities of the practice are known from here on.
    await client.write('book', { ...first, patientId });
  });
  afterAll(async () => {
    await client.close();
    await surgery.close();
    await sandbox.close();
  });

  const next = (): Slot => {
    const slot = free.shift();
    if (!slot) throw new Error('The day is full.');
    return slot;
  };
  const booked = async (): Promise<string> =>
    (await client.write('book', { ...next(), patientId })).appointment.pmsId;
  /** The front desk takes a time after it was checked. */
  const takeBeforeTheWrite = ({ start, userId, locationId }: Slot) => {
    const [hours = 0, minutes = 0] = start.slice(11, 16).split(':').map(Number);
    const row = {
      userId: Number(userId),
      locationId: Number(locationId),
      date: start.slice(0, 10),
      time: hours * 3600 + minutes * 60,
      length: 900,
      patientId: Number(other),
      typeId: 1,
      reason: 'Walk-in',
    };
    sandbox.atDesk(bpSiteId, { add: row }, 'before-next-write');
  };
  /** Charged calls by each source. By FHIR, an operation lists the locations once; a 404 is not charged. */
  const expectCharged = ({ data, cost, text }: Answer, type: string, charged: readonly [number, number]) =>
    expect([data.result?.__typename, cost.charged], text).toEqual([type, charged[column]]);
  const change = async (
    verb: Verb,
    input: object,
    type: string,
    charged: readonly [number, number],
    fault?: string,
  ) => expectCharged(await execute(verb, input, fault), type, charged);
  // No patient, user or location: by FHIR, each of them is a request.
  const execute = (verb: Verb, input: object, fault?: string) =>
    client.facade.execute(
      mutation(verb, 'pmsId start status'),
      { input: { bpSiteId, ...input } },
      fault === undefined ? {} : { 'x-sandbox-fault': `${bpSiteId}:${fault}` },
    );

  it('bookAppointment', async () => {
    const [slot, conflict] = [next(), next()];
    await change('book', { ...slot, patientId }, 'BookAppointmentPayload', [2, 5]);
    await change('book', { ...slot, patientId: other }, 'SlotTaken', [1, 5]);
    await change('book', { ...conflict, userId: '4711', patientId }, 'InvalidInput', [1, 5]);
    await change('book', { ...conflict, patientId: '4711' }, 'InvalidInput', [1, 3]);
    await change('book', { ...conflict, durationMinutes: 0, patientId }, 'InvalidInput', [0, 0]);
    takeBeforeTheWrite(conflict);
    await change('book', { ...conflict, patientId }, 'SlotTaken', [2, 4]);
    await change('book', { ...next(), patientId }, 'BookAppointmentPayload', [3, 5], 'cut-after');
  });

  it('bookAppointment with a key: a known outcome is one read, an unknown one is looked up before anything else', async () => {
    const known = { ...next(), patientId, idempotencyKey: newKey() };
    await change('book', known, 'BookAppointmentPayload', [2, 5]);
    await change('book', known, 'BookAppointmentPayload', [1, 2]);
    const unknown = { ...next(), patientId, idempotencyKey: newKey() };
    await change('book', unknown, 'OutcomeUnknown', [3, 5], 'cut-before');
    await change('book', unknown, 'OutcomeUnknown', [1, 2]);
    clock.pass(120_001);
    await change('book', unknown, 'BookAppointmentPayload', [3, 6]);
  });

  it('moveAppointment', async () => {
    const [appointmentId, slot, conflict] = [await booked(), next(), next()];
    const taken = next();
    await client.write('book', { ...taken, patientId: other });
    await change('move', { appointmentId, start: slot.start }, 'MoveAppointmentPayload', [2, 6]);
    await change('move', { appointmentId, start: slot.start }, 'MoveAppointmentPayload', [2, 3]);
    await change('move', { appointmentId, start: taken.start }, 'SlotTaken', [1, 5]);
    await change('move', { appointmentId, userId: '4711' }, 'InvalidInput', [1, 5]);
    await change('move', { appointmentId: '4711111', start: slot.start }, 'NotFound', [1, 2]);
    takeBeforeTheWrite(conflict);
    await change('move', { appointmentId, start: conflict.start }, 'SlotTaken', [2, 5]);
  });

  it('cancelAppointment, arriveAppointment and updateAppointment', async () => {
    const appointmentId = await booked();
    await change('arrive', { appointmentId }, 'ArriveAppointmentPayload', [1, 4]);
    await change('arrive', { appointmentId }, 'ArriveAppointmentPayload', [1, 3]);
    await change('update', { appointmentId, reason: 'x' }, 'UpdateAppointmentPayload', [1, 4]);
    await change('update', { appointmentId, durationMinutes: 10 }, 'UpdateAppointmentPayload', [1, 4]);
    await change('update', { appointmentId, durationMinutes: 240 }, 'SlotTaken', [1, 3]);
    await change('cancel', { appointmentId }, 'CancelAppointmentPayload', [1, 4]);
    await change('cancel', { appointmentId }, 'CancelAppointmentPayload', [1, 3]);
    await change('arrive', { appointmentId }, 'InvalidInput', [1, 1]);
    await change('update', { appointmentId, reason: 'y' }, 'InvalidInput', [1, 1]);
    await change('cancel', { appointmentId: '4711111' }, 'NotFound', [1, 0]);
    await change('arrive', { appointmentId: '4711111' }, 'NotFound', [1, 0]);
    await change('update', { appointmentId: '4711111', reason: 'y' }, 'NotFound', [1, 0]);
  });

  it('addPatient and updatePatient', async () => {
    const person = {
      firstName: 'Sample',
      lastName: `Charged ${source}`,
      birthDate: '1990-05-06',
      idempotencyKey: newKey(),
    };
    const added = await surgery.execute('addPatient', person);
    expectCharged(added, 'AddPatientPayload', [2, 3]);
    const id = added.data.result.patient.pmsId;
    expectCharged(await surgery.execute('addPatient', person), 'AddPatientPayload', [1, 1]);
    const again = { ...person, idempotencyKey: newKey() };
    expectCharged(await surgery.execute('addPatient', again), 'InvalidInput', [1, 1]);
    const update = (input: object, type: string, charged: readonly [number, number]) =>
      surgery
        .execute('updatePatient', { patientId: id, ...input })
        .then((answer) => expectCharged(answer, type, charged));
    await update({ email: 'charged@example.com' }, 'UpdatePatientPayload', [2, 4]);
    await update({ email: 'charged@example.com' }, 'UpdatePatientPayload', [1, 1]);
    await update({ email: null, patientId: '4711111' }, 'NotFound', [1, 1]);
    await update({}, 'InvalidInput', [0, 0]);
  });
});
