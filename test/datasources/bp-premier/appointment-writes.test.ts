import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import { NotFound, PmsError, SlotTaken } from '../../../src/errors.ts';
import { maxCallsOf, membersOf } from '../source-members.ts';
import { fakeConnection } from './fake-connection.ts';
import { location } from './resources.ts';
import { sandboxConnection } from './sandbox-connection.ts';

/** Sydney, and Brisbane an hour behind it in summer. */
const places = [location('1', '2000'), location('2', '4225')];
const booking = {
  patientId: '41',
  userId: '7',
  locationId: '2',
  date: '2026-11-24',
  seconds: 33_300,
  durationSeconds: 900,
  typeId: '4',
  reason: 'Sample reason',
};
/** With more than the adapter knows of. */
const stored: FhirResource = {
  resourceType: 'Appointment',
  id: '12',
  meta: { lastUpdated: '2026-11-22T07:00:00Z', tag: [{ code: 'x' }] },
  extension: [{ url: 'urn:invented', valueString: 'kept' }],
  status: 'booked',
  serviceCategory: [{ text: 'kept' }],
  appointmentType: {
    coding: [{ code: '4', display: 'New patient', system: 'urn:types' }],
    text: 'New patient',
  },
  description: 'Sample reason',
  start: '2026-11-24T09:15:00+10:00',
  end: '2026-11-24T09:30:00+10:00',
  minutesDuration: 15,
  comment: 'kept',
  slot: [{ reference: 'Slot/7-2-1' }],
  participant: [
    { actor: { reference: 'Patient/41', display: 'Testwattle' }, status: 'accepted' },
    {
      actor: { reference: 'Practitioner/7', display: 'Dr Sample' },
      status: 'tentative',
      required: 'required',
    },
    { actor: { reference: 'HealthcareService/9' }, status: 'accepted' },
    { actor: { reference: 'Location/2' }, status: 'accepted' },
  ],
};

function practice(resource: Partial<FhirResource> = {}, also: Parameters<typeof fakeConnection>[0] = {}) {
  const connection = fakeConnection({ resources: [...places, { ...stored, ...resource }], ...also });
  return { ...membersOf(createBpPremier(connection)), written: connection.written };
}

describe('booking', () => {
  it('creates an Appointment in the time of its location', async () => {
    const { writes, written } = practice();
    expect(await writes.bookAppointment(booking)).toEqual({ appointmentId: '4711', appointment: null });
    expect(written).toEqual([
      {
        resource: 'Appointment',
        body: {
          resourceType: 'Appointment',
          status: 'booked',
          appointmentType: { coding: [{ code: '4' }] },
          description: 'Sample reason',
          start: '2026-11-24T09:15:00+10:00',
          end: '2026-11-24T09:30:00+10:00',
          minutesDuration: 15,
          participant: [
            { actor: { reference: 'Patient/41' }, status: 'accepted' },
            { actor: { reference: 'Practitioner/7' }, status: 'accepted' },
            { actor: { reference: 'Location/2' }, status: 'accepted' },
          ],
        },
      },
    ]);
  });

  it('omits a type or a reason that is not given', async () => {
    const { writes, written } = practice();
    await writes.bookAppointment({ ...booking, typeId: null, reason: null });
    expect(written[0]?.body).not.toHaveProperty('appointmentType');
    expect(written[0]?.body).not.toHaveProperty('description');
  });

  it.each([
    ['without an id', { resourceType: 'Appointment' }],
    ['of another kind', { resourceType: 'Basic', id: '12' }],
  ])('does not report an id when the response is a resource %s', async (_what, answer) => {
    const failure = practice({}, { stored: () => answer }).writes.bookAppointment(booking);
    await expect(failure).rejects.toBeInstanceOf(NoAnswer);
  });
});

describe('updating', () => {
  const change = { appointmentId: '12', typeId: '4', durationSeconds: 900, reason: 'Sample reason' };

  it('sends back everything, unknown elements too', async () => {
    const { writes, written } = practice();
    await writes.updateAppointment({ ...change, reason: 'Another' });
    const body = { ...stored, description: 'Another' };
    expect(written).toEqual([{ resource: 'Appointment', id: '12', body }]);
  });

  it('sends nothing where nothing differs', async () => {
    const { writes, written } = practice();
    await writes.updateAppointment(change);
    expect(written).toEqual([]);
  });

  it('G15: reads a coded reason as the reason, and keeps it next to another one', async () => {
    const reasonCode = [{ coding: [{ code: '1', display: 'Sample reason' }] }];
    const coded = () => practice({ description: undefined, reasonCode });
    const same = coded();
    await same.writes.updateAppointment(change);
    expect(same.written).toEqual([]);
    const other = coded();
    await other.writes.updateAppointment({ ...change, reason: 'Another' });
    expect(other.written[0]?.body).toMatchObject({ description: 'Another', reasonCode });
    const none = coded();
    await none.writes.updateAppointment({ ...change, reason: null });
    expect(none.written[0]?.body).not.toHaveProperty('reasonCode');
  });

  it('G15: compares a length with start and end, not with minutesDuration', async () => {
    const { writes, written } = practice({ minutesDuration: 10 });
    await writes.updateAppointment(change);
    expect(written).toEqual([]);
  });

  it('changes the requested fields', async () => {
    const { writes, written } = practice();
    await writes.updateAppointment({ ...change, typeId: '2', durationSeconds: 1800, reason: 'Another' });
    expect(written[0]?.body).toEqual({
      ...stored,
      appointmentType: { coding: [{ code: '2' }] },
      description: 'Another',
      end: '2026-11-24T09:45:00+10:00',
      minutesDuration: 30,
    });
  });

  it('removes a reason', async () => {
    const { writes, written } = practice();
    await writes.updateAppointment({ ...change, reason: null });
    const { description: _, ...rest } = stored;
    expect(written[0]?.body).toEqual(rest);
  });

  it('D4: keeps fields that are not given', async () => {
    const { writes, written } = practice();
    await writes.updateAppointment({ appointmentId: '12', reason: 'Another' });
    await writes.updateAppointment({ appointmentId: '12', typeId: '2' });
    expect(written.map(({ body }) => body)).toEqual([
      { ...stored, description: 'Another' },
      { ...stored, appointmentType: { coding: [{ code: '2' }] } },
    ]);
  });

  it('is SlotTaken if the added time belongs to another appointment', async () => {
    const next = { ...stored, id: '13', start: stored.end, end: '2026-11-24T09:45:00+10:00' };
    const { writes, written } = practice({}, { resources: [...places, stored, next] });
    await expect(writes.updateAppointment({ ...change, durationSeconds: 960 })).rejects.toBeInstanceOf(
      SlotTaken,
    );
    expect(written).toEqual([]);
  });

  it.each([
    ['2026-11-24T23:50:00Z', '2026-11-25T00:20:00Z'],
    ['2026-11-24T09:15:00.000+10:00', '2026-11-24T09:45:00+10:00'],
    ['2026-11-24T09:15:00', '2026-11-24T09:45:00'],
  ])('writes the end as the server wrote the start: %s', async (start, end) => {
    const { writes, written } = practice({ start });
    await writes.updateAppointment({ ...change, durationSeconds: 1800 });
    expect(written[0]?.body).toMatchObject({ start, end, minutesDuration: 30 });
  });
});

describe('moving', () => {
  it('keeps the length, replaces user and location, and removes the old slots', async () => {
    const { writes, written } = practice();
    const to = { date: '2026-11-25', seconds: 36_000, userId: '8', locationId: '1' };
    await writes.moveAppointment({ appointmentId: '12', ...to });
    const { slot: _, ...rest } = stored;
    expect(written[0]?.body).toEqual({
      ...rest,
      start: '2026-11-25T10:00:00+11:00',
      end: '2026-11-25T10:15:00+11:00',
      participant: [
        { actor: { reference: 'Patient/41', display: 'Testwattle' }, status: 'accepted' },
        { actor: { reference: 'Practitioner/8' }, status: 'tentative', required: 'required' },
        { actor: { reference: 'HealthcareService/9' }, status: 'accepted' },
        { actor: { reference: 'Location/1' }, status: 'accepted' },
      ],
    });
  });

  it('keeps unchanged participants, and adds a missing location', async () => {
    const { writes, written } = practice({
      participant: [{ actor: { reference: 'Practitioner/7', display: 'Dr' } }],
    });
    const to = { date: '2026-11-25', seconds: 36_000, userId: '7', locationId: '2' };
    await writes.moveAppointment({ appointmentId: '12', ...to });
    expect(written[0]?.body.participant).toEqual([
      { actor: { reference: 'Practitioner/7', display: 'Dr' } },
      { actor: { reference: 'Location/2' }, status: 'accepted' },
    ]);
  });
});

describe('cancelling and arriving', () => {
  it('change the status alone', async () => {
    const { writes, written } = practice();
    await writes.cancelAppointment({ appointmentId: '12' });
    await writes.arriveAppointment({ appointmentId: '12', arrived: true });
    const arrived = practice({ status: 'arrived' });
    await arrived.writes.arriveAppointment({ appointmentId: '12', arrived: false });
    expect([...written, ...arrived.written].map(({ body }) => body)).toEqual(
      ['cancelled', 'arrived', 'booked'].map((status) => ({ ...stored, status })),
    );
  });

  it('a 409 does not mean a taken slot', async () => {
    const { writes } = practice(
      {},
      {
        stored: () => {
          throw new SlotTaken();
        },
      },
    );
    await expect(writes.cancelAppointment({ appointmentId: '12' })).rejects.toBeInstanceOf(PmsError);
    await expect(writes.arriveAppointment({ appointmentId: '12', arrived: true })).rejects.toBeInstanceOf(
      PmsError,
    );
    const move = { appointmentId: '12', date: '2026-11-25', seconds: 0, userId: '7', locationId: '2' };
    await expect(writes.moveAppointment(move)).rejects.toBeInstanceOf(SlotTaken);
  });
});

describe('a missing appointment', () => {
  const move = { date: '2026-11-25', seconds: 0, userId: '7', locationId: '2' };
  const change = { durationSeconds: 900, reason: null };

  it.each(['13', '../Patient', ''])('is NotFound: %j', async (appointmentId) => {
    const { writes, written } = practice();
    for (const attempt of [
      writes.updateAppointment({ appointmentId, ...change }),
      writes.moveAppointment({ appointmentId, ...move }),
      writes.cancelAppointment({ appointmentId }),
      writes.arriveAppointment({ appointmentId, arrived: true }),
    ]) {
      await expect(attempt).rejects.toBeInstanceOf(NotFound);
    }
    expect(written).toEqual([]);
  });

  it('that was cancelled is not restored', async () => {
    const { writes, written } = practice({ status: 'cancelled' });
    const of = { appointmentId: '12', refusedStatuses: ['CANCELLED'] } as const;
    for (const attempt of [
      writes.updateAppointment({ ...of, ...change }),
      writes.moveAppointment({ ...of, ...move }),
      writes.arriveAppointment({ ...of, arrived: true }),
    ]) {
      expect(await attempt).toEqual({ refusedStatus: 'CANCELLED', appointment: null });
    }
    expect(await writes.cancelAppointment({ appointmentId: '12' })).toEqual({
      refusedStatus: null,
      appointment: null,
    });
    expect(written).toEqual([]);
  });

  it.each([
    ['another id', { id: '99' }],
    ['another type', { resourceType: 'Basic' }],
  ])('is not overwritten if the response has %s', async (_what, difference) => {
    const connection = fakeConnection({ resources: places });
    const { writes } = createBpPremier({
      ...connection,
      fhirRead: async () => ({ resource: { ...stored, ...difference }, version: null }),
    });
    await expect(writes.cancelAppointment({ appointmentId: '12' })).rejects.toMatchObject({
      code: 'UPSTREAM_FAILED',
    });
    expect(connection.written).toEqual([]);
  });
});

describe("through the sandbox's facade", () => {
  const statuses = ['BOOKED', 'ARRIVED', 'CANCELLED'] as const;
  const fields = { type: {}, reason: {} };

  it('books, changes, moves, arrives and cancels within the stated number of charged calls', async () => {
    const connection = sandboxConnection('1002');
    const { data, writes, bounds } = membersOf(createBpPremier(connection));
    const { slots } = await data.availableSlots({ from: '2026-11-24', to: '2026-11-24' });
    const [slot] = slots;
    const [{ patientId } = { patientId: null }] = await data.appointments({ limit: 1, fields: {} });
    const place = {
      userId: slot?.userId ?? '',
      locationId: slot?.locationId ?? '',
      date: '2026-11-24',
      seconds: Number(slot?.start.slice(11, 13)) * 3600 + Number(slot?.start.slice(14, 16)) * 60,
    };
    const appointment = {
      ...place,
      patientId: patientId ?? '',
      durationSeconds: 900,
      typeId: '2',
      reason: 'Sample reason',
    };
    const read = async (id: string) => (await data.appointments({ ids: [id], statuses, fields }))[0];
    const { appointmentId } = await writes.bookAppointment(appointment);
    expect(await read(appointmentId)).toMatchObject({
      status: 'BOOKED',
      start: slot?.start,
      durationMinutes: 15,
      reason: 'Sample reason',
      type: { pmsId: '2' },
      patientId,
      userId: place.userId,
      locationId: place.locationId,
    });
    await expect(writes.bookAppointment(appointment)).rejects.toBeInstanceOf(SlotTaken);

    await writes.moveAppointment({ ...place, seconds: 72_000, appointmentId });
    expect((await read(appointmentId))?.start).toBe('2026-11-24T20:00:00+10:00');
    const other = await writes.bookAppointment(appointment);
    await expect(
      writes.moveAppointment({ ...place, seconds: 72_300, appointmentId: other.appointmentId }),
    ).rejects.toBeInstanceOf(SlotTaken);

    const before = connection.charged.length;
    const change = { appointmentId, typeId: '1', durationSeconds: 1800, reason: null };
    await writes.updateAppointment(change);
    // The locations, without which no time is read, are known by now.
    expect(connection.charged.length - before).toBe(
      maxCallsOf({ bounds }, { method: 'updateAppointment', change }) - 1,
    );
    expect(await read(appointmentId)).toMatchObject({
      durationMinutes: 30,
      reason: null,
      type: { pmsId: '1' },
    });
    await writes.arriveAppointment({ appointmentId, arrived: true });
    expect(await read(appointmentId)).toMatchObject({ status: 'ARRIVED' });
    await writes.arriveAppointment({ appointmentId, arrived: false });
    await writes.cancelAppointment({ appointmentId });
    expect(await read(appointmentId)).toMatchObject({ status: 'CANCELLED' });
    await writes.cancelAppointment({ appointmentId });
  });

  it('is not available if FHIR has only the publicly documented resources', async () => {
    const { supportsWrite } = membersOf(createBpPremier(sandboxConnection('1006')));
    expect(await supportsWrite({ method: 'bookAppointment', change: booking })).toMatchObject({ can: false });
  });
});
