/**
 * Every saved operation through both sources, with Prism between the facade and the sandbox. `test/contract` holds the same
 * document against the same exchanges with a validator of this project's choice: here an independent validator decides.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server/start.ts';
import { readOneOfAsAnyOf } from '../../contract/deviations.ts';
import { type Answered, exampleVariables, facadeQueries } from '../../contract/facade-queries.ts';
import { openApiIsHere, openApiPath } from '../../contract/openapi.ts';
import { runSqlOperations } from '../../contract/sql-operations.ts';
import { type Facade, openFacade } from '../../open-facade.ts';
import { sandboxToday } from '../../sandbox-today.ts';
import { type Prism, startPrism, type Violation } from './prism.ts';

if (!openApiIsHere) {
  process.stdout.write('SKIPPED test/foreign/openapi: ../shared/halo/integrator-openapi.json is not here.\n');
}

const operations = new URL('../../../examples/operations/', import.meta.url);

describe.skipIf(!openApiIsHere)('the published contract, as Prism reads it', () => {
  let folder: string;
  let sandbox: RunningSandbox;
  let prism: Prism;
  const facades: Facade[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'halo-openapi-'));
    const document = join(folder, 'openapi.json');
    const text = readFileSync(openApiPath, 'utf8');
    writeFileSync(document, readOneOfAsAnyOf ? text.replaceAll('"oneOf":', '"anyOf":') : text);
    sandbox = await startSandbox({ today: sandboxToday });
    prism = await startPrism(document, sandbox.url);
    for (const source of ['sql-passthrough', 'bp-premier'] as const) {
      const facade = openFacade({ baseUrl: prism.url, source });
      facades.push(facade);
      await sendEverything(facade, source, sandbox);
    }
  });
  afterAll(async () => {
    await Promise.all(facades.map((facade) => facade.close()));
    await prism?.close();
    await sandbox?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  it('is spoken by the facade: queries of all kinds, FHIR searches, look-ups', () => {
    expect(prism.exchanges.length).toBeGreaterThan(60);
    for (const part of [
      /^GET \/integrator\/sites$/,
      /^POST .*\/queries\/immediate$/,
      /^POST .*\/queries\/async$/,
      /^POST .*\/queries\/registered$/,
      /^POST .*\/fhir\/R4\/Patient\/_search$/,
      /^GET .*\/fhir\/R4\/metadata$/,
    ]) {
      expect(
        prism.exchanges.some((exchange) => part.test(exchange)),
        String(part),
      ).toBe(true);
    }
  });

  it('is kept by every request and every answer', () => {
    const found = prism.violations
      .filter((each) => !isStreamedPage(each))
      .map(
        ({ method, path, status, problem }) =>
          `${method} ${path.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '{id}')} ${status} ${problem}`,
      );
    expect([...new Set(found)]).toEqual([]);
  });
});

/** The deviation `streamed-page` of `test/contract/deviations.ts`. */
function isStreamedPage({ path, problem }: Violation): boolean {
  return path.endsWith('/stream') && problem === 'response.body: Response body must be string';
}

async function sendEverything(
  facade: Facade,
  source: 'sql-passthrough' | 'bp-premier',
  sandbox: RunningSandbox,
): Promise<void> {
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
}
