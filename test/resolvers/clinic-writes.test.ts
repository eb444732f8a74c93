import { describe, expect, test } from 'vitest';
import type * as domain from '../../src/datasources/domain/index.ts';
import type * as port from '../../src/datasources/practice/port.ts';
import { NoAnswer, type PracticeWrites } from '../../src/datasources/practice/write-port.ts';
import { SiteUnavailable } from '../../src/errors.ts';
import { fakeHalo, now, practiceData } from './fake-halo.ts';

const failure = '... on HaloError { code message } ... on InvalidInput { issues { path message } }';
const mutations = {
  setClinicHours:
    '... on SetClinicHoursPayload { clinicHours { source location { pmsId } week { day periods { opens closes } } } }',
  addDaysClosed: '... on AddDaysClosedPayload { dayClosed { pmsId from to reason } practice { bpSiteId } }',
  removeDaysClosed: '... on RemoveDaysClosedPayload { practice { bpSiteId } }',
} as const;

/** A practice that stores the written hours. */
async function clinic(writes: Partial<PracticeWrites> = {}) {
  const [derived] = await practiceData().clinicHours();
  let week = derived as domain.ClinicWeek;
  const closed: domain.DayClosed[] = [
    { pmsId: '7', from: '2026-12-25', to: '2026-12-26', reason: 'Christmas', locationId: null },
  ];
  const keep: Partial<PracticeWrites> = {
    async setClinicHours({ locationId, week: writeCount }) {
      week = { locationId, source: 'PRACTICE_SESSIONS', week: writeCount };
    },
    async addDayClosed(days) {
      closed.push({ pmsId: '8', locationId: null, ...days });
    },
    async removeDayClosed({ from }) {
      closed.splice(
        closed.findIndex((each) => each.from === from),
        1,
      );
    },
  };
  const data: Partial<port.PracticeData> = {
    clinicHours: async () => [week],
    daysClosed: async ({ from, to }) => closed.filter((each) => each.from <= to && each.to >= from),
  };
  const halo = fakeHalo({ practices: { '1001': { data, writes: { ...keep, ...writes } } } });
  return {
    ...halo,
    keep,
    closed,
    async mutate(mutation: keyof typeof mutations, input: object) {
      const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
      const query = `mutation ($input: ${type}) { result: ${mutation}(input: $input) { __typename ${mutations[mutation]} ${failure} } }`;
      const answer = await halo.execute(query, { input: { bpSiteId: '1001', ...input } });
      expect(answer.errors).toBeUndefined();
      return answer.data.result;
    },
    writeCount: () => halo.calls.filter(({ method }) => /^(set|add|remove)/.test(method)).length,
  };
}
const paths = (answer: { issues: { path: string[] }[] }) => answer.issues.map(({ path }) => path.join('.'));
const silent = async (): Promise<never> => {
  throw new NoAnswer(now, new SiteUnavailable());
};

const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const open = { opens: '09:00', closes: '12:00' };
const wholeWeek = days.map((day) => ({ day, periods: day === 'SUNDAY' ? [] : [open] }));

describe('setClinicHours', () => {
  test('records a whole week, then single days of it', async () => {
    const practice = await clinic();
    const first = await practice.mutate('setClinicHours', { week: wholeWeek });
    expect(first.clinicHours).toEqual({
      source: 'PRACTICE_SESSIONS',
      location: { pmsId: '1' },
      week: wholeWeek,
    });
    const periods = [{ opens: '13:00', closes: '24:00' }, open];
    const second = await practice.mutate('setClinicHours', {
      locationId: '1',
      week: [{ day: 'SUNDAY', periods }],
    });
    expect(second.clinicHours.week[6]).toEqual({ day: 'SUNDAY', periods: periods.toReversed() });
    expect(second.clinicHours.week[0]).toEqual({ day: 'MONDAY', periods: [open] });
  });

  test('sends nothing where the hours are kept so already', async () => {
    const practice = await clinic();
    await practice.mutate('setClinicHours', { week: wholeWeek });
    await practice.mutate('setClinicHours', { week: wholeWeek.slice(2, 4) });
    expect(practice.writeCount()).toBe(1);
  });

  test('calculated hours are not stored as a side effect', async () => {
    const answer = await (await clinic()).mutate('setClinicHours', { week: wholeWeek.slice(1) });
    expect(paths(answer)).toEqual(['input.week']);
    expect(answer.issues[0].message).toMatch(/all seven/);
  });

  const monday = (...periods: object[]) => [{ day: 'MONDAY', periods }];
  test.each([
    [[], ['input.week']],
    [[...monday(open), ...monday()], ['input.week.1.day']],
    [
      monday({ opens: '9:00', closes: '25:00' }),
      ['input.week.0.periods.0.opens', 'input.week.0.periods.0.closes'],
    ],
    [monday({ opens: '12:00', closes: '12:00' }), ['input.week.0.periods.0.closes']],
    [monday({ opens: '12:00', closes: '13:00' }, open), ['input.week.0.periods.0.opens']],
    [monday(open, { opens: '11:00', closes: '13:00' }), ['input.week.0.periods.1.opens']],
    [monday(...Array(11).fill(open)).slice(0, 1), undefined],
    [wholeWeek.map(({ day }) => ({ day, periods: [] })), ['input.week']],
  ])('refuses %j', async (week, expected) => {
    const practice = await clinic();
    const answer = await practice.mutate('setClinicHours', { week });
    if (expected) expect(paths(answer)).toEqual(expected);
    expect(answer.__typename).toBe('InvalidInput');
    expect(practice.writeCount()).toBe(0);
  });

  test('no such location, and answers that are lost', async () => {
    expect(
      (await (await clinic()).mutate('setClinicHours', { locationId: '9', week: wholeWeek })).__typename,
    ).toBe('NotFound');
    const answer = await (await clinic({ setClinicHours: silent })).mutate('setClinicHours', {
      week: wholeWeek,
    });
    expect(answer.__typename).toBe('OutcomeUnknown');
  });
});

describe('days closed', () => {
  test('are added once under a key', async () => {
    const practice = await clinic();
    const input = { from: '2027-01-01', reason: "New Year's Day", idempotencyKey: 'once' };
    const payload = {
      __typename: 'AddDaysClosedPayload',
      dayClosed: { pmsId: '8', from: '2027-01-01', to: '2027-01-01', reason: "New Year's Day" },
      practice: { bpSiteId: '1001' },
    };
    expect(await practice.mutate('addDaysClosed', input)).toEqual(payload);
    expect(await practice.mutate('addDaysClosed', input)).toEqual(payload);
    expect(practice.writeCount()).toBe(1);
  });

  test.each([
    [{ from: '2026-12-26' }, ['input.from']],
    [{ from: '2026-12-26', to: '2027-12-31' }, ['input.to']],
    [{ from: 'x', to: 'y' }, ['input.from', 'input.to']],
  ])('refuses %o', async (input, expected) => {
    expect(paths(await (await clinic()).mutate('addDaysClosed', input))).toEqual(expected);
  });

  test('are removed, and NotFound the second time', async () => {
    const practice = await clinic();
    expect((await practice.mutate('removeDaysClosed', { dayClosedId: '7' })).practice.bpSiteId).toBe('1001');
    expect(practice.closed).toEqual([]);
    expect((await practice.mutate('removeDaysClosed', { dayClosedId: '7' })).__typename).toBe('NotFound');
  });

  test('a lost answer is read back, else unknown', async () => {
    const practice = await clinic({
      async addDayClosed(change) {
        await practice.keep.addDayClosed?.(change);
        return silent();
      },
      removeDayClosed: silent,
    });
    expect((await practice.mutate('addDaysClosed', { from: '2027-01-01' })).dayClosed.pmsId).toBe('8');
    expect((await practice.mutate('removeDaysClosed', { dayClosedId: '7' })).__typename).toBe(
      'OutcomeUnknown',
    );
    const unknown = await clinic({ addDayClosed: silent });
    expect((await unknown.mutate('addDaysClosed', { from: '2027-01-01' })).__typename).toBe('OutcomeUnknown');
  });
});
