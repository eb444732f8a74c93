import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activePatients,
  type BookingClient,
  openBookingClient,
  ownSandbox,
  rowsAt,
  type Slot,
} from './booking-client.ts';

const sandbox = await ownSandbox();
const sources = ['sql-passthrough', 'bp-premier'] as const;
afterAll(() => sandbox.close());

describe.each(sources)('through %s', (source) => {
  const client: BookingClient = openBookingClient(sandbox, { source });
  const day = source === 'bp-premier' ? '2026-11-30' : '2026-12-01';
  const [patientId = '', otherPatient = ''] = activePatients(sandbox, 2);
  let free: readonly Slot[] = [];
  beforeAll(async () => {
    free = await client.freeSlots(day);
    expect(free.length).toBeGreaterThan(12);
  });
  afterAll(() => client.close());

  it('books, arrives, takes that back, updates, moves and cancels', async () => {
    const [slot, other] = free as [Slot, Slot];
    const booked = await client.write('book', { ...slot, patientId, reason: ' Sample reason ', typeId: '1' });
    expect(booked).toMatchObject({
      __typename: 'BookAppointmentPayload',
      appointment: { start: slot.start, status: 'BOOKED', reason: 'Sample reason', type: { pmsId: '1' } },
    });
    expect(booked.appointment.patient.pmsId).toBe(patientId);
    expect(rowsAt(sandbox, slot)).toHaveLength(1);
    const { id: appointmentId } = booked.appointment;

    const arrived = await client.write('arrive', { appointmentId });
    expect(arrived.appointment.status).toBe('ARRIVED');
    const back = await client.write('arrive', { appointmentId, arrived: false });
    expect(back.appointment.status).toBe('BOOKED');
    const updated = await client.write('update', { appointmentId, reason: null });
    expect(updated.appointment).toMatchObject({ reason: null, type: { pmsId: '1' } });
    const moved = await client.write('move', { appointmentId, start: other.start, userId: other.userId });
    expect(moved.appointment).toMatchObject({ start: other.start, user: { pmsId: other.userId } });
    expect(rowsAt(sandbox, slot)).toHaveLength(0);
    const cancelled = await client.write('cancel', { appointmentId });
    expect(cancelled.appointment.status).toBe('CANCELLED');
    expect(rowsAt(sandbox, other)).toHaveLength(0);
  });
  it('a time that is taken is SlotTaken, for booking and for moving', async () => {
    const [, , slot, from] = free as Slot[] as [Slot, Slot, Slot, Slot];
    await client.write('book', { ...slot, patientId });
    expect(await client.write('book', { ...slot, patientId: otherPatient })).toMatchObject({
      __typename: 'SlotTaken',
    });
    const booked = await client.write('book', { ...from, patientId: otherPatient });
    const input = { appointmentId: booked.appointment.pmsId, start: slot.start, userId: slot.userId };
    expect(await client.write('move', input)).toMatchObject({ __typename: 'SlotTaken' });
    expect(rowsAt(sandbox, slot)).toHaveLength(1);
  });
});
