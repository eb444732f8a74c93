import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { SlotQuery } from '../../../src/datasources/domain/slot.ts';
import { UpstreamFailed } from '../../../src/errors.ts';
import { fakeConnection, sent } from './fake-connection.ts';
import { freeSlot, location, schedule } from './resources.ts';

const locations = [location('1', '2485'), location('2', '4225')];
const free = [
  freeSlot('7-1', '2026-11-23T09:30:00+11:00', '2026-11-23T09:45:00+11:00'),
  freeSlot('7-1', '2026-11-23T09:00:00+11:00', '2026-11-23T09:15:00+11:00'),
  freeSlot('7-1', '2026-11-23T09:15:00+11:00', '2026-11-23T09:30:00+11:00'),
  freeSlot('7-1', '2026-11-23T10:00:00+11:00', '2026-11-23T10:15:00+11:00'),
  freeSlot('8-2', '2026-11-23T09:00:00+10:00', '2026-11-23T09:15:00+10:00'),
  schedule('7', '1'),
  schedule('8', '2'),
];

function practiceWith({ slots = free, now = '2026-11-22T00:00:00Z' }) {
  return fakeConnection({
    now,
    answer: ({ resource, operation }) => (operation ? slots : resource === 'Location' ? locations : []),
  });
}

async function find(query: Partial<SlotQuery>, connection = practiceWith({})) {
  const found = await createBpPremier(connection).data.availableSlots({
    from: '2026-11-23',
    to: '2026-11-23',
    ...query,
  });
  return found.slots.map((slot) => `${slot.userId} ${slot.start.slice(11, 16)} ${slot.durationMinutes}`);
}

describe('free slots', () => {
  it('name user and location, in the zone of the location', async () => {
    const connection = practiceWith({});
    const found = await createBpPremier(connection).data.availableSlots({
      from: '2026-11-23',
      to: '2026-11-23',
      userIds: ['8'],
      locationId: '2',
    });
    expect(found).toEqual({
      slots: [
        {
          start: '2026-11-23T09:00:00+10:00',
          end: '2026-11-23T09:15:00+10:00',
          durationMinutes: 15,
          userId: '8',
          locationId: '2',
          onTheDay: false,
        },
      ],
      emptyBecause: null,
      onTheDayOnly: [],
      complete: true,
    });
    expect(sent(connection, 'Slot')).toEqual([
      { start: '2026-11-23', end: '2026-11-23', practitioner: 'Practitioner/8', location: 'Location/2' },
    ]);
    expect(connection.calls).toHaveLength(2);
  });

  it('are in order of time, and of all users when none is given', async () => {
    expect(await find({})).toEqual(['7 09:00 15', '7 09:15 15', '7 09:30 15', '7 10:00 15', '8 09:00 15']);
  });

  it('are only the requested ones, though the server sends more', async () => {
    expect(await find({ userIds: ['8'] })).toEqual(['8 09:00 15']);
    expect(await find({ locationId: '1' })).toHaveLength(4);
    expect(await find({ from: '2026-11-24', to: '2026-11-24' })).toEqual([]);
    expect(await find({ userIds: [] })).toEqual([]);
  });

  it('are not in the past', async () => {
    const connection = practiceWith({ now: '2026-11-22T22:20:00Z' });
    expect(await find({}, connection)).toEqual(['7 09:30 15', '7 10:00 15', '8 09:00 15']);
  });

  it.each([
    [10, ['7 09:00 10', '7 09:15 10', '7 09:30 10', '7 10:00 10', '8 09:00 10']],
    [30, ['7 09:00 30', '7 09:15 30']],
    [45, ['7 09:00 45']],
    [60, []],
  ])('of %i minutes may span consecutive slots of one schedule', async (durationMinutes, slots) => {
    expect(await find({ durationMinutes })).toEqual(slots);
  });

  it('that are busy do not count', async () => {
    const [first, ...others] = free;
    expect(
      await find(
        { userIds: ['7'] },
        practiceWith({ slots: [{ ...first, status: 'busy' } as typeof first & object, ...others] }),
      ),
    ).toEqual(['7 09:00 15', '7 09:15 15', '7 10:00 15']);
  });

  it('without a schedule belong to no user, and are left out for a user', async () => {
    const slots = free.filter(({ resourceType }) => resourceType === 'Slot');
    expect(await find({}, practiceWith({ slots }))).toContain('null 09:00 15');
    await expect(find({ userIds: ['7'] }, practiceWith({ slots }))).rejects.toThrow(UpstreamFailed);
  });

  it.each(['start', 'end'])('without a valid %s are a malformed response', async (field) => {
    const slots = free.map((resource) => ({ ...resource, [field]: 'soon' }));
    await expect(find({}, practiceWith({ slots }))).rejects.toThrow(UpstreamFailed);
  });
});
