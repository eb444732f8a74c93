/** The changes of a book for clients that poll. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import type { LiveSettings } from '../../src/live/live-books.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxNow, sandboxToday } from '../sandbox-today.ts';
import { ManualTimers } from './manual-timers.ts';
import { subscribe } from './subscribe.ts';

const query = `query ($after: String, $userIds: [ID!], $to: Date) {
  practice(bpSiteId: "1001") {
    ... on Practice {
      appointmentChanges(from: "${sandboxToday}", to: $to, userIds: $userIds, after: $after) {
        __typename
        ... on AppointmentChanges {
          cursor asOf isSnapshot complete
          changes { kind previousStatus appointment { pmsId status patient { fullName } } }
        }
        ... on HaloError { code }
      }
    }
  }
}`;
const subscription = `subscription {
  appointmentBook(bpSiteId: "1001", from: "${sandboxToday}") {
    ... on AppointmentBookSnapshot { appointments { pmsId patient { fullName } } }
    ... on AppointmentBookChanged { changes { kind } }
  }
}`;
const bpSiteId = '1001';
let sandbox: RunningSandbox;
let facade: Facade;
let timers: ManualTimers;

beforeAll(async () => {
  sandbox = await startSandbox({ today: sandboxToday });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  timers = new ManualTimers(sandboxNow);
  const liveSettings: LiveSettings = {
    source: 'auto',
    deployment: 'test',
    statusSeconds: 10,
    pollSeconds: 60,
    graceSeconds: 30,
  };
  facade = openFacade({ baseUrl: sandbox.url, live: { timers, liveSettings } });
});
afterEach(async () => {
  sandbox.setFault(bpSiteId, null);
  await facade.yoga.live.close();
  await facade.close();
});

async function changes(variables: object = {}) {
  const { data, cost } = await facade.execute(query, variables);
  return { ...data.practice.appointmentChanges, charged: cost.charged };
}

const lastBooked = ({ changes: all }: { changes: { appointment: { pmsId: string; status: string } }[] }) =>
  Number(all.findLast(({ appointment }) => appointment.status === 'BOOKED')?.appointment.pmsId);

it('begins with the whole book, then returns what changed, for one charged call each', async () => {
  const first = await changes();
  expect(first).toMatchObject({ isSnapshot: true, complete: true, charged: 1 });
  expect(first.changes[0]).toMatchObject({ kind: 'BOOKED', previousStatus: null });
  await timers.pass(60);
  const same = await changes({ after: first.cursor });
  expect(same).toMatchObject({ isSnapshot: false, changes: [], cursor: first.cursor, charged: 1 });
  sandbox.atDesk(bpSiteId, { cancel: lastBooked(first) });
  await timers.pass(60);
  const changed = await changes({ after: first.cursor });
  expect(changed).toMatchObject({
    isSnapshot: false,
    changes: [{ kind: 'CANCELLED', appointment: { pmsId: String(lastBooked(first)), status: 'CANCELLED' } }],
    charged: 1,
  });
  expect(await changes({ after: changed.cursor })).toMatchObject({ changes: [], charged: 0 });
});

it('costs nothing while somebody subscribes to the book, also when something changed', async () => {
  const stream = await subscribe(facade.yoga, subscription);
  await stream.next();
  const first = await changes();
  expect(first).toMatchObject({ isSnapshot: true });
  const before = sandbox.calls.length;
  expect(await changes({ after: first.cursor })).toMatchObject({ changes: [], charged: 0 });
  expect(sandbox.calls.length).toBe(before);
  const id = lastBooked(first);
  await facade.execute(
    `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${id}" }) { __typename } }`,
  );
  expect((await stream.next()).data.appointmentBook.changes).toEqual([{ kind: 'CANCELLED' }]);
  expect(await changes({ after: first.cursor })).toMatchObject({
    changes: [{ appointment: { pmsId: String(id) } }],
    charged: 0,
  });
  await stream.close();
});

it('a cursor of other arguments, or one that is forgotten, yields the whole book', async () => {
  const { cursor } = await changes();
  expect(await changes({ after: cursor, userIds: ['1'] })).toMatchObject({ isSnapshot: true });
  expect(await changes({ after: cursor, to: '2026-11-24' })).toMatchObject({ isSnapshot: true });
  await timers.pass(1_000);
  expect(facade.yoga.live.counts().watches).toBe(0);
  expect(timers.pending).toBe(0);
  expect(await changes({ after: cursor })).toMatchObject({ isSnapshot: true });
});

it('a cursor is known for fifteen minutes after the last poll, and not after the server restarts', async () => {
  const { cursor } = await changes();
  await timers.pass(890);
  expect(await changes({ after: cursor })).toMatchObject({ isSnapshot: false, changes: [] });
  await timers.pass(890);
  expect(await changes({ after: cursor })).toMatchObject({ isSnapshot: false, changes: [] });
  await facade.yoga.live.close();
  expect(await changes({ after: cursor })).toMatchObject({ isSnapshot: true });
});

it('a practice that is offline is an error, and the next poll tries again', async () => {
  const { cursor } = await changes();
  sandbox.setFault(bpSiteId, 'offline');
  await timers.pass(60);
  expect(await changes({ after: cursor })).toMatchObject({ code: 'SITE_UNAVAILABLE' });
  sandbox.setFault(bpSiteId, null);
  await vi.waitFor(async () => {
    await timers.pass(60);
    expect(await changes({ after: cursor })).toMatchObject({ isSnapshot: true });
  }, 20_000);
});

it('eight days are InvalidInput', async () => {
  expect(await changes({ to: '2026-11-30' })).toMatchObject({ code: 'INVALID_INPUT', charged: 0 });
});
