/** What deploy/try.sh checks in the running deployment, through nginx where a caller would. */
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const { OPERATOR_KEY = '', APP_KEY = '', WEBHOOK_SECRET = '', FACADE_2_PID = '' } = process.env;
const outside = 'https://localhost:8443';
const prometheus = 'http://prometheus:9090';
const bpSiteId = '1001';

// biome-ignore lint/suspicious/noExplicitAny: a response has the shape of its query
type Json = any;

const ok = (text: string) => process.stdout.write(`  ok  ${text}\n`);
function expect(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** The first result that is not undefined. Errors count as undefined. */
async function eventually<T>(what: string, seconds: number, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (let last: unknown; ; await pause(50)) {
    const found = await look().catch((error: unknown) => {
      last = error;
      return undefined;
    });
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s. ${String(last ?? '')}`);
  }
}

async function graphql(origin: string, query: string, variables: object = {}): Promise<Json> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${APP_KEY}` },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Json;
  expect(response.status === 200 && !body.errors, `${response.status}: ${JSON.stringify(body.errors)}`);
  return body.data;
}

const statusOf = async (path: string, init: RequestInit = {}) =>
  (await fetch(`${outside}${path}`, init)).status;

for (const replica of ['facade-1', 'facade-2'])
  await eventually(`${replica} is ready`, 30, async () =>
    (await fetch(`http://${replica}:4000/ready`)).ok ? true : undefined,
  );
const name = await eventually('the practice through nginx', 15, async () => {
  const { practice } = await graphql(
    outside,
    `{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { name } } }`,
  );
  return practice?.name as string | undefined;
});
expect(name === 'Sandbox Wattle Practice', name);
ok('two replicas answer through nginx with TLS');

const withKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
for (const path of ['/metrics', '/ready', '/health'])
  expect((await statusOf(path)) === 404, `${path} is open`);
const post = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{ __typename }"}',
};
expect((await statusOf('/graphql', post)) === 401, 'a request without a credential');
expect((await statusOf('/status')) === 401, '/status without a credential');
expect((await statusOf('/status', withKey(APP_KEY))) === 403, '/status without the scope');
const report = (await (await fetch(`${outside}/status`, withKey(OPERATOR_KEY))).json()) as Json;
expect(report.redis === 'answers' && report.practices[0]?.bpSiteId === bpSiteId, JSON.stringify(report));
ok(
  'metrics stay inside, callers need a key, /status needs the scope operator; Redis answers with its own user',
);

// A day ahead that has a free time.
const slotsQuery = `query ($bpSiteId: ID!, $from: Date!, $to: Date!) { practice(bpSiteId: $bpSiteId) { ... on Practice {
  availableSlots(from: $from, to: $to) { ... on AvailableSlots { slots { start user { id } } } } } } }`;
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const slots = await graphql(outside, slotsQuery, { bpSiteId, from: day(2), to: day(6) });
const slot = slots.practice.availableSlots.slots.at(-1);
expect(slot !== undefined, 'no free time in the sandbox');
const from = slot.start.slice(0, 10) as string;

const subscription = `subscription ($bpSiteId: ID!, $from: Date!) { appointmentBook(bpSiteId: $bpSiteId, from: $from) {
  __typename ... on AppointmentBookSnapshot { maxLagSeconds }
  ... on AppointmentBookChanged { changes { kind appointment { id } } } ... on HaloError { code } } }`;
/** Reads an event stream in the background. */
async function subscribe(origin: string): Promise<() => string> {
  const stream = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${APP_KEY}`,
    },
    body: JSON.stringify({ query: subscription, variables: { bpSiteId, from } }),
  });
  expect(stream.ok && stream.body !== null, `the stream: ${stream.status}`);
  let received = '';
  const read = async () => {
    for await (const chunk of stream.body as AsyncIterable<Uint8Array>)
      received += Buffer.from(chunk).toString('utf8');
  };
  // Streams end with their replica.
  read().catch(() => {});
  return () => received;
}
// One of the replicas is not the one that will book.
const streams = await Promise.all([outside, 'http://facade-1:4000', 'http://facade-2:4000'].map(subscribe));
const eachReceives = (what: string, seconds: number, ...texts: readonly string[]) =>
  eventually(what, seconds, async () =>
    streams.every((received) => texts.every((text) => received().includes(text))) ? true : undefined,
  );
await eachReceives('the snapshot', 20, 'AppointmentBookSnapshot');

const booking = `mutation ($booking: BookAppointmentInput!) { bookAppointment(input: $booking) { __typename
  ... on BookAppointmentPayload { appointment { id } } ... on HaloError { code message } } }`;
const input = {
  bpSiteId,
  start: slot.start,
  userId: slot.user.id,
  patientId: '20',
  idempotencyKey: randomUUID(),
};
const book = async (origin: string) =>
  (await graphql(origin, booking, { booking: input })).bookAppointment.appointment?.id as string | undefined;
const booked = await book(outside);
expect(booked !== undefined, 'the booking');
const bookedAt = Date.now();
// Less than the ten seconds between two polls, which would find the booking too.
await eachReceives('the event of the booking', 5, '"BOOKED"', booked);
ok(
  `a booking is on live streams through nginx and of both replicas ${Date.now() - bookedAt} ms after its response`,
);
const again = [await book('http://facade-1:4000'), await book('http://facade-2:4000')];
expect(
  again.every((id) => id === booked),
  'the same key booked twice',
);
ok('both replicas know its idempotency key: it is booked once');

const webhook = (secret: string) => {
  const [id, occurredAt] = [randomUUID(), new Date().toISOString()];
  const body = JSON.stringify({
    id,
    occurredAt,
    siteId: randomUUID(),
    queryId: randomUUID(),
    webhookSource: 'async',
  });
  const signature = createHmac('sha256', secret).update(`${body}.${occurredAt}`).digest('hex');
  const headers = { 'x-halo-id': id, 'x-halo-timestamp': occurredAt, 'x-halo-signature-256': signature };
  return statusOf('/webhooks/halo', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
};
expect((await webhook(WEBHOOK_SECRET)) === 200, 'a signed webhook is not accepted');
expect((await webhook('another')) === 401, 'a forged webhook is accepted');
ok('a signed webhook is accepted through nginx, a forged one refused');

const queryApi = async (path: string): Promise<Json> => {
  const { status, data, error } = (await (await fetch(`${prometheus}/api/v1/${path}`)).json()) as Json;
  expect(status === 'success', `${path}: ${error}`);
  return data;
};
const value = async (query: string) =>
  Number((await queryApi(`query?query=${encodeURIComponent(query)}`)).result[0]?.value[1]);
await eventually('two scrapes of each replica', 60, async () =>
  (await value('min(count_over_time(up{job="halo-graph"}[2m])) >= 2 and sum(up{job="halo-graph"}) == 2')) > 0
    ? true
    : undefined,
);
const { groups } = await queryApi('rules');
const rules = groups.flatMap((group: Json) => group.rules);
expect(rules.length > 10 && rules.every(({ health }: Json) => health !== 'err'), JSON.stringify(rules));
const dashboard = readFileSync(new URL('../grafana/halo-graph.json', import.meta.url), 'utf8');
const queries = (JSON.parse(dashboard).panels as Json[]).flatMap(({ targets }) =>
  targets.map(({ expr }: Json) => expr as string),
);
const empty: string[] = [];
for (const query of queries) {
  const { result } = await queryApi(
    `query?query=${encodeURIComponent(query.replaceAll('$__rate_interval', '2m'))}`,
  );
  if (result.length === 0) empty.push(query);
}
// No call was sent twice in this run.
expect(
  empty.every((query) => query.includes('retries')),
  `dashboard queries without data: ${empty.join('; ')}`,
);
ok(
  `Prometheus scrapes both replicas, evaluates ${rules.length} rules, and answers the ${queries.length} queries of the dashboard`,
);

process.kill(Number(FACADE_2_PID), 'SIGTERM');
const endsBy = Date.now() + 20_000;
const isRunning = () =>
  fetch('http://facade-2:4000/health').then(
    () => true,
    () => false,
  );
let answered = 0;
// Paced: a fast machine would meet the limit of a caller.
for (let after = 20; after > 0; after -= (await isRunning()) ? 0 : 1) {
  await pause(20);
  // Throws at the first request that is not answered.
  await graphql(outside, `{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { name } } }`);
  answered += 1;
  expect(Date.now() < endsBy, 'facade-2 does not end');
}
ok(`facade-2 stopped; all ${answered} requests through nginx were answered meanwhile`);
const alarm = await eventually('the alarm HaloGraphDown', 60, async () => {
  const { alerts } = await queryApi('alerts');
  return alerts.find(
    ({ labels }: Json) => labels.alertname === 'HaloGraphDown' && labels.instance === 'facade-2:4000',
  );
});
ok(`the alarm HaloGraphDown is ${alarm.state} for ${alarm.labels.instance}`);
process.exit(0);
