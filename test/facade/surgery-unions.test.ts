/** Every member of the unions that patients', users' and clinic admin's mutations answer is reached. */
import { afterAll, describe, expect, it } from 'vitest';
import { activePatients, newKey, ownSandbox } from './booking-client.ts';
import { type MutationName, mutationNames, nameOf, openSurgery } from './surgery.ts';
import { failures, members } from './union-failures.ts';

const sandbox = await ownSandbox();
const bySql = openSurgery(sandbox, { source: 'sql-passthrough' });
afterAll(async () => {
  await bySql.close();
  await sandbox.close();
});

const [patientId = ''] = activePatients(sandbox, 1);
const userId = String(
  sandbox
    .database('1001')
    .all<{ USERID: number }>('SELECT USERID FROM USERS WHERE APPOINTMENTS = 1 LIMIT 1')[0]?.USERID,
);
const week = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
let turn = 0;

/** An input that works, and that no other has had. */
async function working(mutation: MutationName): Promise<object> {
  turn += 1;
  const from = `2028-${String(1 + (turn % 12)).padStart(2, '0')}-${String(1 + Math.floor(turn / 12)).padStart(2, '0')}`;
  switch (mutation) {
    case 'addPatient':
      return { firstName: 'Sample', lastName: `Union${newKey().slice(5, 20)}`, birthDate: '1990-05-06' };
    case 'updatePatient':
      return { patientId, email: `sample${turn}@example.com` };
    case 'updateUser':
      return { userId, email: `user${turn}@example.com` };
    case 'addUserDaysAway':
      return { userId, from };
    case 'removeUserDaysAway': {
      const { dayAway } = await bySql.mutate('addUserDaysAway', { userId, from });
      return { userId, dayAwayId: dayAway.pmsId };
    }
    case 'setClinicHours': {
      const opens = `0${1 + (turn % 8)}:${String(turn % 60).padStart(2, '0')}`;
      return { week: week.map((day) => ({ day, periods: [{ opens, closes: '20:00' }] })) };
    }
    case 'addDaysClosed':
      return { from };
    case 'removeDaysClosed': {
      const { dayClosed } = await bySql.mutate('addDaysClosed', { from });
      return { dayClosedId: dayClosed.pmsId };
    }
  }
}

describe.each(mutationNames)('%s', (mutation) => {
  it('answers its payload', async () => {
    const answer = await bySql.mutate(mutation, await working(mutation));
    expect(answer.__typename, JSON.stringify(answer)).toBe(`${nameOf(mutation)}Payload`);
  });

  it.each(Object.entries(failures))('answers %s', async (type, { fault, facade, input }) => {
    const surgery = openSurgery(sandbox, { source: 'sql-passthrough', ...facade });
    try {
      const answer = await surgery.mutate(mutation, { ...(await working(mutation)), ...input }, fault);
      expect(answer.__typename, JSON.stringify(answer)).toBe(type);
    } finally {
      await surgery.close();
    }
  });

  it('has no other member', () => {
    expect(members(`${nameOf(mutation)}Result`)).toEqual(
      [`${nameOf(mutation)}Payload`, ...Object.keys(failures)].sort(),
    );
  });
});
