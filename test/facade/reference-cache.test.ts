/** Users, locations, types and hours are requested once in the stated time. Nothing else is cached, and changes show at once. */
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { type Answer, type Facade, type FacadeOptions, openFacade } from '../open-facade.ts';
import { sandboxNow } from '../sandbox-today.ts';
import { ownSandbox } from './booking-client.ts';

const seconds = 300;
const sandbox = await ownSandbox();
const database = sandbox.database('1001');
const guid = '5a4db0c5-0000-4000-8000-000000001001';
const sql = 'POST /integrator/sites/{siteId}/queries/immediate';
const lookUp = 'GET /integrator/sites';
const fhir = (resource: string) => `POST /integrator/sites/{siteId}/fhir/R4/${resource}/_search`;
const opened: Facade[] = [];
let now = sandboxNow;
const pass = (passed: number) => {
  now += passed * 1000;
};

function open(options: FacadeOptions = {}): Facade {
  const facade = openFacade({
    baseUrl: sandbox.url,
    referenceSeconds: seconds,
    source: 'sql-passthrough',
    now: () => now,
    ...options,
  });
  opened.push(facade);
  return facade;
}
afterEach(() => sandbox.setFault('1001', null));
afterAll(async () => {
  await Promise.all(opened.map((facade) => facade.close()));
  await sandbox.close();
});

const at = (fields: string, bpSiteId = '1001') =>
  `{ practice(bpSiteId: "${bpSiteId}") { __typename ... on Practice { ${fields} } ... on HaloError { code } } }`;
const users =
  'users { __typename ... on UserConnection { nodes { pmsId displayName email phone } } ... on HaloError { code } }';
const locations =
  'locations { ... on LocationConnection { nodes { name timeZone } } ... on HaloError { code } }';
const types =
  'appointmentTypes { ... on AppointmentTypes { nodes { pmsId name } } ... on HaloError { code } }';
const hours =
  'clinicHours { ... on ClinicHours { source week { day periods { opens closes } } } ... on HaloError { code } }';
const usersOf = ({ data }: Answer): readonly { pmsId: string; email: string | null }[] =>
  data.practice.users.nodes;
const someone = String(
  database.all<{ id: number }>('SELECT USERID AS id FROM USERS WHERE APPOINTMENTS = 1')[0]?.id,
);
const emailIn = (answer: Answer) => usersOf(answer).find(({ pmsId }) => pmsId === someone)?.email;
/** A change that the practice's own front desk makes. */
const changeThere = (email: string) =>
  database.all(`UPDATE USERS SET EMAIL = '${email}' WHERE USERID = ${someone}`);
const updateEmail = (facade: Facade, email: string, headers: Record<string, string> = {}) =>
  facade.execute(
    `mutation ($input: UpdateUserInput!) { result: updateUser(input: $input) {
      ... on UpdateUserPayload { user { email } } ... on HaloError { code message } } }`,
    { input: { bpSiteId: '1001', userId: someone, email } },
    headers,
  );

describe('queried again within the stated time', () => {
  it.each([
    ['users', users],
    ['locations', locations],
    ['appointmentTypes', types],
    ['clinicHours', `${hours}`],
    [
      'sessions',
      `user(pmsId: "${someone}") { ... on User { sessions { ... on Sessions { nodes { day } } } } }`,
    ],
  ])('%s cost nothing, and the report says how old they are', async (what, fields) => {
    const facade = open();
    const cold = await facade.execute(at(fields));
    expect(cold.errors).toBeUndefined();
    expect(cold.calls).toContain(sql);
    expect(cold.cost.reference).toBeUndefined();
    pass(120);
    const warm = await facade.execute(at(fields));
    expect(warm.data).toEqual(cold.data);
    expect(warm.calls).toEqual([]);
    const saved = cold.calls.filter((call) => call === sql).length;
    // The site itself is known, too.
    expect(warm.cost).toMatchObject({ calls: 0, charged: 0, saved: { cached: saved + 1 } });
    expect(warm.cost.reference).toContainEqual({ haloGuid: guid, what, ageSeconds: 120 });
    pass(180);
    const later = await facade.execute(at(fields));
    expect(later.calls.filter((call) => call === sql)).toHaveLength(saved);
    expect(later.cost.reference).toBeUndefined();
  });

  it('the day book by the Bp Premier API needs two searches instead of four', async () => {
    const facade = open({ source: 'bp-premier' });
    const dayBook = at(`appointments(from: "2026-11-24") { ... on AppointmentConnection { nodes {
      id start patient { fullName } user { displayName } location { name } } } ... on HaloError { code } }`);
    const cold = await facade.execute(dayBook);
    expect(cold.cost.charged).toBe(4);
    const warm = await facade.execute(dayBook);
    expect(warm.data).toEqual(cold.data);
    expect(warm.calls.toSorted()).toEqual([fhir('Appointment'), fhir('Patient')]);
    const reference = (warm.cost.reference ?? []).map(({ what }) => what).toSorted();
    expect(reference).toEqual(['capability', 'locations', 'users']);
  });

  it('by many at once is one call, and each caller gets the notice about the assumed zone', async () => {
    const facade = open();
    await facade.execute(at(types));
    const together = await Promise.all(Array.from({ length: 10 }, () => facade.execute(at(locations))));
    expect(together.reduce((sum, { cost }) => sum + cost.calls, 0)).toBe(1);
    const warm = await facade.execute(at(locations));
    expect(warm.calls).toEqual([]);
    expect(warm.notices).toEqual(together[0]?.notices);
  });

  it('is counted for the operator', async () => {
    const metrics = createMetrics();
    const facade = open({ metrics });
    for (const _ of [1, 2, 3]) await facade.execute(at(types));
    // The types twice, and the site that is known twice.
    expect(await metrics.text()).toContain('halo_graph_upstream_saved_total{how="cached"} 4');
  });

  it('is off by default: without the stated time everything is requested', async () => {
    const facade = open({ referenceSeconds: 0 });
    for (const _ of [1, 2]) expect((await facade.execute(at(users))).calls).toContain(sql);
  });
});

describe('never from memory', () => {
  const range = 'from: "2026-11-24", to: "2026-11-25"';
  it.each([
    [
      'appointments',
      `appointments(${range}) { ... on AppointmentConnection { nodes { id } } ... on HaloError { code } }`,
    ],
    [
      'patients',
      'patients(search: { name: "a" }) { ... on PatientConnection { nodes { fullName } } ... on HaloError { code } }',
    ],
    [
      'users with their book',
      `users { ... on UserConnection { nodes { displayName appointments(${range}) {
      ... on AppointmentConnection { nodes { id } } } } } ... on HaloError { code } }`,
    ],
    [
      'free times',
      `availableSlots(${range}) { ... on AvailableSlots { slots { start } } ... on HaloError { code } }`,
    ],
    [
      'days closed',
      `daysClosed(${range}) { ... on DaysClosed { nodes { from } } ... on HaloError { code } }`,
    ],
  ])('%s', async (_what, fields) => {
    const facade = open();
    const cold = await facade.execute(at(fields));
    const warm = await facade.execute(at(fields));
    expect(warm.calls).toEqual(cold.calls.filter((call) => call !== lookUp));
    expect(warm.calls).toContain(sql);
    expect(warm.cost.reference).toBeUndefined();
  });

  it.each(['sql-passthrough', 'bp-premier'] as const)('days away, by %s', async (source) => {
    const facade = open({ source });
    const fields = `user(pmsId: "${someone}") { ... on User { pmsId daysAway(${range}) { ... on DaysAway { nodes { from } } } } }`;
    await facade.execute(at(fields));
    const warm = await facade.execute(at(fields));
    expect(warm.cost.charged).toBe(1);
  });
});

describe('a change', () => {
  it.each(['sql-passthrough', 'bp-premier'] as const)('of ours is seen at once, by %s', async (source) => {
    const facade = open({ source });
    await facade.execute(at(users));
    const updated = await updateEmail(facade, `ours-${source}@example.com`);
    expect(updated.data.result.user.email).toBe(`ours-${source}@example.com`);
    expect(emailIn(await facade.execute(at(users)))).toBe(`ours-${source}@example.com`);
  });

  it('of ours is seen at once, also after a lost response or with a simulated fault', async () => {
    const facade = open();
    await facade.execute(at(users));
    await updateEmail(facade, 'lost@example.com', { 'x-sandbox-fault': '1001:504-after' });
    expect(emailIn(await facade.execute(at(users)))).toBe('lost@example.com');
  });

  it('by SQL is seen at once; SQL that only reads causes no new request', async () => {
    const facade = open();
    const run = (text: string) =>
      facade.execute(
        `mutation ($input: RunSqlInput!) { runSql(input: $input) { __typename ... on HaloError { message } } }`,
        { input: { site: { bpSiteId: '1001' }, command: { text } } },
      );
    await facade.execute(at(users));
    await run('SELECT USERID FROM dbo.USERS');
    expect((await facade.execute(at(users))).calls).toEqual([]);
    const written = await run(`UPDATE dbo.USERS SET EMAIL = 'sql@example.com' WHERE USERID = ${someone}`);
    expect(written.data.runSql.__typename).toBe('RunSqlPayload');
    expect(emailIn(await facade.execute(at(users)))).toBe('sql@example.com');
  });

  it('is checked against what the practice holds now, not against what was known', async () => {
    const facade = open();
    await updateEmail(facade, 'first@example.com');
    await facade.execute(at(users));
    changeThere('theirs@example.com');
    // Were it held against what is known, nothing would be sent.
    const updated = await updateEmail(facade, 'first@example.com');
    expect(updated.data.result.user.email).toBe('first@example.com');
    expect(
      database.all<{ EMAIL: string }>(`SELECT EMAIL FROM USERS WHERE USERID = ${someone}`)[0]?.EMAIL.trim(),
    ).toBe('first@example.com');
  });

  it('of another replica or the practice itself is seen after the stated time', async () => {
    const facade = open();
    await facade.execute(at(users));
    const known = emailIn(await facade.execute(at(users)));
    changeThere('elsewhere@example.com');
    pass(seconds - 1);
    expect(emailIn(await facade.execute(at(users)))).toBe(known);
    pass(1);
    expect(emailIn(await facade.execute(at(users)))).toBe('elsewhere@example.com');
  });

  it('of the appointment book causes no new request', async () => {
    const facade = open();
    await facade.execute(at(types));
    const booked = 'APPOINTMENTCODE = 1 AND RECORDSTATUS = 1 AND APPOINTMENTDATE > 0 AND INTERNALID > 0';
    const [row] = database.all<{ id: number }>(`SELECT RECORDID AS id FROM APPOINTMENTS WHERE ${booked}`);
    const arrived = await facade.execute(
      `mutation { arriveAppointment(input: { bpSiteId: "1001", appointmentId: "${row?.id}" }) {
        ... on ArriveAppointmentPayload { appointment { status } } ... on HaloError { message } } }`,
    );
    expect(arrived.data.arriveAppointment).toEqual({ appointment: { status: 'ARRIVED' } });
    expect((await facade.execute(at(types))).calls).toEqual([]);
  });
});

describe('callers without access', () => {
  it('a caller without the practice learns nothing of what others have read', async () => {
    const facade = open({
      authenticate: async (request) => ({
        name: 'somebody',
        scopes: ['users:read', 'clinic:read', 'sites:read'],
        practices: request.headers.get('x-who') === 'neighbour' ? ['1002'] : ['1001'],
      }),
    });
    await facade.execute(at(users));
    const answer = await facade.execute(at(users), {}, { 'x-who': 'neighbour' });
    expect(answer.data.practice).toEqual({ __typename: 'NotFound', code: 'NOT_FOUND' });
    expect(answer.cost.reference).toBeUndefined();
  });

  it('a practice that refuses is not answered from the cache, from its first refusal on', async () => {
    const facade = open();
    await facade.execute(at(users));
    sandbox.setFault('1001', 'not-paired');
    const book = 'appointments(from: "2026-11-24") { __typename ... on HaloError { code } }';
    expect((await facade.execute(at(book))).data.practice.appointments.code).toBe('ACCESS_DENIED');
    expect((await facade.execute(at(users))).data.practice.users).toMatchObject({ code: 'ACCESS_DENIED' });
  });

  it('a practice that has moved is queried at its new server', async () => {
    const facade = open();
    await facade.execute(at(users));
    sandbox.setFault('1001', 'moved');
    await facade.execute(at('appointments(from: "2026-11-24") { __typename }'));
    expect((await facade.execute(at(users))).calls).toContain(sql);
  });

  it('a practice that is away is still answered from the cache, with the age', async () => {
    const facade = open();
    await facade.execute(at(users));
    sandbox.setFault('1001', 'offline');
    pass(30);
    const answer = await facade.execute(at(users));
    expect(usersOf(answer).length).toBeGreaterThan(0);
    expect(answer.cost.reference).toEqual([{ haloGuid: guid, what: 'users', ageSeconds: 30 }]);
  });

  it('with a simulated fault the practice is queried, and nothing is cached', async () => {
    const facade = open();
    const failed = await facade.executeWithFault('1001:offline', at(users));
    expect(failed.data.practice.users).toMatchObject({ code: 'SITE_UNAVAILABLE' });
    await facade.execute(at(users));
    expect((await facade.executeWithFault('1001:offline', at(users))).data.practice.users).toMatchObject({
      code: 'SITE_UNAVAILABLE',
    });
    expect((await facade.execute(at(users))).calls).toEqual([]);
  });
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('read' as const), by: fc.constantFrom(0, 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('pass' as const), by: fc.integer({ min: 1, max: 250 }) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('they change' as const), by: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('we change' as const), by: fc.constantFrom(0, 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('another replica changes' as const),
      by: fc.constantFrom(0, 1),
    }),
  },
);

it.each(['sql-passthrough', 'bp-premier'] as const)(
  'random reads and changes, by %s: never older than the stated time, nor than our own last change',
  async (source) => {
    const ours = open({ source });
    const replica = open({ source });
    const reads = [users, `user(pmsId: "${someone}") { ... on User { email } ... on HaloError { code } }`];
    let [number, recalled] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
        pass(seconds);
        const held: { readonly email: string; until: number }[] = [];
        const hold = (email: string) => {
          const last = held.at(-1);
          if (last) last.until = now;
          held.push({ email, until: Number.POSITIVE_INFINITY });
        };
        const next = () => {
          number += 1;
          return `number-${number}@example.com`;
        };
        const there = () => {
          hold(next());
          changeThere(held.at(-1)?.email ?? '');
        };
        there();
        let since = 0;
        for (const { what, by } of steps) {
          if (what === 'pass') pass(by);
          else if (what === 'they change') there();
          else if (what === 'read') {
            const answer = await ours.execute(at(reads[by] ?? users));
            const email = by === 0 ? emailIn(answer) : answer.data.practice.user.email;
            const index = held.findIndex((each) => each.email === email);
            expect(index, `${email}`).toBeGreaterThanOrEqual(since);
            expect(held[index]?.until).toBeGreaterThan(now - seconds * 1000);
            for (const { ageSeconds, what: kind } of answer.cost.reference ?? []) {
              if (kind !== 'capability') expect(ageSeconds).toBeLessThan(seconds);
            }
            if (answer.cost.charged === 0) recalled += 1;
          } else {
            hold(next());
            const updated = await updateEmail(
              what === 'we change' ? ours : replica,
              held.at(-1)?.email ?? '',
            );
            expect(updated.data.result.user?.email).toBe(held.at(-1)?.email);
            if (what === 'we change') since = held.length - 1;
          }
        }
      }),
      { numRuns: 12 },
    );
    expect(recalled).toBeGreaterThan(5);
  },
);
