/** The status of an async query as it changes. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { ManualTimers } from './manual-timers.ts';
import { type OpenStream, subscribe } from './subscribe.ts';

const subscription = `subscription ($id: UUID!) {
  sqlQuery(site: { bpSiteId: "1001" }, id: $id) { __typename ... on SqlQuery { queryId status rowCount } ... on HaloError { code } }
}`;
let sandbox: RunningSandbox;
let facade: Facade;
let timers: ManualTimers;
const streams: OpenStream[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ today: sandboxToday, pace: { executingMs: 60_000 } });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  timers = new ManualTimers(Date.now());
  facade = openFacade({ baseUrl: sandbox.url, live: { timers } });
});
afterEach(async () => {
  await Promise.all(streams.splice(0).map((stream) => stream.close()));
  await facade.close();
});

async function open(id: string) {
  const stream = await subscribe(facade.yoga, subscription, { id });
  streams.push(stream);
  return stream;
}

async function started(): Promise<string> {
  const { data } = await facade.execute(`mutation {
    startSqlQuery(input: { site: { bpSiteId: "1001" }, command: { text: "SELECT 1 AS a" } }) {
      ... on StartSqlQueryPayload { query { queryId } }
    }
  }`);
  return data.startSqlQuery.query.queryId;
}

const event = async (stream: OpenStream) => (await stream.next())?.data.sqlQuery;

it('an event for each status, until the last one', async () => {
  const id = await started();
  const stream = await open(id);
  const seen = [(await event(stream)).status];
  while (seen.at(-1) !== 'SUCCESSFUL') {
    const next = event(stream);
    let found: { status: string } | undefined;
    next.then((it) => {
      found = it;
    });
    for (let tries = 0; found === undefined && tries < 100; tries += 1) {
      sandbox.advance(20_000);
      await timers.pass(10);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    seen.push((await next).status);
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(await stream.next()).toBeUndefined();
  expect(timers.pending).toBe(0);
  expect(facade.yoga.live.hints.listeners).toBe(0);
});

it('a client that goes away leaves no timer behind', async () => {
  const stream = await open(await started());
  await event(stream);
  expect(timers.pending).toBe(1);
  await stream.close();
  await vi.waitFor(() => expect(timers.pending).toBe(0), 20_000);
  expect(facade.yoga.live.hints.listeners).toBe(0);
});

it('an unknown query is NotFound, the only event', async () => {
  const stream = await open('123e4567-e89b-12d3-a456-426614174000');
  expect(await event(stream)).toEqual({ __typename: 'NotFound', code: 'NOT_FOUND' });
  expect(await stream.next()).toBeUndefined();
});
