/** The live appointment book through the whole facade, at a sandbox of its own whose practice changes its book. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import type { Caller } from '../../src/auth/caller.ts';
import { Unauthenticated } from '../../src/auth/unauthenticated.ts';
import type { LiveSettings } from '../../src/live/live-books.ts';
import { everyScope } from '../../src/scopes.ts';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxNow, sandboxToday } from '../sandbox-today.ts';
import { ManualTimers, settled } from './manual-timers.ts';
import { type OpenStream, subscribe } from './subscribe.ts';

const bookSubscription = `subscription ($bpSiteId: ID!, $from: Date!, $to: Date, $userIds: [ID!], $after: String) {
  appointmentBook(bpSiteId: $bpSiteId, from: $from, to: $to, userIds: $userIds, after: $after) {
    __typename
    ... on AppointmentBookSnapshot {
      cursor asOf maxLagSeconds complete appointments { pmsId start status userId: user { pmsId } patient { fullName } }
    }
    ... on AppointmentBookChanged {
      cursor asOf
      changes {
        kind previousStart previousStatus previousUser { pmsId }
        appointment { pmsId start status user { pmsId } patient { fullName } }
      }
    }
    ... on AppointmentBookGap { since reason message retryAfterSeconds }
    ... on HaloError { code message }
  }
}`;

const liveSettings: LiveSettings = {
  source: 'poll',
  deployment: 'test',
  statusSeconds: 10,
  pollSeconds: 60,
  graceSeconds: 30,
};
const bpSiteId = '1001';
const day = { bpSiteId, from: sandboxToday };
let sandbox: RunningSandbox;
let facade: Facade;
let timers: ManualTimers;
let metrics: Metrics;
let caller: Caller | Error;
const streams: OpenStream[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ today: sandboxToday });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  timers = new ManualTimers(sandboxNow);
  metrics = createMetrics();
  caller = { name: 'desk', scopes: everyScope, practices: 'all' };
  facade = openFacade({
    baseUrl: sandbox.url,
    authenticate: async () => {
      if (caller instanceof Error) throw caller;
      return caller;
    },
    live: { timers, liveSettings },
    metrics,
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(streams.splice(0).map((stream) => stream.close()));
  await facade.close();
});

async function open(variables: object = day, query = bookSubscription): Promise<OpenStream> {
  const stream = await subscribe(facade.yoga, query, variables);
  streams.push(stream);
  return stream;
}

async function event(stream: OpenStream) {
  const { data, extensions } = await stream.next();
  return { ...data.appointmentBook, cost: extensions.halo.cost, notices: extensions.halo.notices };
}

/** Somebody at the practice changes the book. */
async function atDesk(change: object): Promise<void> {
  await control('/sandbox/desk', { bpSiteId, change });
}

async function control(path: string, body: object): Promise<void> {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** One interval of looks passes; what goes over the network has time to. */
async function look(): Promise<void> {
  await timers.pass(60);
}

it('begins with a snapshot in one charged call, and shows what the desk changed after the next look', async () => {
  const stream = await open();
  const snapshot = await event(stream);
  expect(snapshot).toMatchObject({
    __typename: 'AppointmentBookSnapshot',
    complete: true,
    asOf: '2026-11-22T21:00:00Z',
    cost: { charged: 1 },
  });
  const [first] = snapshot.appointments.filter(({ status }: { status: string }) => status === 'BOOKED');
  await atDesk({ change: Number(first.pmsId), columns: { APPOINTMENTTIME: 61_200 } });
  await look();
  expect(await event(stream)).toMatchObject({
    __typename: 'AppointmentBookChanged',
    changes: [
      {
        kind: 'MOVED',
        previousStart: first.start,
        previousStatus: null,
        previousUser: null,
        appointment: { pmsId: first.pmsId, start: `${sandboxToday}T17:00:00+11:00`, patient: first.patient },
      },
    ],
    // The look, and one read of what changed.
    cost: { charged: 2 },
  });
  await atDesk({ cancel: Number(first.pmsId) });
  await look();
  expect(await event(stream)).toMatchObject({
    changes: [
      {
        kind: 'CANCELLED',
        previousStatus: 'BOOKED',
        appointment: { pmsId: first.pmsId, status: 'CANCELLED' },
      },
    ],
  });
});

it('many subscribers cost what one does, and get the same bytes of data', async () => {
  const many = await Promise.all(Array.from({ length: 50 }, () => open()));
  const first = await Promise.all(many.map(event));
  expect(first.map(({ cost }) => cost.charged).reduce((a, b) => a + b)).toBe(1);
  expect(new Set(first.map(({ appointments }) => JSON.stringify(appointments))).size).toBe(1);
  const booked = first[0].appointments.findLast(({ status }: { status: string }) => status === 'BOOKED');
  await atDesk({ cancel: Number(booked.pmsId) });
  await look();
  const changed = await Promise.all(many.map(event));
  expect(changed.every(({ changes }) => changes[0].kind === 'CANCELLED')).toBe(true);
  expect(changed.map(({ cost }) => cost.charged).reduce((a, b) => a + b)).toBe(2);
});

it.each([
  ['one field', 'status', 1],
  [
    'every field, with the patient, the user, the type and the location',
    `status reason comment urgent bookedAt updatedAt arrivedAt telehealthUrl pmsStatus type { name }
     patient { fullName birthDate mobilePhone email address { line1 suburb postcode } usualUserId }
     user { displayName role locationId } location { name phone address { suburb } }`,
    1,
  ],
  ['a list of these, which is read besides', 'patient { fullName appointments { __typename } }', 2],
])('a change costs a charged call for a selection of %s', async (_name, fields, charged) => {
  const stream = await open(
    day,
    `subscription ($bpSiteId: ID!, $from: Date!) {
      appointmentBook(bpSiteId: $bpSiteId, from: $from) {
        ... on AppointmentBookSnapshot { appointments { pmsId status } }
        ... on AppointmentBookChanged { changes { appointment { ${fields} } } }
      }
    }`,
  );
  const { appointments } = await event(stream);
  const booked = appointments.findLast(({ status }: { status: string }) => status === 'BOOKED');
  await facade.execute(
    `mutation ($id: ID!) { cancelAppointment(input: { bpSiteId: "1001", appointmentId: $id }) { __typename } }`,
    { id: booked.pmsId },
  );
  expect(await event(stream)).toMatchObject({ cost: { charged } });
});

it('a change through this API arrives without a look at the practice', async () => {
  const stream = await open();
  const { appointments } = await event(stream);
  const booked = appointments.findLast(({ status }: { status: string }) => status === 'BOOKED');
  const cancelled = await facade.execute(
    `mutation ($id: ID!) { cancelAppointment(input: { bpSiteId: "1001", appointmentId: $id }) { __typename } }`,
    { id: booked.pmsId },
  );
  expect(cancelled.data.cancelAppointment.__typename).toBe('CancelAppointmentPayload');
  expect(await event(stream)).toMatchObject({
    changes: [{ kind: 'CANCELLED', appointment: { pmsId: booked.pmsId } }],
    cost: { charged: 1 },
  });
});

it('a practice that goes away is a gap within one interval, and a snapshot follows when it is back', async () => {
  const stream = await open();
  await event(stream);
  await control('/sandbox/faults', { bpSiteId, fault: 'offline' });
  try {
    await look();
    expect(await event(stream)).toMatchObject({
      __typename: 'AppointmentBookGap',
      reason: 'SITE_UNAVAILABLE',
      since: '2026-11-22T21:00:00Z',
    });
  } finally {
    await control('/sandbox/faults', { bpSiteId, fault: null });
  }
  const next = event(stream);
  await vi.waitFor(async () => {
    await timers.pass(60);
    expect(await Promise.race([next, settled().then(() => null)])).not.toBeNull();
  }, 60_000);
  expect((await next).__typename).toBe('AppointmentBookSnapshot');
});

it('a client that goes away while nothing happens leaves nothing behind after the grace', async () => {
  const stream = await open();
  await event(stream);
  const waiting = stream.next().catch(() => undefined);
  expect(facade.yoga.live.counts()).toEqual({ watches: 1, subscriptions: 1, leads: 1, gaps: 0 });
  await stream.close();
  await waiting;
  await vi.waitFor(() => expect(facade.yoga.live.counts().subscriptions).toBe(0), 30_000);
  await timers.pass(30);
  expect(facade.yoga.live.counts()).toEqual({ watches: 0, subscriptions: 0, leads: 0, gaps: 0 });
  expect(timers.pending).toBe(0);
});

it('fragments, aliases and directives select as in queries, in a snapshot and in changes', async () => {
  const stream = await open(
    day,
    `subscription ($bpSiteId: ID!, $from: Date!, $no: Boolean = false) {
      live: appointmentBook(bpSiteId: $bpSiteId, from: $from) {
        kind: __typename
        ...Whole
        ... on AppointmentBookChanged { news: changes { what: kind appointment { ...Entry } } }
      }
    }
    fragment Whole on AppointmentBookSnapshot { all: appointments { ...Entry ... on Appointment @include(if: $no) { comment } } }
    fragment Entry on Appointment { key: pmsId who: patient { name: fullName } reason @skip(if: true) }`,
  );
  const { live } = (await stream.next()).data;
  expect(live.kind).toBe('AppointmentBookSnapshot');
  const last = live.all.at(-1);
  expect(Object.keys(last)).toEqual(['key', 'who']);
  await atDesk({ change: Number(last.key), columns: { APPOINTMENTTIME: 64_800 } });
  await look();
  expect((await stream.next()).data.live).toEqual({
    kind: 'AppointmentBookChanged',
    news: [{ what: 'MOVED', appointment: last }],
  });
});

it('a subscription that skips its field by a variable is refused, and leaves nothing', async () => {
  const stream = await open(
    day,
    `subscription ($bpSiteId: ID!, $from: Date!, $no: Boolean = false) {
      appointmentBook(bpSiteId: $bpSiteId, from: $from) @include(if: $no) { __typename }
    }`,
  );
  expect((await stream.next()).errors).toBeDefined();
  expect(facade.yoga.live.counts().subscriptions).toBe(0);
});

it('an appointment that leaves the range and comes back is MOVED and then BOOKED', async () => {
  const stream = await open();
  const { appointments } = await event(stream);
  const [first] = appointments.filter(({ status }: { status: string }) => status === 'BOOKED');
  await atDesk({ change: Number(first.pmsId), columns: { APPOINTMENTDATE: '2026-11-25T00:00:00' } });
  await look();
  expect(await event(stream)).toMatchObject({
    changes: [
      {
        kind: 'MOVED',
        previousStart: first.start,
        appointment: { pmsId: first.pmsId, start: expect.stringMatching(/^2026-11-25/) },
      },
    ],
  });
  await atDesk({ change: Number(first.pmsId), columns: { APPOINTMENTDATE: `${sandboxToday}T00:00:00` } });
  await look();
  expect(await event(stream)).toMatchObject({
    changes: [
      { kind: 'BOOKED', previousStart: null, appointment: { pmsId: first.pmsId, start: first.start } },
    ],
  });
});

it('x-halo-price-only answers the maximum cost of an hour, and watches nothing', async () => {
  const priced = openFacade({
    baseUrl: sandbox.url,
    live: { timers, liveSettings },
    server: { priceLimit: { maxCharged: 10, source: 'auto', checksPerHour: 60 } },
  });
  const stream = await subscribe(priced.yoga, bookSubscription, day, { 'x-halo-price-only': 'true' });
  // A look each minute with a read of what changed, and the snapshot.
  const { price } = (await stream.next()).extensions.halo;
  expect(price.total).toBeGreaterThanOrEqual(121);
  expect(price.total).toBeLessThanOrEqual(250);
  expect(await stream.next()).toBeUndefined();
  const refused = await subscribe(priced.yoga, bookSubscription, day);
  expect(await refused.next()).toMatchObject({ errors: [{ extensions: { code: 'PRICE_TOO_HIGH' } }] });
  expect(priced.yoga.live.counts().watches).toBe(0);
  await priced.close();
});

it('the metrics count books, subscriptions, gaps, events and hints', async () => {
  const shown = async () => {
    const lines = (await metrics.text()).matchAll(/^halo_graph_live_(\w+)(?:\{kind="(\w+)"\})? (\d+)$/gm);
    return Object.fromEntries(
      [...lines].map(([, name, kind, value]) => [kind ? `${name} ${kind}` : name, Number(value)]),
    );
  };
  const stream = await open();
  const { appointments } = await event(stream);
  await event(await open());
  const booked = appointments.findLast(({ status }: { status: string }) => status === 'BOOKED');
  await facade.execute(
    `mutation ($id: ID!) { cancelAppointment(input: { bpSiteId: "1001", appointmentId: $id }) { __typename } }`,
    { id: booked.pmsId },
  );
  await event(stream);
  expect(await shown()).toEqual({
    ...{ books: 1, subscriptions: 2, leads: 1, gaps: 0 },
    ...{ 'events_total snapshot': 2, 'events_total gap': 0, 'events_total failed': 0 },
    // The other subscriber waits for it too, or reads it in the next moment.
    'events_total changed': expect.toBeOneOf([1, 2]),
    ...{ 'hints_total webhook': 0, 'hints_total write': 1, 'hints_total replica': 0 },
  });
  await control('/sandbox/faults', { bpSiteId, fault: 'offline' });
  try {
    await look();
    await event(stream);
    expect(await shown()).toMatchObject({ gaps: 1, 'events_total gap': expect.toBeOneOf([1, 2]) });
  } finally {
    await control('/sandbox/faults', { bpSiteId, fault: null });
  }
});

it('a known cursor goes on where it was; an unknown one yields a snapshot', async () => {
  const stream = await open();
  const { cursor, appointments } = await event(stream);
  const booked = appointments.findLast(({ status }: { status: string }) => status === 'BOOKED');
  await stream.close();
  const again = await open({ ...day, after: cursor });
  expect(await event(again)).toMatchObject({ __typename: 'AppointmentBookChanged', changes: [], cursor });
  await atDesk({ cancel: Number(booked.pmsId) });
  await look();
  const changed = await event(again);
  expect(changed.changes).toHaveLength(1);
  const late = await open({ ...day, after: cursor });
  expect(await event(late)).toMatchObject({
    changes: [{ appointment: { pmsId: booked.pmsId } }],
    cursor: changed.cursor,
  });
  for (const after of ['never', changed.cursor.slice(2)]) {
    expect((await event(await open({ ...day, after }))).__typename).toBe('AppointmentBookSnapshot');
  }
  // Of another set of users it says nothing.
  const ofOne = await open({ ...day, after: changed.cursor, userIds: ['1'] });
  expect((await event(ofOne)).__typename).toBe('AppointmentBookSnapshot');
});

it('subscribers of some users get the changes of these', async () => {
  const all = await open();
  const { appointments } = await event(all);
  const booked = appointments.filter(({ status }: { status: string }) => status === 'BOOKED');
  const mine = booked.at(-1);
  const other = booked.find(
    ({ userId }: { userId: { pmsId: string } }) => userId.pmsId !== mine.userId.pmsId,
  );
  const stream = await open({ ...day, userIds: [mine.userId.pmsId] });
  const snapshot = await event(stream);
  expect(snapshot.cost.charged).toBe(0);
  expect(
    new Set(snapshot.appointments.map(({ userId }: { userId: { pmsId: string } }) => userId.pmsId)),
  ).toEqual(new Set([mine.userId.pmsId]));
  await atDesk({ cancel: Number(other.pmsId) });
  await look();
  expect((await event(all)).changes).toHaveLength(1);
  await atDesk({ change: Number(mine.pmsId), columns: { USERID: Number(other.userId.pmsId) } });
  await look();
  expect((await event(stream)).changes).toMatchObject([
    {
      kind: 'MOVED',
      previousUser: { pmsId: mine.userId.pmsId },
      appointment: { user: { pmsId: other.userId.pmsId } },
    },
  ]);
});

it.each([
  ['a missing scope', { scopes: ['patients:read'] }, {}, 'ACCESS_DENIED'],
  ['another practice', { practices: ['1002'] }, {}, 'NOT_FOUND'],
  ['an unknown practice', {}, { bpSiteId: '4711' }, 'NOT_FOUND'],
  ['eight days', {}, { to: '2026-11-30' }, 'INVALID_INPUT'],
  ['no date', {}, { from: 'today' }, 'INVALID_INPUT'],
])('%s is the only event, and nothing is watched', async (_name, rights, variables, code) => {
  caller = { name: 'desk', scopes: everyScope, practices: 'all', ...rights };
  const stream = await open({ ...day, ...variables });
  expect(await event(stream)).toMatchObject({ code });
  expect(await stream.next()).toBeUndefined();
  expect(facade.yoga.live.counts().watches).toBe(0);
});

it('a field without its scope is null with an error, as in queries', async () => {
  caller = { name: 'desk', scopes: ['appointments:read'], practices: 'all' };
  const stream = await open();
  const { data, errors } = await stream.next();
  expect(data.appointmentBook.appointments[0]).toMatchObject({ patient: null });
  expect(errors).toMatchObject([
    { extensions: { code: 'ACCESS_DENIED' } },
    { extensions: { code: 'ACCESS_DENIED' } },
  ]);
});

it.each([
  [
    'a revoked key',
    () => Unauthenticated.refused('revoked'),
    { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  ],
  [
    'lost scopes',
    () => ({ name: 'desk', scopes: ['patients:read'], practices: 'all' as const }),
    { data: { appointmentBook: { code: 'ACCESS_DENIED' } } },
  ],
  [
    'lost practices',
    () => ({ name: 'desk', scopes: everyScope, practices: ['1002'] }),
    { data: { appointmentBook: { code: 'ACCESS_DENIED' } } },
  ],
])('%s ends the stream within five seconds with a typed error', async (_name, now, last) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const stream = await open();
  await event(stream);
  const next = stream.next();
  caller = now();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await next).toMatchObject(last);
  expect(await stream.next()).toBeUndefined();
  expect(facade.yoga.live.counts().subscriptions).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

it('what each subscriber reads of patients is on record under its own name', async () => {
  const stream = await open();
  await event(stream);
  caller = { name: 'kiosk', scopes: everyScope, practices: 'all' };
  await event(await open());
  const lines = facade.log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'patient data');
  expect(new Set(lines.map(({ caller: who }) => who))).toEqual(new Set(['desk', 'kiosk']));
  expect(lines.filter(({ kind }) => kind === 'PATIENTS')).toHaveLength(2);
});

it('a server that stops ends the streams with a reason and when to come back', async () => {
  const stream = await open();
  await event(stream);
  const next = stream.next();
  await facade.yoga.drainStreams(0);
  expect(await next).toMatchObject({
    errors: [{ extensions: { code: 'SERVER_STOPPING', retryAfterSeconds: expect.any(Number) } }],
  });
  expect(await stream.next()).toBeUndefined();
});
