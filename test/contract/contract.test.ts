/**
 * Halo Cloud's published OpenAPI, against what the sandbox answers and what the facade sends. The document is not part of
 * the project: where it is absent these tests are skipped, and say so.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { deviations } from './deviations.ts';
import { contractPace, direct, exerciseQueries, pathOf } from './exercise-queries.ts';
import {
  type Answered,
  exampleVariables,
  facadeQueries,
  faults,
  neverSent,
  probe,
} from './facade-queries.ts';
import { type Exchange, type Finding, type Json, openApiIsHere, readOpenApi } from './openapi.ts';
import { runSqlOperations } from './sql-operations.ts';

if (!openApiIsHere) {
  process.stdout.write('SKIPPED test/contract: ../shared/halo/integrator-openapi.json is not here.\n');
}

/** Of one contract with `POST /integrator/pair-site`. */
const deprecated = 'POST /integrator/pairSite';
const operations = new URL('../../examples/operations/', import.meta.url);

describe.skipIf(!openApiIsHere)('the published contract', () => {
  const exchanges: Exchange[] = [];
  let sandbox: RunningSandbox;
  let slowSandbox: RunningSandbox;
  const facades: Facade[] = [];
  const judge = openApiIsHere ? readOpenApi() : undefined;
  const judged = () => exchanges.map((exchange) => ({ exchange, findings: judge?.findings(exchange) ?? [] }));
  const excused = (finding: Finding) => deviations.find((deviation) => deviation.applies(finding));

  beforeAll(async () => {
    const onExchange = (exchange: Exchange) => exchanges.push(exchange);
    sandbox = await startSandbox({ today: sandboxToday, onExchange });
    slowSandbox = await startSandbox({ today: sandboxToday, onExchange, pace: contractPace });
    const open = (source: 'auto' | 'bp-premier' | 'sql-passthrough', key?: string) => {
      const facade = openFacade({ baseUrl: sandbox.url, source, ...(key ? { key } : {}) });
      facades.push(facade);
      return facade;
    };
    for (const source of ['sql-passthrough', 'bp-premier'] as const) {
      const facade = open(source);
      for (const name of readdirSync(operations)) {
        // Sends what book-move-cancel.graphql sends, with one variable for three kinds of input.
        if (name === 'flat-booking.graphql') continue;
        const text = readFileSync(new URL(name, operations), 'utf8');
        const names = [...text.matchAll(/^(?:query|mutation) (\w+)/gm)].map(([, operation]) => operation);
        let answered: Answered = {};
        for (const operation of names) {
          const { data } = await facade.execute(text, exampleVariables(source, answered), {}, operation);
          answered = {
            appointmentId: data.bookAppointment?.appointment?.id ?? answered.appointmentId,
            queryId: data.startSqlQuery?.query?.queryId ?? answered.queryId,
          };
        }
      }
      await runSqlOperations(facade, () => sandbox.advance(10_000));
      for (const { query, variables } of facadeQueries) await facade.execute(query, variables);
      for (const fault of faults) await facade.executeWithFault(fault, probe);
    }
    await open('auto', 'a-wrong-key').execute(probe);
    await open('bp-premier', 'a-wrong-key').execute(probe);
    await direct(sandbox.url, '/integrator/sites');
    await direct(sandbox.url, '/integrator/sites/00000000-0000-4000-8000-000000000000');
    await direct(sandbox.url, `${pathOf('1001')}/queries/immediate`, {
      body: { command: { text: 'SELEC 1' } },
    });
    const unknownTable = { command: { text: 'SELECT x AS y FROM dbo.NOWHERE' } };
    await direct(sandbox.url, `${pathOf('1001')}/queries/immediate`, { body: unknownTable });
    await direct(sandbox.url, `${pathOf('1001')}/fhir/R4/Nothing`);
    await direct(sandbox.url, `${pathOf('1001')}/fhir/R4/Patient/1`);
    await direct(sandbox.url, `${pathOf('1001')}/fhir/R4/Patient/0`);
    await exerciseQueries(slowSandbox);
  });
  afterAll(async () => {
    await Promise.all(facades.map((facade) => facade.close()));
    await Promise.all([sandbox?.close(), slowSandbox?.close()]);
  });

  it('is implemented completely by the sandbox, including errors, except the deprecated alias', () => {
    const seen = new Set(exchanges.map((exchange) => judge?.operationOf(exchange)));
    const missing = judge?.operations.filter((operation) => operation !== deprecated && !seen.has(operation));
    expect(missing).toEqual([]);
    const statuses = new Set(exchanges.map(({ status }) => status));
    for (const status of [200, 201, 202, 204, 400, 401, 403, 404, 410, 413, 429, 500, 503, 504])
      expect(statuses).toContain(status);
    expect(exchanges.length).toBeGreaterThan(60);
  });

  it('has every query status, with all its fields', () => {
    const queries = exchanges
      .filter(isAboutQueries)
      .flatMap(({ responseBody }) => queriesIn(JSON.parse(responseBody)));
    const seen = new Set(queries.map(({ status }) => status));
    expect(judge?.asyncStatuses.filter((status) => !seen.has(status))).toEqual([]);
    expect([...new Set(queries.flatMap((query) => judge?.asyncQueryProblems(query) ?? []))]).toEqual([]);
  });

  it('is used completely by the facade, except what it documents as not needed', () => {
    const facadeSent = exchanges.filter(({ requestHeaders }) => !('x-contract-test' in requestHeaders));
    const seen = new Set(facadeSent.map((exchange) => judge?.operationOf(exchange)));
    const missing = judge?.operations.filter((operation) => !seen.has(operation));
    expect(missing?.sort()).toEqual([...neverSent].sort());
  });

  it('is followed by every request and response, except documented deviations', () => {
    const breaches = judged()
      .flatMap(({ findings }) => findings)
      .filter((finding) => !isOurMistakeOnPurpose(finding) && !excused(finding))
      .map(({ operation, status, problem }) => `${operation} ${status}: ${problem}`);
    expect([...new Set(breaches)]).toEqual([]);
  });

  it('has only the listed deviations, and each of them still occurs', () => {
    const used = new Set(judged().flatMap(({ findings }) => findings.map((finding) => excused(finding)?.id)));
    expect(deviations.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });

  it('is followed in its examples too: errors have all fields, where the schema allows anything', () => {
    for (const { status, responseBody, method, path } of exchanges) {
      if (status < 400) continue;
      const body = JSON.parse(responseBody);
      const says =
        body.error?.status === status || body.errorDetails || body.resourceType === 'OperationOutcome';
      expect(says, `${method} ${path} ${status}`).toBeTruthy();
    }
  });

  it('has patient details in no URL', () => {
    for (const { path } of exchanges)
      expect(path).not.toMatch(/sample|name=(?!Best|Zedmed|D4w)|birth|phone|identifier/i);
  });
});

/** Answers that carry async queries: of starting one, of its status, of many at once. */
function isAboutQueries({ path, status }: Exchange): boolean {
  return status < 300 && /\/queries\/(async|status|[\da-f-]{36})$/.test(path);
}

function queriesIn(body: Json): readonly Json[] {
  const queries = Array.isArray(body.results) ? body.results.map(({ query }) => query) : [body];
  return queries.filter((query) => query?.mode === 'async');
}

/** Requests that the test itself made wrong, to see the error. */
function isOurMistakeOnPurpose({ operation, status, problem }: Finding): boolean {
  return operation === 'GET /integrator/sites' && status === 400 && problem.includes('is missing');
}
