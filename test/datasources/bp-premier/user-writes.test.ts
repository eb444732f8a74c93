import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import { NotFound, PmsError, SlotTaken } from '../../../src/errors.ts';
import { membersOf } from '../source-members.ts';
import { capabilityWith, fakeConnection, sent } from './fake-connection.ts';
import { location, practitioner, role } from './resources.ts';

function practice(resources: readonly FhirResource[], also: Parameters<typeof fakeConnection>[0] = {}) {
  const connection = fakeConnection({ resources, ...also });
  return { ...membersOf(createBpPremier(connection)), connection, written: connection.written };
}
const refusing = {
  stored: () => {
    throw new SlotTaken();
  },
};

describe("a user's contact", () => {
  const phones = [
    { system: 'phone', use: 'mobile', value: '0491570006' },
    { system: 'phone', use: 'work', value: '0255500100', rank: 1 },
    { system: 'fax', use: 'work', value: '0255500199' },
    { system: 'email', value: 'dr@example.com' },
  ];
  const user = practitioner('7', 'Sample', 'Sam', { telecom: phones, qualification: [{ id: 'kept' }] });

  it('is replaced in place, and everything else sent back', async () => {
    const { writes, written } = practice([user]);
    await writes.updateUser({ userId: '7', phone: '0255500111', email: 'new@example.com' });
    const [mobile, work, fax, email] = phones;
    const telecom = [mobile, { ...work, value: '0255500111' }, fax, { ...email, value: 'new@example.com' }];
    expect(written).toEqual([{ resource: 'Practitioner', id: '7', body: { ...user, telecom } }]);
  });

  it('is removed by null, but a private phone is kept', async () => {
    const { writes, written } = practice([user]);
    await writes.updateUser({ userId: '7', phone: null, email: null });
    const [mobile, , fax] = phones;
    expect(written[0]?.body).toEqual({ ...user, telecom: [mobile, fax] });
    const { data } = practice([written[0]?.body as FhirResource]);
    expect((await data.users({ fields: { phone: {} } })).users).toMatchObject([{ phone: null, email: null }]);
  });

  it.each([
    [[{ system: 'phone', value: '1' }], [{ system: 'phone', value: '0255500111' }]],
    [undefined, [{ system: 'phone', use: 'work', value: '0255500111' }]],
    [[phones[0]], [phones[0], { system: 'phone', use: 'work', value: '0255500111' }]],
  ])('is a phone at work, or the one that names no use: %j', async (telecom, expected) => {
    const { writes, written } = practice([practitioner('7', 'Sample', 'Sam', { telecom })]);
    await writes.updateUser({ userId: '7', phone: '0255500111' });
    expect(written[0]?.body.telecom).toEqual(expected);
  });

  it('that changes nothing is not sent', async () => {
    const { writes, written } = practice([user]);
    await writes.updateUser({ userId: '7', phone: '0255500100', email: 'dr@example.com' });
    expect(written).toEqual([]);
  });

  it('of an unknown user is NotFound, and a 409 is a refusal', async () => {
    const { writes } = practice([user], refusing);
    await expect(writes.updateUser({ userId: '8', phone: null })).rejects.toBeInstanceOf(NotFound);
    await expect(writes.updateUser({ userId: '7', phone: null })).rejects.toBeInstanceOf(PmsError);
  });
});

describe('days away', () => {
  const holiday = { from: '2026-12-24', to: '2026-12-28' };
  const written28 = { description: 'Holiday', during: { start: '2026-12-24', end: '2026-12-28' } };
  const other = { description: 'Course', during: { start: '2026-12-24', end: '2026-12-24' }, id: 'kept' };
  const availableTime = [
    { daysOfWeek: ['mon'], availableStartTime: '09:00:00', availableEndTime: '17:00:00' },
  ];
  const former = role('7', '3', 'GP', { active: false, notAvailable: [written28] });
  const usual = role('7', '2', 'GP', { availableTime, notAvailable: [other], invented: 'kept' });
  const second = role('7', '1', 'GP', { availableTime });
  const somebodyElse = role('8', '1', 'GP', { availableTime, notAvailable: [written28] });
  const places = [location('1', '2000'), location('2', '4225')];
  const roles = [somebodyElse, former, usual, second, ...places];

  it("are added to the first of the user's current roles", async () => {
    const { writes, written, connection } = practice(roles);
    await writes.addDayAway({ userId: '7', ...holiday, reason: 'Holiday' });
    expect(written).toEqual([
      {
        resource: 'PractitionerRole',
        id: '7-2',
        body: { ...usual, notAvailable: [other, written28] },
      },
    ]);
    expect(sent(connection, 'PractitionerRole')).toEqual([{ practitioner: 'Practitioner/7', _count: '500' }]);
  });

  it('are read as they were added', async () => {
    const { writes, written } = practice([second, ...places]);
    await writes.addDayAway({ userId: '7', ...holiday, reason: 'Holiday' });
    await writes.addDayAway({ userId: '7', from: '2026-12-31', to: '2026-12-31', reason: null });
    expect(written[1]?.body.notAvailable).toEqual([
      { description: 'Away', during: { start: '2026-12-31', end: '2026-12-31' } },
    ]);
    const { data } = practice([written[0]?.body as FhirResource, ...places]);
    expect(await data.daysAway({ ...holiday, userIds: ['7'] })).toEqual([
      { userId: '7', pmsId: '7:2026-12-24', ...holiday, reason: 'Holiday' },
    ]);
  });

  it('are removed from every role that has exactly these', async () => {
    const carrying = role('7', '2', 'GP', { notAvailable: [other, written28] });
    const alone = role('7', '1', 'GP', { availableTime, notAvailable: [written28], invented: 'kept' });
    const { writes, written, connection } = practice([somebodyElse, former, carrying, alone]);
    await writes.removeDayAway({ userId: '7', ...holiday });
    const { notAvailable: _, ...bare } = alone;
    expect(written).toEqual([
      { resource: 'PractitionerRole', id: '7-2', body: { ...carrying, notAvailable: [other] } },
      { resource: 'PractitionerRole', id: '7-1', body: bare },
    ]);
    expect(connection.calls).toHaveLength(1);
  });

  it('that do not exist any more cause no error', async () => {
    const { writes, written } = practice(roles);
    await writes.removeDayAway({ userId: '7', ...holiday });
    await writes.removeDayAway({ userId: '9', ...holiday });
    expect(written).toEqual([]);
  });

  it.each([
    ['moments', { start: '2026-12-23T14:00:00Z', end: '2026-12-28T12:59:59Z' }],
    ['no end', { start: '2026-12-24' }],
  ])('are matched by local days if given with %s', async (_what, during) => {
    const away = role('7', '2', 'GP', { availableTime, notAvailable: [{ description: 'Away', during }] });
    const { writes, written, data } = practice([away, ...places]);
    expect(await data.daysAway({ ...holiday, userIds: ['7'] })).toMatchObject([holiday]);
    await writes.removeDayAway({ userId: '7', ...holiday });
    expect(written).toHaveLength(1);
  });

  it('are requested by user only where the server lists that parameter', async () => {
    const capability = capabilityWith({ PractitionerRole: [] });
    const { writes, written, connection } = practice(roles, { capability });
    await writes.addDayAway({ userId: '7', ...holiday, reason: null });
    expect(sent(connection, 'PractitionerRole')).toEqual([{ _count: '500' }]);
    expect(written.map(({ id }) => id)).toEqual(['7-2']);
  });

  it('of a user without a current role are NotFound', async () => {
    const { writes } = practice([former]);
    const added = writes.addDayAway({ userId: '7', ...holiday, reason: null });
    await expect(added).rejects.toBeInstanceOf(NotFound);
  });

  it('stop at the first role that cannot be written, and a 409 is a refusal', async () => {
    const carrying = [role('7', '2', 'GP', { notAvailable: [written28] }), second];
    const { writes } = practice(carrying, refusing);
    await expect(writes.removeDayAway({ userId: '7', ...holiday })).rejects.toBeInstanceOf(PmsError);
    await expect(writes.addDayAway({ userId: '7', ...holiday, reason: null })).rejects.toBeInstanceOf(
      PmsError,
    );
    const cut = practice(carrying, {
      stored: () => {
        throw new NoAnswer(0, null);
      },
    });
    await expect(cut.writes.removeDayAway({ userId: '7', ...holiday })).rejects.toBeInstanceOf(NoAnswer);
  });
});
