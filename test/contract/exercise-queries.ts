/** Every query operation of the published contract, sent directly to a sandbox, with its responses and errors. */
import { practices } from '../../sandbox/practices.ts';
import { defaultKey, type RunningSandbox } from '../../sandbox/server/start.ts';

/** Marks requests that a test sends itself, instead of the facade. */
export const sentByTest = { 'x-contract-test': 'direct' };

interface RequestOptions {
  readonly method?: string;
  readonly body?: object;
  readonly fault?: string;
  readonly key?: string;
}

/** The path of a site. */
export function pathOf(bpSiteId: string): string {
  return `/integrator/sites/${practices.find((practice) => practice.bpSiteId === bpSiteId)?.haloGuid}`;
}

/** Sends a request; the answer's JSON, if it is any. */
export async function direct(
  base: string,
  path: string,
  { body, fault, key = defaultKey, method = body ? 'POST' : 'GET' }: RequestOptions = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...sentByTest,
      'ocp-apim-subscription-key': key,
      ...(body && { 'content-type': 'application/json' }),
      ...(fault && { 'x-sandbox-fault': fault }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
}

const twoPages = `SELECT TOP 200 CAST('x' AS char(8000)) AS wide FROM DAYOFWEEK a CROSS JOIN DAYOFWEEK b CROSS JOIN DAYOFWEEK c`;
const output = { name: '@n', type: 'Int', direction: 'output', value: null };
const commands = [
  { text: 'SELECT DAYCODE FROM DAYOFWEEK' },
  { text: twoPages },
  { text: 'SELECT 1 AS one WHERE 1 = 0' },
  { text: 'SELECT 7', executionMode: 'scalar' },
  { text: 'SET @n = 7', executionMode: 'nonQuery', parameters: [output] },
  { text: 'selct' },
];
const failures = [
  'offline',
  'unreachable',
  'queue-60000',
  'fail-initialisationFailedCacheError',
  'fail-uploadFailed',
];
const refusals = ['429', '503', '504', '500', 'not-paired', 'moved'];
const unknownId = '5a4db0c5-0000-4000-8000-00000000abcd';

/** Sends requests and advances the clock until each kind of query has returned each status. */
export async function exerciseQueries(sandbox: RunningSandbox): Promise<void> {
  const site = pathOf('1001');
  const sendRequest = (path: string, requests: RequestOptions = {}) =>
    direct(sandbox.url, `${site}/queries/${path}`, requests);
  const started: unknown[] = [];
  const start = async (body: object, fault?: string) =>
    started.push((await sendRequest('async', { body, ...(fault && { fault }) })).id);
  const registered: unknown[] = [];
  const registration = (text: string) => ({
    name: 'Sample',
    registeredQueryType: 'query',
    frequency: 60,
    duration: 120,
    registerCommand: { command: { text } },
  });
  const lookAtAll = async () => {
    for (const id of started) {
      await sendRequest(`${id}`);
      await sendRequest(`${id}/results/1`);
      await sendRequest(`${id}/results/2/stream`);
    }
    await sendRequest('status', { body: { queryIds: [...started, unknownId] } });
    for (const id of [...registered, unknownId]) {
      await sendRequest(`registered/${id}`);
      await sendRequest(`registered/${id}/results`);
    }
    await sendRequest('registered');
    await sendRequest('registered', { fault: 'registered-all' });
  };

  for (const command of commands) await start({ command, catalogue: 'BPSPatients' });
  for (const fault of failures) await start({ command: commands[0], maxTimeInQueue: 10_000 }, fault);
  for (const command of commands) started.push((await sendRequest('immediate', { body: { command } })).id);
  for (const text of ['SELECT 1 AS one', 'selct', 'SELECT GETDATE() AS now'])
    registered.push((await sendRequest('registered', { body: registration(text) })).id);
  await sendRequest(`registered/${registered[2]}`, { method: 'DELETE' });
  await sendRequest(`registered/${unknownId}`, { method: 'DELETE' });
  // A stage of the pace each, until all have come to their ends; then past the day that results are kept.
  for (const ms of [0, 10_000, 10_000, 10_000, 10_000, 130_000, 24 * 3_600_000]) {
    sandbox.advance(ms);
    await lookAtAll();
  }
  await sendRequest(`${unknownId}/results/1/stream`);
  const body = { command: commands[0] };
  const requests: readonly (readonly [string, RequestOptions])[] = [
    ['async', { body }],
    ['immediate', { body }],
    ['registered', { body: registration('SELECT 1 AS one') }],
    ['status', { body: { queryIds: [unknownId] } }],
    ['registered', {}],
    [`registered/${unknownId}`, {}],
    [`registered/${unknownId}/results`, {}],
    [`${unknownId}`, {}],
    [`${unknownId}/results/1`, {}],
    [`${unknownId}/results/1/stream`, {}],
  ];
  for (const [path, how] of requests) {
    for (const fault of refusals) await sendRequest(path, { ...how, fault });
    await sendRequest(path, { ...how, key: 'a-wrong-key' });
  }
}

/** Slow enough that only the clock put forward by `exerciseQueries` moves queries on. */
export const contractPace = { initialisingMs: 9_500, queuedMs: 9_500, executingMs: 9_500, pageMs: 9_500 };
