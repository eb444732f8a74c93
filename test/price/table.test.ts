/** The table has every field that can reach a practice: found out from the schema, so that a new field cannot be forgotten. */
import { type GraphQLField, getNamedType, isCompositeType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { questionOf } from '../../src/lib/union-field.ts';
import { pricedFields } from '../../src/price/priced-fields.ts';
import { schema } from '../../src/schema/index.ts';

const fields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ coordinate: questionOf(type.name, field), field })),
  );

/** Whether a resolver asks for more than what its entity holds already: run on an entity whose way out is watched. */
function reachesOut({ resolve }: GraphQLField<unknown, unknown>): boolean {
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
  const entity = { practice: watched({ connection }, 'all others'), data: {}, read: async () => ({}) };
  const sqlSite = watched({ haloGuid: '5a4db0c5-0000-4000-a000-000000001005' }, 'all others');
  const context = watched({ caller: { bpSiteIds: [] }, environment: '' }, ['session', 'practices', 'spare']);
  const info = { fieldNodes: [], variableValues: {} };
  try {
    const answer: unknown = resolve?.(
      { ...entity, sqlSite, data: { queryId: '' } },
      {},
      context,
      info as never,
    );
    if (answer instanceof Promise) answer.catch(() => {});
  } catch {}
  return reached;
}

const leads = ({ type, args }: GraphQLField<unknown, unknown>) =>
  isCompositeType(getNamedType(type)) || args.length > 0;
const plain = fields.filter(({ field }) => !leads(field));

test('every field that leads on or takes arguments has its price', () => {
  const needed = fields.filter(({ field }) => leads(field)).map(({ coordinate }) => coordinate);
  expect(needed.filter((coordinate) => !(coordinate in pricedFields))).toEqual([]);
  expect(needed.length).toBeGreaterThan(100);
});

test('and so has every value that is asked of a practice when it is read', () => {
  const reaching = plain.filter(({ field }) => reachesOut(field)).map(({ coordinate }) => coordinate);
  expect(reaching.filter((coordinate) => !(coordinate in pricedFields))).toEqual([]);
  expect(reaching).toContain('Practice.timeZone');
});

test('nothing is priced that is no field', () => {
  const all = new Set(fields.map(({ coordinate }) => coordinate));
  expect(Object.keys(pricedFields).filter((coordinate) => !all.has(coordinate))).toEqual([]);
});
