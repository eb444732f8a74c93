/**
 * Halo Cloud's published OpenAPI, against what the sandbox answers and what the facade sends. The document is not part of
 * the project: where it is absent these tests are skipped, and say so.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { defaultKey, type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { deviations } from './deviations.ts';
import { type Exchange, type Finding, openApiIsHere, readOpenApi } from './openapi.ts';

if (!openApiIsHere) {
  process.stdout.write('SKIPPED test/contract: ../shared/halo/integrator-openapi.json is not here.\n');
}

/** What this version speaks; the rest of the document is asynchronous and registered queries, pairing, and its old alias. */
const spoken = [
  'GET /integrator/sites',
  'GET /integrator/sites/{siteId}',
  'POST /integrator/sites/{siteId}/queries/immediate',
  'GET /integrator/sites/{siteId}/fhir/R4/{fhirParameters}',
  'POST /integrator/sites/{siteId}/fhir/R4/{resource}/_search',
  'POST /integrator/pair-site',
];
const operations = new URL('../../examples/operations/', import.meta.url);
const faults = [
  'offline',
  'unreachable',
  'moved',
  'not-paired',
  'quota',
  'ip-not-allowed',
  '429',
  '500',
  '503',
  '504',
  '413',
];

describe.skipIf(!openApiIsHere)('the published contract', () => {
  const exchanges: Exchange[] = [];
  let sandbox: RunningSandbox;
  const facades: Facade[] = [];
  const judge = openApiIsHere ? readOpenApi() : undefined;
  const judged = () => exchanges.map((exchange) => ({ exchange, findings: judge?.findings(exchange) ?? [] }));
  const excused = (finding: Finding) => deviations.find((deviation) => deviation.applies(finding));

  beforeAll(async () => {
    sandbox = await startSandbox({ today: sandboxToday, onExchange: (exchange) => exchanges.push(exchange) });
    const open = (source: 'auto' | 'bp-premier' | 'sql-passthrough', key?: string) => {
      const facade = openFacade({ baseUrl: sandbox.url, source, ...(key ? { key } : {}) });
      facades.push(facade);
      return facade;
    };
    for (const source of ['sql-passthrough', 'bp-premier'] as const) {
      const facade = open(source);
      for (const name of readdirSync(operations)) {
        const text = readFileSync(new URL(name, operations), 'utf8');
        const names = [...text.matchAll(/^(?:query|mutation) (\w+)/gm)].map(([, operation]) => operation);
        let written = '';
        for (const operation of names) {
          const variables = { ...exampleVariables, ...writes(source, written) };
          const { data } = await facade.ask(text, variables, {}, operation);
          written = data.bookAppointment?.appointment.id ?? written;
        }
      }
      for (const pairingCode of ['SANDBX', 'WRONG1']) await facade.ask(pair, { pairingCode });
      for (const fault of faults) await facade.askWith(fault, probe);
    }
    await open('auto', 'a-wrong-key').ask(probe);
    await open('bp-premier', 'a-wrong-key').ask(probe);
    await direct(sandbox.url, '/integrator/sites');
    await direct(sandbox.url, '/integrator/sites/00000000-0000-4000-8000-000000000000');
    await direct(sandbox.url, `${siteOf('1001')}/queries/immediate`, { command: { text: 'SELEC 1' } });
    await direct(sandbox.url, `${siteOf('1001')}/queries/immediate`, {
      command: { text: 'SELECT x AS y FROM dbo.NOWHERE' },
    });
    await direct(sandbox.url, `${siteOf('1001')}/fhir/R4/Nothing`);
    await direct(sandbox.url, `${siteOf('1001')}/fhir/R4/Patient/1`);
    await direct(sandbox.url, `${siteOf('1001')}/fhir/R4/Patient/0`);
  });
  afterAll(async () => {
    await Promise.all(facades.map((facade) => facade.close()));
    await sandbox?.close();
  });

  it('has been exercised: every operation that is spoken, with its answers and errors', () => {
    const seen = new Set(exchanges.map((exchange) => judge?.operationOf(exchange)));
    for (const operation of spoken) expect(seen).toContain(operation);
    const statuses = new Set(exchanges.map(({ status }) => status));
    for (const status of [200, 400, 401, 403, 404, 413, 429, 500, 503, 504])
      expect(statuses).toContain(status);
    expect(exchanges.length).toBeGreaterThan(60);
  });

  it('is kept by every request and every answer, documented deviations aside', () => {
    const breaches = judged()
      .flatMap(({ findings }) => findings)
      .filter((finding) => !isOurMistakeOnPurpose(finding) && !excused(finding))
      .map(({ operation, status, problem }) => `${operation} ${status}: ${problem}`);
    expect([...new Set(breaches)]).toEqual([]);
  });

  it('is departed from only as the list of deviations says, each of which still happens', () => {
    const used = new Set(judged().flatMap(({ findings }) => findings.map((finding) => excused(finding)?.id)));
    expect(deviations.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });

  it('is kept to its examples too: an error says what it is, where the schema would take anything', () => {
    for (const { status, responseBody, method, path } of exchanges) {
      const body = JSON.parse(responseBody);
      const says =
        body.error?.status === status || body.errorDetails || body.resourceType === 'OperationOutcome';
      if (status >= 400) expect(says, `${method} ${path} ${status}`).toBeTruthy();
    }
  });

  it('has patient details in no URL', () => {
    for (const { path } of exchanges)
      expect(path).not.toMatch(/sample|name=(?!Best|Zedmed|D4w)|birth|phone|identifier/i);
  });
});

/** Requests that the test itself made wrong, to see the error. */
function isOurMistakeOnPurpose({ operation, status, problem }: Finding): boolean {
  return operation === 'GET /integrator/sites' && status === 400 && problem.includes('is missing');
}

const exampleVariables = {
  bpSiteId: '1001',
  bpSiteIds: ['1001', '9001'],
  from: '2026-11-24',
  to: '2026-11-24',
  date: '2026-11-24',
  haloGuid: siteOf('1001').split('/').at(-1),
  search: { name: 'sample' },
  name: 'sample',
  patientId: '7',
  pmsSiteId: '1001',
};
/** What no date of the sandbox's book takes: each source books and changes an appointment of its own. */
const writes = (source: 'sql-passthrough' | 'bp-premier', appointmentId: string) => ({
  booking: {
    bpSiteId: '1001',
    userId: '2',
    patientId: '1',
    start: source === 'bp-premier' ? '2027-09-06T10:00:00+10:00' : '2027-09-07T10:00:00+10:00',
    idempotencyKey: source,
  },
  move: { bpSiteId: '1001', appointmentId, start: '2027-09-08T10:00:00+10:00' },
  cancellation: { bpSiteId: '1001', appointmentId },
});
const pair = `mutation ($pairingCode: String) {
  pairSite(input: { pmsSiteId: "1001", pairingCode: $pairingCode }) { __typename } }`;
const probe = `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-24", first: 1) { __typename } } }
  site(haloGuid: "${siteOf('1001').split('/').at(-1)}") { __typename } }`;

function siteOf(bpSiteId: string): string {
  return `/integrator/sites/${practices.find((practice) => practice.bpSiteId === bpSiteId)?.haloGuid}`;
}

async function direct(base: string, path: string, body?: object): Promise<void> {
  const response = await fetch(base + path, {
    method: body ? 'POST' : 'GET',
    headers: { 'ocp-apim-subscription-key': defaultKey, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  await response.text();
}
