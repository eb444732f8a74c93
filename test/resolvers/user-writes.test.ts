import { describe, expect, test } from 'vitest';
import type * as domain from '../../src/datasources/domain/index.ts';
import type * as port from '../../src/datasources/practice/port.ts';
import { NoAnswer, type PracticeWrites } from '../../src/datasources/practice/write-port.ts';
import { SiteUnavailable } from '../../src/errors.ts';
import { fakeHalo, now, user } from './fake-halo.ts';

const failure = '... on HaloError { code message } ... on InvalidInput { issues { path message } }';
const mutations = {
  updateUser: '... on UpdateUserPayload { user { pmsId email phone takesAppointments } }',
  addUserDaysAway: '... on AddUserDaysAwayPayload { dayAway { pmsId from to reason } user { pmsId } }',
  removeUserDaysAway: '... on RemoveUserDaysAwayPayload { user { pmsId } }',
} as const;

/** A practice that stores what is written to its users. */
function surgery(writes: Partial<PracticeWrites> = {}) {
  const users = new Map<string, domain.User>([['3', { ...user(3), phone: '02 5550 1234' }]]);
  const away: domain.DayAway[] = [
    { userId: '3', pmsId: '90', from: '2026-12-20', to: '2026-12-31', reason: 'Leave' },
  ];
  const keep: Partial<PracticeWrites> = {
    async updateUser({ userId, ...changes }) {
      users.set(userId, { ...(users.get(userId) as domain.User), ...changes });
    },
    async addDayAway(day) {
      away.push({ pmsId: String(90 + away.length), ...day });
    },
    async removeDayAway({ from }) {
      const index = away.findIndex((each) => each.from === from);
      if (index >= 0) away.splice(index, 1);
    },
  };
  const data: Partial<port.PracticeData> = {
    users: async ({ ids = [] }) => ({
      users: [...users.values()].filter(({ pmsId }) => ids.includes(pmsId)),
    }),
    daysAway: async ({ userIds, from, to }) =>
      away.filter((each) => userIds.includes(each.userId) && each.from <= to && each.to >= from),
  };
  const halo = fakeHalo({ practices: { '1001': { data, writes: { ...keep, ...writes } } } });
  return {
    away,
    keep,
    ...halo,
    async mutate(mutation: keyof typeof mutations, input: object) {
      const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
      const query = `mutation ($input: ${type}) { result: ${mutation}(input: $input) { __typename ${mutations[mutation]} ${failure} } }`;
      const answer = await halo.execute(query, { input: { bpSiteId: '1001', userId: '3', ...input } });
      expect(answer.errors).toBeUndefined();
      return answer.data.result;
    },
    writeCount: () => halo.calls.filter(({ method }) => /^(update|add|remove)/.test(method)).length,
  };
}
const paths = (answer: { issues: { path: string[] }[] }) => answer.issues.map(({ path }) => path.join('.'));
const lost = (
  practice: () => ReturnType<typeof surgery>,
  method: 'addDayAway' | 'removeDayAway' | 'updateUser',
) =>
  ({
    async [method](change: never) {
      await (practice().keep[method] as (change: never) => Promise<void>)(change);
      throw new NoAnswer(now, new SiteUnavailable());
    },
  }) as Partial<PracticeWrites>;
const silent = async (): Promise<never> => {
  throw new NoAnswer(now, new SiteUnavailable());
};

describe('updateUser', () => {
  test('changes what is given and answers what the practice has then', async () => {
    const answer = await surgery().mutate('updateUser', {
      phone: null,
      email: 'a@example.com',
      takesAppointments: false,
    });
    expect(answer.user).toEqual({
      pmsId: '3',
      phone: null,
      email: 'a@example.com',
      takesAppointments: false,
    });
  });

  test('sends nothing where it is so already', async () => {
    const practice = surgery();
    await practice.mutate('updateUser', { phone: '(02) 5550-1234' });
    expect(practice.writeCount()).toBe(0);
  });

  test.each([
    [{}, ['input']],
    [{ takesAppointments: null }, ['input']],
    [{ email: 'x', phone: '1' }, ['input.email', 'input.phone']],
  ])('refuses %o', async (input, expected) => {
    expect(paths(await surgery().mutate('updateUser', input))).toEqual(expected);
  });

  test('an unknown id, and lost responses', async () => {
    expect((await surgery().mutate('updateUser', { userId: '4', email: null })).__typename).toBe('NotFound');
    const practice = surgery(lost(() => practice, 'updateUser'));
    expect((await practice.mutate('updateUser', { email: 'a@example.com' })).user.email).toBe(
      'a@example.com',
    );
    const answer = await surgery({ updateUser: silent }).mutate('updateUser', { email: 'a@example.com' });
    expect(answer.__typename).toBe('OutcomeUnknown');
  });
});

describe('addUserDaysAway', () => {
  test('records the days, one where only one is given', async () => {
    const answer = await surgery().mutate('addUserDaysAway', { from: '2026-12-01', reason: ' Course ' });
    expect(answer).toEqual({
      __typename: 'AddUserDaysAwayPayload',
      dayAway: { pmsId: '91', from: '2026-12-01', to: '2026-12-01', reason: 'Course' },
      user: { pmsId: '3' },
    });
  });

  test.each([
    [{ from: '2026-12-31', to: '2027-01-05' }, ['input.from']],
    [{ from: '2026-12-05', to: '2026-12-01' }, ['input.to']],
    [{ from: '2026-12-32', reason: 'x'.repeat(101) }, ['input.from', 'input.reason']],
  ])('refuses %o', async (input, expected) => {
    const practice = surgery();
    expect(paths(await practice.mutate('addUserDaysAway', input))).toEqual(expected);
    expect(practice.writeCount()).toBe(0);
  });

  test('is done once under a key, also when the answer is lost', async () => {
    const practice = surgery(lost(() => practice, 'addDayAway'));
    const input = { from: '2026-12-01', to: '2026-12-02', idempotencyKey: 'once' };
    for (const _ of [1, 2]) {
      expect((await practice.mutate('addUserDaysAway', input)).dayAway.pmsId).toBe('91');
    }
    expect(practice.writeCount()).toBe(1);
    const other = await practice.mutate('addUserDaysAway', { ...input, reason: 'Other' });
    expect(paths(other)).toEqual(['input.idempotencyKey']);
    const unknown = surgery({ addDayAway: silent });
    expect((await unknown.mutate('addUserDaysAway', input)).__typename).toBe('OutcomeUnknown');
  });

  test('an unknown id', async () => {
    const answer = await surgery().mutate('addUserDaysAway', { userId: '0', from: '2026-12-01' });
    expect(answer.__typename).toBe('NotFound');
  });
});

describe('removeUserDaysAway', () => {
  test('removes it, and returns NotFound the second time', async () => {
    const practice = surgery();
    expect((await practice.mutate('removeUserDaysAway', { dayAwayId: '90' })).user.pmsId).toBe('3');
    expect(practice.away).toEqual([]);
    expect((await practice.mutate('removeUserDaysAway', { dayAwayId: '90' })).__typename).toBe('NotFound');
  });

  test('a lost answer is read back', async () => {
    const practice = surgery(lost(() => practice, 'removeDayAway'));
    expect((await practice.mutate('removeUserDaysAway', { dayAwayId: '90' })).__typename).toMatch(/Payload/);
    const answer = await surgery({ removeDayAway: silent }).mutate('removeUserDaysAway', { dayAwayId: '90' });
    expect(answer.__typename).toBe('OutcomeUnknown');
  });
});
