import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { UserQuery } from '../../../src/datasources/domain/user-query.ts';
import { OperationNotSupported } from '../../../src/errors.ts';
import { fakeConnection, sent } from './fake-connection.ts';
import { appointment, location, patient, practitioner, role } from './resources.ts';

const practice = [
  location('1', '2000'),
  location('2', '2000'),
  practitioner('9', 'Sample', 'Zed', { active: false }),
  practitioner('7', 'Sample', 'Sam'),
  practitioner('8', 'Blank', 'Bo', { active: undefined }),
  role('8', '1', 'Receptionist', { identifier: [] }),
  role('7', '2', 'Principal Doctor'),
  role('7', '1', 'Principal Doctor'),
  role('7', '1', 'Principal Doctor'),
  role('6', '1', 'Principal Doctor'),
  role('9', '1', 'Practice Nurse', { active: false }),
];

async function find(query: Partial<UserQuery>) {
  const connection = fakeConnection({ resources: practice });
  const { users } = await createBpPremier(connection).data.users({ fields: {}, ...query });
  return { users, ids: users.map(({ pmsId }) => pmsId), connection };
}

describe('users', () => {
  it('are Practitioners with what their roles say', async () => {
    const { users, connection } = await find({ ids: ['7'], fields: { pmsRole: {}, location: {} } });
    expect(users).toEqual([
      {
        pmsId: '7',
        title: 'Dr',
        firstName: 'Sam',
        lastName: 'Sample',
        role: 'DOCTOR',
        pmsRole: 'Principal Doctor',
        active: true,
        takesAppointments: null,
        email: 'dr@example.com',
        phone: '02 5550 0100',
        locationId: '2',
        providerNumbers: [
          { userId: '7', locationId: '2', number: '9999972A' },
          { userId: '7', locationId: '1', number: '9999971A' },
        ],
      },
    ]);
    expect(sent(connection, 'Practitioner')).toEqual([{ _id: '7', _count: '1' }]);
    expect(sent(connection, 'PractitionerRole')).toEqual([{ practitioner: 'Practitioner/7', _count: '500' }]);
  });

  it('are ordered by name, one search when no field reads a role', async () => {
    const { ids, users, connection } = await find({ fields: { displayName: {} } });
    expect(ids).toEqual(['8', '7', '9']);
    expect(users.every((user) => user.providerNumbers === undefined)).toBe(true);
    expect(connection.calls).toHaveLength(1);
  });

  it('are filtered by role, and by whether they are active: assumed, where FHIR does not say', async () => {
    expect((await find({ role: 'DOCTOR' })).ids).toEqual(['7']);
    expect((await find({ role: 'NURSE' })).ids).toEqual(['9']);
    expect((await find({ active: true })).ids).toEqual(['8', '7']);
    expect((await find({ active: false })).ids).toEqual(['9']);
  });

  it('cannot be filtered by whether they take appointments', async () => {
    await expect(find({ takesAppointments: true })).rejects.toThrow(OperationNotSupported);
  });

  it('come with their appointments in one more search', async () => {
    const connection = fakeConnection({
      resources: [
        ...practice,
        patient('41', 'Testwattle', 'Example'),
        appointment('1', '2026-11-23T09:00:00+11:00', { user: '8' }),
        appointment('2', '2026-11-23T09:00:00+11:00', { user: '7' }),
        appointment('3', '2026-11-23T09:15:00+11:00', { user: '7' }),
        appointment('4', '2026-11-23T09:30:00+11:00', { user: '9' }),
      ],
    });
    const found = await createBpPremier(connection).data.users({
      active: true,
      fields: { displayName: {} },
      appointments: {
        from: '2026-11-23',
        to: '2026-11-23',
        limit: 1,
        limitPer: 'user',
        fields: { patient: { fullName: {} }, user: { displayName: {} } },
      },
    });
    expect(
      found.appointments?.map((each) => [each.pmsId, each.user?.firstName, each.patient?.lastName]),
    ).toEqual([
      ['1', 'Bo', 'Testwattle'],
      ['2', 'Sam', 'Testwattle'],
    ]);
    expect(sent(connection, 'Appointment')).toMatchObject([
      { practitioner: 'Practitioner/8,Practitioner/7', date: expect.any(String) },
    ]);
    expect(connection.calls.map(({ resource }) => resource).toSorted()).toEqual([
      'Appointment',
      'Location',
      'Patient',
      'Practitioner',
    ]);
  });
});

describe('provider numbers', () => {
  it('are requested by user, once for each location', async () => {
    const connection = fakeConnection({ resources: practice });
    expect(await createBpPremier(connection).data.providerNumbers({ userIds: ['7', '8'] })).toEqual([
      { userId: '7', locationId: '2', number: '9999972A' },
      { userId: '7', locationId: '1', number: '9999971A' },
    ]);
    expect(sent(connection, 'PractitionerRole')).toEqual([
      { practitioner: 'Practitioner/7,Practitioner/8', _count: '500' },
    ]);
  });
});
