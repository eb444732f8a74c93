/** No operation costs more than its price: random queries in both shapes and random mutations, by each source. */
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { documentLimits, limitRule } from '../../src/limits/document-rules.ts';
import { priceOf } from '../../src/price/price-of.ts';
import { schema } from '../../src/schema/index.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { flattened, withoutErrors } from './flattened.ts';
import { type RandomOperation, randomOperation } from './random-operation.ts';

const runs = Number(process.env.PRICE_RUNS ?? 60);
const kinds: Readonly<Record<string, (generate: fc.GeneratorValue) => RandomOperation>> = {
  query: (generate) => randomOperation(generate),
  'query of flat fields': (generate) => {
    const { query, variables } = randomOperation(generate);
    return { query: flattened(schema, withoutErrors(schema, query)), variables };
  },
  mutation: (generate) => randomOperation(generate, 'mutation'),
};

/** This file writes to it. */
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ today: sandboxToday });
});
afterAll(() => sandbox.close());

describe.each(['auto', 'sql-passthrough', 'bp-premier'] as const)('by %s', (source) => {
  let facade: Facade;
  beforeAll(() => {
    facade = openFacade({ source, baseUrl: sandbox.url });
  });
  afterAll(() => facade.close());

  test('a watch reads reference data of its own, beside what the operation reads', async () => {
    const query = `{ practice(bpSiteId: "1004") { ... on Practice {
      patientOrNull(pmsId: "1") { appointmentsConnection(first: 1) { nodes { location { name } } } }
      appointmentChangesOrNull(from: "2026-11-23") { changes { appointment { location { name } } } }
    } } }`;
    const price = priceOf(schema, parse(query), null, {}, { source, viewerPractices: 0 });
    const { cost } = await facade.execute(query);
    expect(cost.charged).toBeLessThanOrEqual(price.total);
    expect(cost.charged).toBeGreaterThan(1);
  });

  test.each(Object.entries(kinds))(
    'a random %s costs at most its price',
    async (kind, generated) => {
      let [priced, charged, failed] = [0, 0, 0];
      const made = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (generate) => {
          const { query, variables } = generated(generate);
          const document = parse(query);
          expect(validate(schema, document), query).toEqual([]);
          // The server does not execute what exceeds these limits.
          fc.pre(validate(schema, document, [limitRule(documentLimits)]).length === 0);
          const price = priceOf(schema, document, null, variables, { source, viewerPractices: 0 });
          const { cost, data } = await facade.execute(query, variables);
          expect(cost.charged, `${JSON.stringify(price.byField)}\n${query}`).toBeLessThanOrEqual(price.total);
          priced += price.total;
          charged += cost.charged;
          for (const payload of kind === 'mutation'
            ? Object.values<{ __typename?: string }>(data ?? {})
            : []) {
            if (payload?.__typename?.endsWith('Payload')) made.add(payload.__typename);
            else failed += 1;
          }
        }),
        // Shrinking a counterexample can take minutes. The best one so far is reported.
        { numRuns: runs, interruptAfterTimeLimit: 90_000 },
      );
      process.stdout.write(
        `${source} ${kind}: ${runs} operations, charged ${charged}, priced ${priced}; ${failed} changes refused, made ${[...made].join(' ')}\n`,
      );
      expect(charged).toBeGreaterThan(0);
      if (kind === 'mutation') expect(made.size).toBeGreaterThan(0);
    },
    120_000,
  );
});
