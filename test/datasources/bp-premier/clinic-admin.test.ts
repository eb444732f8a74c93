import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import { OperationNotSupported, UpstreamFailed } from '../../../src/errors.ts';
import { fakeConnection } from './fake-connection.ts';
import { location, role } from './resources.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'];

function dataOf(...resources: Parameters<typeof fakeConnection>[0]['resources'] & object) {
  const connection = fakeConnection({ resources });
  return { connection, ...createBpPremier(connection).data };
}

describe('locations', () => {
  it('are by number, without those that are inactive, each in its own zone', async () => {
    const { locations, connection } = dataOf(
      location('10', '4225'),
      location('9', '2485'),
      location('3', '2000', { status: 'inactive' }),
    );
    expect(await locations()).toMatchObject([
      { pmsId: '9', timeZone: 'Australia/Sydney' },
      {
        pmsId: '10',
        name: 'Sandbox place 10',
        phone: '02 5550 0001',
        email: 'desk@example.com',
        timeZone: 'Australia/Brisbane',
      },
    ]);
    await locations();
    expect(connection.calls).toHaveLength(1);
  });

  it('are requested again after a failure', async () => {
    let failing = true;
    const connection = fakeConnection({
      answer: () => {
        if (failing) throw new UpstreamFailed(500);
        return [location('1', '2000')];
      },
    });
    const { locations } = createBpPremier(connection).data;
    await expect(locations()).rejects.toThrow(UpstreamFailed);
    failing = false;
    expect(await locations()).toHaveLength(1);
  });
});

describe('clinic hours', () => {
  it('are seven days from Monday, with periods in order and merged', async () => {
    const hoursOfOperation = [
      { daysOfWeek: weekdays, openingTime: '13:00:00', closingTime: '17:30:00' },
      { daysOfWeek: weekdays, openingTime: '08:30:00', closingTime: '12:00:00' },
      { daysOfWeek: ['mon'], openingTime: '12:00:00', closingTime: '13:00:00' },
      { daysOfWeek: ['sat', 'someday'], allDay: true },
      { daysOfWeek: ['sun'], openingTime: '18:00:00', closingTime: '08:00:00' },
    ];
    const { clinicHours } = dataOf(location('1', '2000', { hoursOfOperation }), location('2', '2000'));
    const halves = [
      { opens: '08:30', closes: '12:00' },
      { opens: '13:00', closes: '17:30' },
    ];
    expect(await clinicHours()).toEqual([
      {
        locationId: '1',
        source: 'RECORDED',
        week: [
          { day: 'MONDAY', periods: [{ opens: '08:30', closes: '17:30' }] },
          { day: 'TUESDAY', periods: halves },
          { day: 'WEDNESDAY', periods: halves },
          { day: 'THURSDAY', periods: halves },
          { day: 'FRIDAY', periods: halves },
          { day: 'SATURDAY', periods: [{ opens: '00:00', closes: '24:00' }] },
          { day: 'SUNDAY', periods: [] },
        ],
      },
    ]);
  });

  it('are not known if no location has them', async () => {
    const { clinicHours } = dataOf(location('1', '2000'), location('2', '2000', { hoursOfOperation: [] }));
    await expect(clinicHours()).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      operation: 'READ_CLINIC_HOURS',
      pms: 'BEST_PRACTICE',
    });
  });
});

describe('data that FHIR does not have', () => {
  it('is reported as not supported', async () => {
    const { appointmentTypes, daysClosed, connection } = dataOf(location('1', '2000'));
    await expect(appointmentTypes()).rejects.toThrow(OperationNotSupported);
    await expect(daysClosed({ from: '2026-11-23', to: '2026-11-24' })).rejects.toThrow(OperationNotSupported);
    expect(connection.calls).toEqual([]);
  });
});

const at = (availableStartTime: string, availableEndTime: string, daysOfWeek: string[]) => ({
  daysOfWeek,
  availableStartTime,
  availableEndTime,
});
const away = (start: string | undefined, end: string | undefined, description = 'Leave') => ({
  description,
  during: { start, end },
});

describe('sessions', () => {
  it('are the times at which a role is available, by user and day', async () => {
    const { sessions, connection } = dataOf(
      role('8', '1', 'GP', { availableTime: [at('09:00:00', '12:00:00', ['tue'])] }),
      role('7', '2', 'GP', { availableTime: [at('13:00:00', '17:00:00', ['mon', 'wed'])] }),
      role('7', '1', 'GP', { availableTime: [at('08:00:00', '12:00:00', ['mon']), at('x', 'y', ['mon'])] }),
      role('7', '3', 'GP', { active: false, availableTime: [at('01:00:00', '02:00:00', ['mon'])] }),
      role('9', '1', 'Receptionist'),
    );
    const found = await sessions({ userIds: ['7', '9'] });
    expect(found.map((each) => [each.userId, each.locationId, each.day, each.opens, each.closes])).toEqual([
      ['7', '1', 'MONDAY', '08:00', '12:00'],
      ['7', '2', 'MONDAY', '13:00', '17:00'],
      ['7', '2', 'WEDNESDAY', '13:00', '17:00'],
    ]);
    expect(found[0]).toMatchObject({ slotMinutes: null, validFrom: null, validTo: null });
    expect(await sessions({ userIds: ['9'] })).toEqual([]);
    expect(connection.calls).toHaveLength(2);
  });

  it('are not known if no role has times, which is different from an empty week', async () => {
    const { sessions, daysAway } = dataOf(role('7', '1', 'GP', { notAvailable: [] }));
    await expect(sessions({ userIds: ['7'] })).rejects.toThrow(OperationNotSupported);
    await expect(daysAway({ userIds: ['7'], from: '2026-11-23', to: '2026-11-24' })).rejects.toThrow(
      OperationNotSupported,
    );
  });
});

describe('days away', () => {
  const notAvailable = [
    away('2026-11-20', '2026-11-23'),
    away('2026-11-27', undefined, 'Long leave'),
    away(undefined, '2026-11-24', 'Since ever'),
    away('2026-11-24T13:30:00Z', '2026-11-25T12:00:00Z', 'As moments'),
    away('2026-11-01', '2026-11-22', 'Before'),
    away('2026-12-01', '2026-12-02', 'After'),
    away(undefined, undefined),
    away('soon', 'later'),
  ];

  it('are those that overlap the range, each once even if several roles have it', async () => {
    const { daysAway } = dataOf(
      location('1', '2000'),
      role('7', '1', 'GP', { notAvailable, availableTime: [at('08:00:00', '12:00:00', ['mon'])] }),
      role('7', '2', 'GP', { notAvailable }),
      role('8', '1', 'GP', { notAvailable }),
    );
    expect(await daysAway({ userIds: ['7'], from: '2026-11-23', to: '2026-11-30' })).toEqual([
      { userId: '7', pmsId: '7:2026-11-20', from: '2026-11-20', to: '2026-11-23', reason: 'Leave' },
      { userId: '7', pmsId: '7:2026-11-23', from: '2026-11-23', to: '2026-11-24', reason: 'Since ever' },
      { userId: '7', pmsId: '7:2026-11-25', from: '2026-11-25', to: '2026-11-25', reason: 'As moments' },
      { userId: '7', pmsId: '7:2026-11-27', from: '2026-11-27', to: '2026-11-30', reason: 'Long leave' },
    ]);
  });
});
