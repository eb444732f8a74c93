import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { priceOf } from '../../src/price/price-of.ts';
import { schema } from '../../src/schema/index.ts';

const total = (id: string, source: 'auto' | 'bp-premier' | 'sql-passthrough') =>
  priceOf(
    schema,
    parse(
      'query ($id: ID!) { practice(bpSiteId: "1001") { ... on Practice { appointment(pmsId: $id) { ... on Appointment { patient { fullName } } } } } }',
    ),
    null,
    { id },
    { source, viewerPractices: 0 },
  ).total;

test('G14: by auto, an id that only the Bp Premier API can know has at least the price of that API', () => {
  expect(total('7', 'auto')).toBe(1);
  expect(total('f47ac10b-58cc-4372-a567-0e02b2c3d479', 'auto')).toBeGreaterThanOrEqual(
    total('f47ac10b-58cc-4372-a567-0e02b2c3d479', 'bp-premier'),
  );
  expect(total('f47ac10b-58cc-4372-a567-0e02b2c3d479', 'bp-premier')).toBeGreaterThan(1);
});
