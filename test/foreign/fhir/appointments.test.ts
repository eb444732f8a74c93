/** The appointment book of a FHIR server that others wrote: zoneless dates are UTC there, references are typed. */
import type { Appointment, PractitionerRole } from '@medplum/fhirtypes';
import { afterEach, describe, expect, it } from 'vitest';
import { everything } from './capability-statement.ts';
import { bpSiteId, type ShellOptions } from './halo-shell.ts';
import { type ForeignPractice, openPractice, patient } from './practice.ts';

let practice: ForeignPractice;
afterEach(() => practice.close());

const appointment = (id: string, start: string, more: Partial<Appointment> = {}): Appointment => ({
  resourceType: 'Appointment',
  id,
  status: 'booked',
  start,
  end: new Date(Date.parse(start) + 900_000).toISOString(),
  participant: [
    { actor: { reference: 'Patient/1' }, status: 'accepted' },
    { actor: { reference: 'Practitioner/7' }, status: 'accepted' },
    { actor: { reference: 'Location/1' }, status: 'accepted' },
  ],
  ...more,
});

const book = (filter = '') =>
  practice.facade.execute(`{ practice(bpSiteId: "${bpSiteId}") { ... on Practice {
    appointments(from: "2026-12-10"${filter}) {
      ... on AppointmentConnection {
        nodes { pmsId start status reason durationMinutes patient { fullName } user { lastName } location { name } }
      }
      ... on HaloError { code message }
    }
  } } }`);
const idsOf = ({ data }: Awaited<ReturnType<typeof book>>) =>
  data.practice.appointments.nodes?.map(({ pmsId }: { pmsId: string }) => pmsId);
const open = async (appointments: readonly Appointment[], options?: ShellOptions) => {
  practice = await openPractice([patient('1'), ...appointments], options);
};

describe('the day book', () => {
  it('G10: begins with the morning and ends with the evening of its own zone', async () => {
    await open([
      appointment('1', '2026-12-09T23:45:00+11:00'),
      appointment('2', '2026-12-10T00:00:00+11:00'),
      appointment('3', '2026-12-10T08:30:00+11:00'),
      appointment('4', '2026-12-10T12:30:00Z'),
      appointment('5', '2026-12-11T00:00:00+11:00'),
    ]);
    expect(idsOf(await book())).toEqual(['2', '3', '4']);
  });

  it('has its patients, users and locations, found by typed references', async () => {
    await open([appointment('1', '2026-12-10T09:00:00+11:00')]);
    const { data } = await book(', userId: "7", locationId: "1"');
    expect(data.practice.appointments.nodes).toEqual([
      {
        pmsId: '1',
        start: '2026-12-10T09:00:00+11:00',
        status: 'BOOKED',
        reason: null,
        durationMinutes: 15,
        patient: { fullName: 'Terry Testperson1' },
        user: { lastName: 'Example' },
        location: { name: 'Foreign Server Clinic' },
      },
    ]);
  });

  it('C5: shows what is pending, and nothing that is cancelled or was entered in error', async () => {
    const start = '2026-12-10T09:00:00+11:00';
    const statuses: Appointment['status'][] = ['pending', 'cancelled', 'entered-in-error', 'arrived'];
    await open(statuses.map((status, index) => appointment(String(index + 1), start, { status })));
    expect(idsOf(await book())).toEqual(['1', '4']);
  });

  it('is whole, however many pages it has', async () => {
    const day = Date.parse('2026-12-10T00:00:00+11:00');
    const all = Array.from({ length: 60 }, (_, index) =>
      appointment(String(index + 1), new Date(day + index * 900_000).toISOString()),
    );
    await open(all, { maxCount: 25 });
    expect(idsOf(await book())).toHaveLength(60);
  });
});

describe('what R4 allows', () => {
  const start = '2026-12-10T09:00:00+11:00';

  it('G15: a PractitionerRole among the participants, a coded reason, a break in the minutes', async () => {
    const role: PractitionerRole = {
      resourceType: 'PractitionerRole',
      id: 'r7',
      practitioner: { reference: 'Practitioner/7' },
    };
    const participant: Appointment['participant'] = [
      { actor: { reference: 'Patient/1' }, status: 'accepted' },
      { actor: { reference: 'PractitionerRole/r7' }, status: 'accepted' },
    ];
    const odd = appointment('1', start, {
      participant,
      reasonCode: [{ text: 'Check-up' }],
      minutesDuration: 10,
    });
    const capabilities = {
      fhirVersion: '4.0.1',
      resources: {
        Patient: ['_id'],
        Practitioner: ['_id'],
        PractitionerRole: ['_id', 'practitioner'],
        Location: ['_id'],
        Appointment: ['_id', 'date'],
      },
    };
    practice = await openPractice([patient('1'), role, odd], { capabilities });
    const { data } = await book();
    expect(data.practice.appointments.nodes).toMatchObject([
      { user: { lastName: 'Example' }, reason: 'Check-up', durationMinutes: 15 },
    ]);
  });

  it('G7: a cancelled appointment without a time, which is left out with a notice', async () => {
    const { start: _, end: __, ...timeless } = appointment('1', start, { status: 'cancelled' });
    await open([timeless, appointment('2', start, { status: 'cancelled' })]);
    const answer = await practice.facade.execute(`{ practice(bpSiteId: "${bpSiteId}") { ... on Practice {
      patient(pmsId: "1") { ... on Patient { appointments(status: [CANCELLED]) {
        ... on AppointmentConnection { nodes { pmsId } } ... on HaloError { code }
      } } }
    } } }`);
    expect(answer.data.practice.patient.appointments).toEqual({ nodes: [{ pmsId: '2' }] });
    expect(answer.notices).toMatchObject([{ code: 'ROW_UNREADABLE' }]);
  });

  it('G16: FHIR R5, which is not understood', async () => {
    await open([appointment('1', start)], { capabilities: { ...everything, fhirVersion: '5.0.0' } });
    const { data } = await book();
    expect(data.practice.appointments).toMatchObject({ code: 'OPERATION_NOT_SUPPORTED' });
  });
});

describe('a change', () => {
  const appointmentOf = () => practice.repository.readResource<Appointment>('Appointment', '1');

  it('of the reason or the state is written over the whole resource that was there', async () => {
    const extension = [{ url: 'urn:invented', valueString: 'kept' }];
    await open([appointment('1', '2026-12-10T09:00:00+11:00', { extension, comment: 'kept' })]);
    const input = { bpSiteId, appointmentId: '1' };
    const { data } = await practice.facade.execute(
      `mutation ($update: UpdateAppointmentInput!, $cancel: CancelAppointmentInput!) {
        updateAppointment(input: $update) { __typename ... on HaloError { message } }
        cancelAppointment(input: $cancel) { __typename ... on HaloError { message } }
      }`,
      { update: { ...input, reason: 'Another' }, cancel: input },
    );
    expect(data).toMatchObject({
      updateAppointment: { __typename: 'UpdateAppointmentPayload' },
      cancelAppointment: { __typename: 'CancelAppointmentPayload' },
    });
    expect(await appointmentOf()).toMatchObject({
      status: 'cancelled',
      description: 'Another',
      comment: 'kept',
      extension,
    });
  });
});
