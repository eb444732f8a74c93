/** Practices that go away and come back, as the callers of the facade see it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Facade, openFacade } from '../open-facade.ts';
import {
  activePatients,
  newKey,
  openBookingClient,
  ownSandbox,
  rowsAt,
  type Slot,
  testClock,
} from './booking-client.ts';

const sql = 'POST /integrator/sites/{siteId}/queries/immediate';
const away = '1003';
const well = '1001';
const sandbox = await ownSandbox();
const clock = testClock();
/** What happens while the facade waits before a retry. */
let meanwhile = () => {};
let waits: number[] = [];
const facade: Facade = openFacade({
  baseUrl: sandbox.url,
  source: 'sql-passthrough',
  now: clock.now,
  async wait(ms) {
    waits.push(ms);
    meanwhile();
  },
});

const dayBook = `query ($sites: [ID!]!) { practices(bpSiteIds: $sites) { __typename ... on Practice { bpSiteId
  appointments(from: "2026-11-24") { __typename ... on AppointmentConnection { nodes { id } }
    ... on SiteUnavailable { code message retryable retryAfterSeconds availability } ... on HaloError { code } } } } }`;
const execute = (...sites: string[]) => facade.execute(dayBook, { sites });
const bookOf = ({ data }: Answer, index = 0) => data.practices[index].appointments;

beforeAll(() => execute(away, well));
beforeEach(async () => {
  meanwhile = () => {};
  for (const bpSiteId of [away, well]) sandbox.setFault(bpSiteId, null);
  clock.pass(60_000);
  await execute(away, well);
  waits = [];
});
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});

describe('a practice that goes offline', () => {
  it('gets three requests from an operation, then none, and other practices are unaffected', async () => {
    sandbox.setFault(away, 'offline');
    const first = await execute(away);
    expect(bookOf(first)).toMatchObject({ __typename: 'SiteUnavailable', availability: 'OFFLINE' });
    expect(first.calls).toEqual([sql, sql, sql]);
    expect(first.cost).toMatchObject({ calls: 3, charged: 0, retries: 2 });
    const second = await execute(away);
    expect(second.calls).toEqual([sql, sql]);

    const third = await execute(away, well);
    expect(bookOf(third)).toMatchObject({
      __typename: 'SiteUnavailable',
      code: 'SITE_UNAVAILABLE',
      retryable: true,
      retryAfterSeconds: 1,
    });
    expect(bookOf(third, 1).nodes.length).toBeGreaterThan(50);
    expect(third.calls).toEqual([sql]);
    expect(third.cost).toMatchObject({ calls: 1, charged: 1, retries: 0 });
  });

  it('gets requests from one operation after a pause, and from all when it is back', async () => {
    sandbox.setFault(away, 'offline');
    await execute(away);
    await execute(away);
    clock.pass(1_000);
    expect((await execute(away)).calls).toEqual([sql]);
    expect((await execute(away)).calls).toEqual([]);
    sandbox.setFault(away, null);
    clock.pass(2_000);
    expect(bookOf(await execute(away)).__typename).toBe('AppointmentConnection');
    expect(bookOf(await execute(away)).__typename).toBe('AppointmentConnection');
  });

  it('accepts no booking, and reports that none was made', async () => {
    const client = openBookingClient(sandbox, { source: 'sql-passthrough', now: clock.now }, well);
    const [slot] = (await client.freeSlots('2026-11-30')) as [Slot];
    sandbox.setFault(well, 'offline');
    const input = { patientId: activePatients(sandbox, 1)[0], ...slot };
    const answers: Answer[] = [];
    for (let times = 0; times < 6; times += 1)
      answers.push(await client.execute('book', { ...input, idempotencyKey: newKey() }));
    for (const { data } of answers) expect(data.result.__typename).toBe('SiteUnavailable');
    expect(answers.at(-1)?.calls).toEqual([]);
    expect(rowsAt(sandbox, slot)).toEqual([]);
    await client.close();
  });
});

describe('a failure for the moment', () => {
  it.each(['503', 'offline', '429', 'cut-connection'])('is not seen by the caller: %s', async (fault) => {
    sandbox.setFault(away, fault);
    meanwhile = () => sandbox.setFault(away, null);
    const answer = await execute(away);
    expect(bookOf(answer).__typename).toBe('AppointmentConnection');
    expect(answer.cost).toMatchObject({ calls: 2, retries: 1 });
    expect(answer.calls).toHaveLength(2);
  });

  it('is waited for as long as a rate limit says', async () => {
    sandbox.setFault(away, '429');
    expect(bookOf(await execute(away))).toMatchObject({ code: 'RATE_LIMITED' });
    expect(waits).toHaveLength(2);
    for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(2_000);
  });
});
