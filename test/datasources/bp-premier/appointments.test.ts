import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { AppointmentQuery } from '../../../src/datasources/domain/appointment.ts';
import type {
  FhirCapability,
  FhirResource,
} from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { UpstreamFailed } from '../../../src/errors.ts';
import { capabilityWith, fakeConnection, sent } from './fake-connection.ts';
import { appointment, location, patient, practitioner, role } from './resources.ts';

const dayBook: AppointmentQuery = {
  from: '2026-11-23',
  to: '2026-11-23',
  fields: {
    start: {},
    patient: { fullName: {} },
    user: { displayName: {} },
    type: { name: {} },
    location: { name: {} },
  },
};

const day = [
  location('2', '4225'),
  location('1', '2485'),
  practitioner('8', 'Blank', 'Bo'),
  practitioner('7', 'Sample', 'Sam'),
  patient('42', 'Testwattle', 'Other'),
  patient('41', 'Testwattle', 'Example'),
  appointment('11', '2026-11-23T10:00:00+11:00', { patient: '42', user: '8', location: '2' }),
  appointment('10', '2026-11-22T22:15:00Z'),
];

async function idsFor(query: Partial<AppointmentQuery>, resources = day) {
  const { data } = createBpPremier(fakeConnection({ resources }));
  return (await data.appointments({ fields: {}, ...query })).map(({ pmsId }) => pmsId);
}

describe('the day book', () => {
  it('costs four searches, however long it is, and joins by id', async () => {
    const connection = fakeConnection({ resources: day });
    const book = await createBpPremier(connection).data.appointments(dayBook);
    expect(
      book.map((each) => [each.start, each.patient?.firstName, each.user?.lastName, each.location?.name]),
    ).toEqual([
      ['2026-11-23T09:00:00+10:00', 'Other', 'Blank', 'Sandbox place 2'],
      ['2026-11-23T09:15:00+11:00', 'Example', 'Sample', 'Sandbox place 1'],
    ]);
    expect(connection.calls.map(({ resource }) => resource).toSorted()).toEqual([
      'Appointment',
      'Location',
      'Patient',
      'Practitioner',
    ]);
    expect(sent(connection, 'Appointment')).toEqual([
      {
        date: 'ge2026-11-23T00:00:00+11:00 & le2026-11-23T23:59:59+10:00',
        status: 'booked,arrived,checked-in,fulfilled,noshow,pending',
        _count: '500',
      },
    ]);
    expect(sent(connection, 'Patient')).toEqual([{ _id: '42,41', _count: '2' }]);
    expect(sent(connection, 'Practitioner')).toEqual([{ _id: '8,7', _count: '2' }]);
  });

  it('costs two without patient and user, and attaches neither', async () => {
    const connection = fakeConnection({ resources: day });
    const [first] = await createBpPremier(connection).data.appointments({
      ...dayBook,
      fields: { start: {} },
    });
    expect(connection.calls).toHaveLength(2);
    expect(first && ['patient' in first, 'user' in first, 'location' in first]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('requests roles only when a field needs them', async () => {
    const connection = fakeConnection({
      resources: [...day, role('7', '1', 'Practice Nurse'), role('8', '2', 'Principal Doctor')],
    });
    const book = await createBpPremier(connection).data.appointments({
      ...dayBook,
      fields: { user: { role: {} } },
    });
    expect(book.map((each) => each.user?.role)).toEqual(['DOCTOR', 'NURSE']);
    expect(sent(connection, 'PractitionerRole')).toEqual([
      { practitioner: 'Practitioner/8,Practitioner/7', _count: '500' },
    ]);
    expect(connection.calls).toHaveLength(4);
  });

  it('sends no further request when it is empty', async () => {
    const connection = fakeConnection({ resources: [location('1', '2000')] });
    expect(await createBpPremier(connection).data.appointments(dayBook)).toEqual([]);
    expect(connection.calls).toHaveLength(2);
  });

  it('is null where the server returns no resource for a reference', async () => {
    const { data } = createBpPremier(
      fakeConnection({ resources: [location('1', '2000'), appointment('1', '2026-11-23T09:00:00+11:00')] }),
    );
    const [first] = await data.appointments(dayBook);
    expect([first?.patientId, first?.patient, first?.user]).toEqual(['41', null, null]);
  });

  it('splits long lists of ids', async () => {
    const resources = Array.from({ length: 501 }, (_, n) =>
      appointment(String(n + 1), '2026-11-23T09:00:00+11:00', { patient: String(n + 1000) }),
    );
    const connection = fakeConnection({ resources: [location('1', '2000'), ...resources] });
    await createBpPremier(connection).data.appointments({ ...dayBook, fields: { patient: {} } });
    expect(sent(connection, 'Patient').map(({ _id }) => _id?.split(',').length)).toEqual([500, 1]);
  });
});

describe('an appointment of another FHIR server', () => {
  const at = '2026-11-23T09:00:00+11:00';
  const dataOf = (...resources: FhirResource[]) => {
    const connection = fakeConnection({
      resources: [location('1', '2000'), role('7', '1', 'Doctor'), ...resources],
    });
    return { connection, data: createBpPremier(connection).data };
  };
  const actor = (reference: string, also: object = {}) => ({ actor: { reference }, ...also });
  const participants = (...all: object[]) => [actor('Patient/41'), actor('Location/1'), ...all];

  it('G15: names its user by a PractitionerRole', async () => {
    const participant = participants(actor('PractitionerRole/7-1'));
    const { connection, data } = dataOf(appointment('1', at, {}, { participant }), appointment('2', at));
    expect(await data.appointments({ fields: {} })).toMatchObject([{ userId: '7' }, { userId: '7' }]);
    expect(sent(connection, 'PractitionerRole')).toMatchObject([{ _id: '7-1' }]);
  });

  describe('G15: of a user, where appointments name PractitionerRoles', () => {
    const listing = (parameters: readonly string[], roleParameters = ['_id', 'practitioner']) =>
      capabilityWith({
        Appointment: ['_id', 'date', 'practitioner', 'patient', ...parameters],
        PractitionerRole: roleParameters,
        Location: ['_id'],
      });
    const ofRole = appointment('1', at, {}, { participant: participants(actor('PractitionerRole/7-1')) });
    const ofUser = appointment('2', at, {}, { participant: participants(actor('Practitioner/7')) });
    /** A server that searches as R4 defines the parameters. */
    const server = (capability: FhirCapability, ...appointments: FhirResource[]) =>
      fakeConnection({
        capability,
        answer({ resource, parameters }) {
          const all = [location('1', '2000'), role('7', '1', 'Doctor'), role('8', '1', 'Doctor')];
          if (resource !== 'Appointment') return all.filter(({ resourceType }) => resourceType === resource);
          const named = parameters.find(([name]) => name === 'practitioner' || name === 'actor');
          if (!named) return appointments;
          const values = named[1]
            .split(',')
            .filter((value) => named[0] === 'actor' || !value.includes('Role'));
          return appointments.filter(({ participant }) =>
            values.some((value) => JSON.stringify(participant).includes(`"${value}"`)),
          );
        },
      });
    const idsOf = async (connection: ReturnType<typeof server>, userIds = ['7']) =>
      (await createBpPremier(connection).data.appointments({ userIds, fields: {} })).map(
        ({ pmsId, userId }) => [pmsId, userId],
      );
    const countOf = ({ calls }: ReturnType<typeof server>) => calls.length;

    it('finds them by `actor`, with one call more for the roles', async () => {
      const connection = server(listing(['actor']), ofRole, ofUser);
      expect(await idsOf(connection)).toEqual([
        ['1', '7'],
        ['2', '7'],
      ]);
      expect(sent(connection, 'Appointment')).toMatchObject([
        { actor: 'Practitioner/7,PractitionerRole/7-1' },
      ]);
      expect(sent(connection, 'PractitionerRole')).toMatchObject([{ practitioner: 'Practitioner/7' }]);
      expect(countOf(connection)).toBe(3);
      expect(await idsOf(connection, ['8'])).toEqual([]);
    });

    it('searches by `practitioner`, without the roles, once a site has named a Practitioner', async () => {
      const connection = server(listing(['actor']), ofUser);
      await createBpPremier(connection).data.appointments({ fields: {} });
      expect(await idsOf(connection)).toEqual([['2', '7']]);
      expect(sent(connection, 'Appointment').at(-1)).toMatchObject({ practitioner: 'Practitioner/7' });
      expect(sent(connection, 'PractitionerRole')).toEqual([]);
    });

    it.each([
      ['`actor`', listing([])],
      ['roles by practitioner', listing(['actor'], ['_id'])],
    ])('sends what it did where the site does not list %s', async (_what, capability) => {
      const connection = server(capability, ofUser);
      expect(await idsOf(connection)).toEqual([['2', '7']]);
      expect(sent(connection, 'Appointment')).toMatchObject([{ practitioner: 'Practitioner/7' }]);
      expect(countOf(connection)).toBe(2);
    });

    it('goes on with `actor` when a site names both', async () => {
      const connection = server(listing(['actor']), ofUser, ofRole);
      await createBpPremier(connection).data.appointments({ fields: {} });
      expect((await idsOf(connection)).map(([id]) => id)).toEqual(['1', '2']);
    });
  });

  it('G15: belongs to its primary performer, in any order of participants', async () => {
    const primary = { type: [{ coding: [{ code: 'PPRF' }] }] };
    const participant = participants(actor('Practitioner/8'), actor('Practitioner/9', primary));
    const { data } = dataOf(appointment('1', at, {}, { participant }));
    expect(await data.appointments({ fields: {} })).toMatchObject([{ userId: '9' }]);
  });

  it.each([
    [{ reasonCode: [{ text: 'Sample' }] }, 'Sample'],
    [{ reasonCode: [{ coding: [{ code: '1', display: 'Coded' }] }] }, 'Coded'],
    [{ reasonCode: [{ text: 'Sample' }], description: 'Described' }, 'Described'],
    [{ reasonCode: [{ coding: [{ code: '1' }] }] }, null],
  ])('G15: has its reason from %j', async (fields, reason) => {
    const { data } = dataOf(appointment('1', at, {}, fields));
    expect(await data.appointments({ fields: {} })).toMatchObject([{ reason }]);
  });

  it.each([undefined, null])('G7: is left out with a notice where its time is %j', async (start) => {
    const cancelled = appointment('1', at, {}, { status: 'cancelled', start });
    const { connection, data } = dataOf(cancelled);
    expect(await data.appointments({ patientIds: ['41'], statuses: ['CANCELLED'], fields: {} })).toEqual([]);
    expect(connection.unreadableRows).toMatchObject([{ table: 'Appointment', id: '1' }]);
  });

  it('G7: is left out with a notice where it cannot be read, and the others are not', async () => {
    const booked = [1, 2, 3].map((id) => appointment(String(id), at, {}, id === 2 ? { start: 'soon' } : {}));
    const { connection, data } = dataOf(...booked);
    expect(await data.appointments({ fields: {} })).toMatchObject([{ pmsId: '1' }, { pmsId: '3' }]);
    expect(connection.unreadableRows).toMatchObject([{ table: 'Appointment', id: '2' }]);
  });

  it('G13: is searched for by typed references', async () => {
    const { connection, data } = dataOf(appointment('1', at));
    await data.appointments({ userIds: ['7', '8'], patientIds: ['41'], locationId: '1', fields: {} });
    expect(sent(connection, 'Appointment')).toMatchObject([
      { practitioner: 'Practitioner/7,Practitioner/8', patient: 'Patient/41', location: 'Location/1' },
    ]);
  });

  it('G10: is searched for by moments with the offset of the location', async () => {
    const datesSent = async (query: Partial<AppointmentQuery>, ...places: FhirResource[]) => {
      const connection = fakeConnection({ resources: places });
      await createBpPremier(connection).data.appointments({ fields: {}, ...query });
      return sent(connection, 'Appointment')[0]?.date;
    };
    const oneDay = { from: '2026-12-10', to: '2026-12-10' };
    expect(await datesSent(oneDay, location('1', '2000'))).toBe(
      'ge2026-12-10T00:00:00+11:00 & le2026-12-10T23:59:59+11:00',
    );
    expect(await datesSent({ from: '2026-07-01' }, location('1', '2000'))).toBe(
      'ge2026-07-01T00:00:00+10:00',
    );
    const border = [location('1', '2485'), location('2', '4225')];
    expect(await datesSent(oneDay, ...border)).toBe(
      'ge2026-12-10T00:00:00+11:00 & le2026-12-10T23:59:59+10:00',
    );
    expect(await datesSent({ ...oneDay, locationId: '2' }, ...border)).toBe(
      'ge2026-12-10T00:00:00+10:00 & le2026-12-10T23:59:59+10:00',
    );
  });
});

describe('the fields of an appointment', () => {
  it('is read field by field', async () => {
    const whole = appointment(
      '10',
      '2026-11-23T09:15:00+10:30',
      {},
      {
        status: 'checked-in',
        end: '2026-11-23T09:45:00+10:30',
        minutesDuration: 30,
        appointmentType: { coding: [{ code: '3', display: 'Long consult' }], text: 'Long' },
        description: ' Invented reason ',
        comment: 'Invented comment',
        created: '2026-11-01T00:00:00Z',
        meta: { lastUpdated: '2026-11-02T01:02:03.456Z' },
      },
    );
    const { data } = createBpPremier(fakeConnection({ resources: [location('1', '5000'), whole] }));
    expect(await data.appointments({ ids: ['10'], fields: {} })).toEqual([
      {
        pmsId: '10',
        start: '2026-11-23T09:15:00+10:30',
        end: '2026-11-23T09:45:00+10:30',
        durationMinutes: 30,
        status: 'IN_CONSULTATION',
        pmsStatus: null,
        type: { pmsId: '3', name: 'Long consult', defaultDurationMinutes: null },
        reason: 'Invented reason',
        comment: 'Invented comment',
        urgent: null,
        telehealthUrl: null,
        arrivedAt: null,
        consultationStartedAt: null,
        bookedAt: '2026-11-01T10:30:00+10:30',
        updatedAt: '2026-11-02T11:32:03+10:30',
        patientId: '41',
        userId: '7',
        locationId: '1',
      },
    ]);
  });

  it.each([
    [{ minutesDuration: undefined, end: '2026-11-23T09:40:00+11:00' }, 40, '2026-11-23T09:40:00+11:00'],
    [{ minutesDuration: 20, end: '2026-11-23T09:40:00+11:00' }, 40, '2026-11-23T09:40:00+11:00'],
    [{ minutesDuration: 20, end: undefined }, 20, '2026-11-23T09:20:00+11:00'],
    [{ minutesDuration: 1e15, end: '2026-11-23T09:40:00+11:00' }, 40, '2026-11-23T09:40:00+11:00'],
    [{ minutesDuration: '20', end: '2026-11-23T09:40:00+11:00' }, 40, '2026-11-23T09:40:00+11:00'],
  ])('G15: has a length and an end from %j', async (fields, minutes, end) => {
    const one = appointment('1', '2026-11-23T09:00:00+11:00', {}, fields);
    const { data } = createBpPremier(fakeConnection({ resources: [location('1', '2000'), one] }));
    const [read] = await data.appointments({ fields: {} });
    expect([read?.durationMinutes, read?.end]).toEqual([minutes, end]);
  });

  it.each([
    ['no start', { start: undefined }, 'Appointment without a usable start'],
    ['a date for a start', { start: '2026-11-23' }, 'Appointment without a usable start'],
    ['a day that does not exist', { start: '2026-02-30T09:00:00Z' }, 'Appointment without a usable start'],
    ['no end', { minutesDuration: null }, 'Appointment without a usable end'],
    ['no id', { id: undefined }, 'Appointment without a usable id'],
  ])('is a malformed response with %s', async (_, fields, detail) => {
    const one = appointment('1', '2026-11-23T09:00:00+11:00', {}, fields);
    const { data } = createBpPremier(fakeConnection({ resources: [one] }));
    const failure = await data.appointments({ fields: {} }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UpstreamFailed);
    expect((failure as UpstreamFailed).detail).toContain(detail);
  });

  it('is wall time at its location when it carries no offset', async () => {
    const one = appointment('1', '2026-11-23T09:00:00', { location: '2' });
    const { data } = createBpPremier(fakeConnection({ resources: [...day.slice(0, 2), one] }));
    expect((await data.appointments({ fields: {} }))[0]?.start).toBe('2026-11-23T09:00:00+10:00');
  });

  it('uses the zone of the main location if it has no location', async () => {
    const one = appointment('1', '2026-11-22T22:00:00Z', {}, { participant: [] });
    const { data } = createBpPremier(
      fakeConnection({ resources: [location('10', '2000'), location('9', '5000'), one] }),
    );
    const [read] = await data.appointments({ fields: { location: {} } });
    expect([read?.start, read?.locationId, read?.location]).toEqual([
      '2026-11-23T08:30:00+10:30',
      null,
      null,
    ]);
  });
});

describe('which appointments', () => {
  const word = (id: string, status: unknown) => appointment(id, '2026-11-23T09:00:00+11:00', {}, { status });
  const words = [
    'booked',
    'arrived',
    'checked-in',
    'fulfilled',
    'noshow',
    'cancelled',
    'pending',
    'proposed',
    'waitlist',
    'entered-in-error',
    'something-new',
    undefined,
  ].map((status, n) => word(String(n + 1), status));
  const everywhere = [location('1', '2000'), ...words];

  it('C5: leave out cancelled and proposed ones, unless requested', async () => {
    expect(await idsFor({}, everywhere)).toEqual(['1', '2', '3', '4', '5', '7', '11', '12']);
  });

  it.each([
    ['BOOKED', ['1']],
    ['ARRIVED', ['2']],
    ['IN_CONSULTATION', ['3']],
    ['FULFILLED', ['4']],
    ['NO_SHOW', ['5']],
    ['CANCELLED', ['6']],
    ['UNKNOWN', ['7', '8', '9', '11', '12']],
  ] as const)('are by status %s', async (status, ids) => {
    expect(await idsFor({ statuses: [status] }, everywhere)).toEqual(ids);
  });

  it('sends the statuses that the server knows, none for UNKNOWN, and none if it cannot search by status', async () => {
    const statusSent = async (statuses: AppointmentQuery['statuses'], capability?: FhirCapability) => {
      const connection = fakeConnection({ ...(capability && { capability }) });
      await createBpPremier(connection).data.appointments({ fields: {}, ...(statuses && { statuses }) });
      return sent(connection, 'Appointment')[0]?.status;
    };
    expect(await statusSent(['IN_CONSULTATION', 'CANCELLED'])).toBe('checked-in,cancelled');
    expect(await statusSent(['BOOKED', 'UNKNOWN'])).toBeUndefined();
    expect(await statusSent(undefined, capabilityWith({ Appointment: ['date'] }))).toBeUndefined();
  });

  it('are none, without a call, for an empty list or ids that cannot exist', async () => {
    const connection = fakeConnection({ resources: day });
    const { data } = createBpPremier(connection);
    for (const query of [
      { ids: [] },
      { userIds: [] },
      { statuses: [] },
      { patientIds: ['4,1'] },
      { locationId: ' ' },
    ]) {
      expect(await data.appointments({ fields: {}, ...query })).toEqual([]);
    }
    expect(connection.calls).toEqual([]);
  });

  it('are only the requested ones, though the server sends all', async () => {
    expect(await idsFor({ patientIds: ['42'] })).toEqual(['11']);
    expect(await idsFor({ userIds: ['7'] })).toEqual(['10']);
    expect(await idsFor({ locationId: '2' })).toEqual(['11']);
    expect(await idsFor({ ids: ['10', '99'] })).toEqual(['10']);
    expect(await idsFor({ to: '2026-11-22' })).toEqual([]);
    expect(await idsFor({ from: '2026-11-24' })).toEqual([]);
  });

  it('are in wall order, then by number, and once each', async () => {
    const book = [
      location('1', '2485'),
      location('2', '4225'),
      appointment('9', '2026-11-23T09:00:00+11:00'),
      appointment('10', '2026-11-23T09:00:00+11:00'),
      appointment('10', '2026-11-23T09:00:00+11:00'),
      // An hour later as time goes, half an hour earlier on its wall.
      appointment('11', '2026-11-23T08:30:00+10:00', { location: '2' }),
      appointment('1', '2026-11-24T08:00:00+11:00'),
    ];
    expect(await idsFor({}, book)).toEqual(['11', '9', '10', '1']);
    expect(await idsFor({ after: { date: '2026-11-23', seconds: 32_400, pmsId: '9' } }, book)).toEqual([
      '10',
      '1',
    ]);
    expect(
      await idsFor({ after: { date: '2026-11-23', seconds: 32_400, pmsId: '9' }, limit: 1 }, book),
    ).toEqual(['10']);
  });

  it('are limited for each user or patient', async () => {
    const at = (id: string, minute: number, user: string, who: string) =>
      appointment(id, `2026-11-23T09:0${minute}:00+11:00`, { user, patient: who });
    const book = [at('1', 1, '7', '41'), at('2', 2, '7', '42'), at('3', 3, '8', '42'), at('4', 4, '7', '41')];
    expect(await idsFor({ limit: 1, limitPer: 'user' }, book)).toEqual(['1', '3']);
    expect(await idsFor({ limit: 1, limitPer: 'patient' }, book)).toEqual(['1', '2']);
    expect(await idsFor({ limit: 2, limitPer: 'user' }, book)).toEqual(['1', '2', '3']);
  });
});
