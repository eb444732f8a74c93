/** No operation costs more than its price: random ones, against the sandbox, by every source. */
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { documentLimits, limitRule } from '../../src/limits/document-rules.ts';
import { priceOf } from '../../src/price/price-of.ts';
import { schema } from '../../src/schema/index.ts';
import { openFacade } from '../open-facade.ts';
import { randomOperation } from './random-operation.ts';

const runs = Number(process.env.PRICE_RUNS ?? 60);

describe.each(['auto', 'sql-passthrough', 'bp-premier'] as const)('by %s', (source) => {
  const facade = openFacade({ source });
  afterAll(() => facade.close());

  test('a random operation is never charged more than its price', async () => {
    let [priced, charged] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (generate) => {
        const { query, variables } = randomOperation(generate);
        const document = parse(query);
        expect(validate(schema, document)).toEqual([]);
        // What the server would refuse is not run.
        fc.pre(validate(schema, document, [limitRule(documentLimits)]).length === 0);
        const price = priceOf(schema, document, null, variables, { source, viewerPractices: 0 });
        const { cost } = await facade.ask(query, variables);
        expect(cost.charged, `${JSON.stringify(price.byField)}\n${query}`).toBeLessThanOrEqual(price.total);
        priced += price.total;
        charged += cost.charged;
      }),
      { numRuns: runs },
    );
    process.stdout.write(`${source}: ${runs} random operations, charged ${charged}, priced ${priced}\n`);
    expect(charged).toBeGreaterThan(0);
  }, 120_000);
});
