import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { OpenPeriod } from '../../../src/datasources/domain/clinic.ts';
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { NotFound, PmsError, SlotTaken } from '../../../src/errors.ts';
import { daysOfWeek, timeOfDay } from '../../../src/time/local.ts';
import { membersOf } from '../source-members.ts';
import { fakeConnection } from './fake-connection.ts';
import { location } from './resources.ts';

const weekWith = (periods: Readonly<Record<string, readonly OpenPeriod[]>>) =>
  daysOfWeek().map((day) => ({ day, periods: periods[day] ?? [] }));
const morning = { opens: '08:00', closes: '12:00' };
const afternoon = { opens: '13:00', closes: '17:30' };

/** A practice that stores what is written to it. */
function practice(...places: FhirResource[]) {
  const held = new Map(places.map((place) => [place.id ?? '', place]));
  const connection = fakeConnection({
    answer: () => [...held.values()],
    stored: ({ id = '', body }) => {
      held.set(id, body);
      return body;
    },
  });
  const adapter = createBpPremier({
    ...connection,
    fhirRead: async (_type, id) => {
      const resource = held.get(id);
      return resource ? { resource, version: null } : null;
    },
  });
  return { ...membersOf(adapter), written: connection.written };
}

describe('clinic hours', () => {
  it('replace the existing ones and nothing else', async () => {
    const stored = location('1', '2000', {
      hoursOfOperation: [{ daysOfWeek: ['sun'], allDay: true }],
      availabilityExceptions: 'kept',
    });
    const { writes, written } = practice(stored, location('2', '2000'));
    const week = weekWith({
      MONDAY: [morning, afternoon],
      WEDNESDAY: [morning],
      FRIDAY: [morning, afternoon],
    });
    await writes.setClinicHours({ locationId: '1', week });
    const hoursOfOperation = [
      { daysOfWeek: ['mon', 'wed', 'fri'], openingTime: '08:00:00', closingTime: '12:00:00' },
      { daysOfWeek: ['mon', 'fri'], openingTime: '13:00:00', closingTime: '17:30:00' },
    ];
    expect(written).toEqual([{ resource: 'Location', id: '1', body: { ...stored, hoursOfOperation } }]);
  });

  it('are read as written, also in the same operation', async () => {
    const periods = fc
      .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
      .map((quarters) => quarters.toSorted((a, b) => a - b))
      .map((quarters) =>
        quarters.flatMap((opens, n) => {
          const closes = quarters[n + 1];
          if (n % 2 === 1 || closes === undefined) return [];
          return [{ opens: timeOfDay(opens * 900), closes: timeOfDay(closes * 900) }];
        }),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(periods, { minLength: 7, maxLength: 7 }), async (days) => {
        fc.pre(days.some((day) => day.length > 0));
        const { writes, data } = practice(location('1', '2000'));
        await data.locations();
        const week = daysOfWeek().map((day, n) => ({ day, periods: days[n] ?? [] }));
        await writes.setClinicHours({ locationId: '1', week });
        expect(await data.clinicHours()).toEqual([{ locationId: '1', source: 'RECORDED', week }]);
      }),
      { numRuns: 100 },
    );
  });

  it('until midnight end in the last second: FHIR has no 24:00', async () => {
    const { writes, written } = practice(location('1', '2000'));
    const week = weekWith({ SUNDAY: [{ opens: '00:00', closes: '24:00' }] });
    await writes.setClinicHours({ locationId: '1', week });
    expect(written[0]?.body.hoursOfOperation).toEqual([
      { daysOfWeek: ['sun'], openingTime: '00:00:00', closingTime: '23:59:59' },
    ]);
  });

  it('of an unknown location are NotFound', async () => {
    const { writes } = practice(location('1', '2000'));
    const week = weekWith({ MONDAY: [morning] });
    await expect(writes.setClinicHours({ locationId: '9', week })).rejects.toBeInstanceOf(NotFound);
  });

  it('that are refused with 409 are not SlotTaken', async () => {
    const { writes } = createBpPremier(
      fakeConnection({
        resources: [location('1', '2000')],
        stored: () => {
          throw new SlotTaken();
        },
      }),
    );
    const set = writes.setClinicHours({ locationId: '1', week: weekWith({ MONDAY: [morning] }) });
    await expect(set).rejects.toBeInstanceOf(PmsError);
  });
});
