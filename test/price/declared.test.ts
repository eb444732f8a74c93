/** Which fields declare a price. That a resolver with a promise needs one is a rule of the types: see price.test-d.ts. */
import { type GraphQLField, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { questionOf } from '../../src/lib/union-field.ts';
import { declaredPrice } from '../../src/price/field-price.ts';
import { schema } from '../../src/schema/index.ts';

const fields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({
      coordinate: `${type.name}.${field.name}`,
      unionField: questionOf(type.name, field),
      field,
    })),
  );
const priceAt = (wanted: string) => {
  const field = fields.find(({ coordinate }) => coordinate === wanted)?.field;
  return field && declaredPrice(field);
};

/**
 * Whether a resolver uses more than the properties of its parent. It runs on a parent whose access to upstream is
 * recorded.
 */
function reachesUpstream({ resolve }: GraphQLField<unknown, unknown>): boolean {
  let reached = false;
  const watched = (held: object, ways: readonly string[] | 'all others'): object =>
    new Proxy(held, {
      get(known, name) {
        if (name in known) return known[name as never];
        if (ways === 'all others' || ways.includes(String(name))) reached = true;
        return undefined;
      },
    });
  const connection = { bpSiteId: '1001', pms: 'BEST_PRACTICE', practiceName: null, pmsVersion: null };
  const parent = { practice: watched({ connection }, 'all others'), data: {}, read: async () => ({}) };
  const sqlSite = watched({ haloGuid: '5a4db0c5-0000-4000-a000-000000001005' }, 'all others');
  const context = watched({ caller: { bpSiteIds: [] }, environment: '' }, [
    'session',
    'practices',
    'graceSession',
  ]);
  const info = { fieldNodes: [], variableValues: {} };
  try {
    const result: unknown = resolve?.(
      { ...parent, sqlSite, data: { queryId: '' } },
      {},
      context,
      info as never,
    );
    if (result instanceof Promise) result.catch(() => {});
  } catch {}
  return reached;
}

test('a field without a price does not reach upstream', () => {
  const free = fields.filter(({ field }) => !declaredPrice(field));
  expect(free.length).toBeGreaterThan(200);
  expect(free.filter(({ field }) => reachesUpstream(field)).map(({ coordinate }) => coordinate)).toEqual([]);
});

test('the check notices a field that does', () => {
  const priced = fields.filter(({ field }) => declaredPrice(field) && reachesUpstream(field));
  expect(priced.map(({ coordinate }) => coordinate)).toContain('Practice.timeZone');
});

test('a flat field has the price of its union field', () => {
  const flat = fields.filter(({ coordinate, unionField }) => coordinate !== unionField);
  expect(flat.length).toBeGreaterThan(15);
  for (const { field, unionField } of flat) {
    expect(declaredPrice(field), unionField).toBeDefined();
    expect(declaredPrice(field), unionField).toBe(priceAt(unionField));
  }
});
