/** C3: times that a practice keeps for same-day bookings, through the whole facade. */
import { afterAll, describe, expect, it } from 'vitest';
import { sandboxToday } from '../sandbox-today.ts';
import { activePatients, newKey, openBookingClient, ownSandbox } from './booking-client.ts';

const sandbox = await ownSandbox();
afterAll(() => sandbox.close());
const { all, run } = sandbox.database('1001');
const [reserved] = all<{ USERID: number; APPOINTMENTTIME: number }>(
  'SELECT * FROM RESERVEDAPPOINTMENTS WHERE RECORDSTATUS = 1 ORDER BY APPOINTMENTTIME',
);
if (!reserved) throw new Error('The sandbox reserves no time.');
const userId = String(reserved.USERID);
run(`DELETE FROM APPOINTMENTS WHERE USERID = ${userId}`);
run(
  `UPDATE SESSIONS SET DAYOFWEEK = 0, STARTTIME = 36000, ENDTIME = 43200, WEEKS = 1 WHERE USERID = ${userId}`,
);
const tomorrow = '2026-11-24';
const at = (date: string) => `${date}T11:30:00+11:00`;
const [patientId] = activePatients(sandbox, 1);

const slots = `query ($from: Date!, $userId: ID!) { practice(bpSiteId: "1001") { ... on Practice {
  availableSlots(from: $from, userId: $userId) { ... on AvailableSlots { slots { start onTheDay } complete } } } } }`;

describe.each(['sql-passthrough', 'bp-premier'] as const)('by %s', (source) => {
  const client = openBookingClient(sandbox, { source });
  afterAll(() => client.close());
  // A FHIR server leaves such times out and does not say why.
  const why = source === 'bp-premier' ? 'No bookable time of this user starts here' : 'same-day bookings';
  const read = async (from: string) => {
    const { data, cost } = await client.facade.execute(slots, { from, userId });
    const found: { start: string; onTheDay: boolean }[] = data.practice.availableSlots.slots;
    return { found, cost, reserved: found.find(({ start }) => start === at(from)) };
  };
  const book = (date: string) =>
    client.write('book', {
      userId,
      patientId,
      start: at(date),
      durationMinutes: 15,
      idempotencyKey: newKey(),
    });

  it('they are listed today, marked, and not on later days', async () => {
    const today = await read(sandboxToday);
    expect(today.reserved).toEqual({ start: at(sandboxToday), onTheDay: true });
    expect(today.found.some(({ onTheDay }) => !onTheDay)).toBe(true);
    const later = await read(tomorrow);
    expect(later.reserved).toBeUndefined();
    expect(later.found.length).toBeGreaterThan(0);
  });

  it('a booking or a move to one is refused on a later day, and taken today', async () => {
    expect(await book(tomorrow)).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: ['input', 'start'], message: expect.stringContaining(why) }],
    });
    const { appointment } = await book(sandboxToday);
    expect(appointment.start).toBe(at(sandboxToday));
    const { pmsId: appointmentId } = appointment;
    expect(await client.write('move', { appointmentId, start: at(tomorrow) })).toMatchObject({
      __typename: 'InvalidInput',
    });
    await client.write('cancel', { appointmentId });
  });
});

it('where the table may not be read, all times are listed, and one refusal is enough', async () => {
  sandbox.setFault('1001', 'no-reserved');
  const client = openBookingClient(sandbox, { source: 'sql-passthrough' });
  try {
    const execute = () => client.facade.execute(slots, { from: tomorrow, userId });
    const first = await execute();
    const starts = first.data.practice.availableSlots.slots.map(({ start }: { start: string }) => start);
    expect(starts).toContain(at(tomorrow));
    expect(first.cost.charged).toBe(2);
    expect((await execute()).cost.charged).toBe(1);
  } finally {
    sandbox.setFault('1001', null);
    await client.close();
  }
});
