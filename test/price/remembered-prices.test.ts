/** A price that is remembered is the price. */
import fc, { nat } from 'fast-check';
import {
  type ArgumentNode,
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  Kind,
  type ObjectFieldNode,
  type OperationDefinitionNode,
  parse,
  parseType,
  TypeInfo,
  type ValueNode,
  validate,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expect, test } from 'vitest';
import { priceOf } from '../../src/price/price-of.ts';
import { rememberPrices } from '../../src/price/remembered-prices.ts';
import { schema } from '../../src/schema/index.ts';
import { randomOperation } from './random-operation.ts';

interface Given {
  /** As the schema writes it. */
  readonly type: string;
  readonly value: unknown;
}

/** The same operation with a variable for some literal arguments or parts of them, and their values. */
function withVariables(
  query: string,
  isReplaced: () => boolean,
): { document: DocumentNode; given: Record<string, Given> } {
  const types = new TypeInfo(schema);
  const given: Record<string, Given> = {
    from: { type: 'Date!', value: '2026-11-25' },
    first: { type: 'Int', value: 3 },
    no: { type: 'Boolean!', value: true },
    yes: { type: 'Boolean!', value: true },
  };
  const variableFor = (node: ValueNode) => {
    const name = `v${Object.keys(given).length}`;
    given[name] = { type: String(types.getInputType()), value: valueFromASTUntyped(node) };
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
  };
  const isFixed = ({ kind }: ValueNode) => kind === Kind.VARIABLE || types.getDirective() || !isReplaced();
  const inside = (node: ArgumentNode | ObjectFieldNode) =>
    isFixed(node.value) ? undefined : { ...node, value: variableFor(node.value) };
  const replaced: DocumentNode = visit(
    parse(query),
    visitWithTypeInfo(types, { Argument: inside, ObjectField: inside }),
  );
  const added = Object.entries(given)
    .slice(4)
    .map(([name, { type }]) => ({
      kind: Kind.VARIABLE_DEFINITION as const,
      variable: { kind: Kind.VARIABLE as const, name: { kind: Kind.NAME as const, value: name } },
      type: parseType(type),
    }));
  const OperationDefinition = (node: OperationDefinitionNode) => ({
    ...node,
    variableDefinitions: [...(node.variableDefinitions ?? []), ...added],
  });
  return { document: visit(replaced, { OperationDefinition }), given };
}

test('after any operations, with any variables', () => {
  let [runs, distinct, operations] = [0, 0, 0];
  fc.assert(
    fc.property(fc.gen(), (generate) => {
      const { document, given } = withVariables(
        randomOperation(generate).query,
        () => generate(nat, { max: 3 }) > 0,
      );
      fc.pre(validate(schema, document).length === 0);
      const operation = getOperationAST(document) as OperationDefinitionNode;
      const remembered = rememberPrices(schema, 'auto');
      const seen = new Set<number>();
      for (let round = 0; round < 12; round += 1) {
        const pick = (count: number) => generate(nat, { max: count - 1 });
        const variables = Object.fromEntries(
          Object.entries(given).flatMap(([name, { type, value }]) => {
            const others = Object.values(given).filter((other) => other.type === type);
            const change = pick(8);
            if (change === 0 && !type.endsWith('!')) return [[name, null]];
            if (change === 1 && !type.endsWith('!')) return [];
            return [[name, change < 5 ? others[pick(others.length)]?.value : value]];
          }),
        );
        const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
        if (!coerced) continue;
        const viewerPractices = pick(3);
        const price = priceOf(schema, document, null, variables, { source: 'auto', viewerPractices });
        expect(remembered({ document, operation, variables: coerced }, viewerPractices)).toEqual(price);
        runs += 1;
        seen.add(price.total);
      }
      distinct += seen.size;
      if (seen.size > 0) operations += 1;
    }),
    { numRuns: 60 },
  );
  // Variables did change prices, and not each time. Each operation has one price at least.
  expect(distinct - operations).toBeGreaterThan(1);
  expect(runs).toBeGreaterThan(distinct * 2);
});

const bookings = `mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) {
  ... on BookAppointmentPayload { appointment { pmsId } } } }`;
const booking = {
  bpSiteId: '1001',
  userId: '1',
  patientId: '7',
  start: '2026-11-25T09:00:00+10:00',
  durationMinutes: 10,
};

/** How often the whole price is calculated for these inputs, and the prices. */
function calculations(query: string, inputs: readonly object[]) {
  const document = parse(query);
  const operation = getOperationAST(document) as OperationDefinitionNode;
  const remembered = rememberPrices(schema, 'auto');
  const prices = inputs.map((input) => {
    const variables = 'name' in input ? input : { input };
    const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    expect(coerced).not.toEqual({});
    const price = remembered({ document, operation, variables: coerced }, 0);
    expect(price).toEqual(priceOf(schema, document, null, variables, { source: 'auto', viewerPractices: 0 }));
    return price;
  });
  return { distinct: new Set(prices).size, totals: prices.map(({ total }) => total) };
}

test('bookings of other patients at other times share one price', () => {
  const { distinct } = calculations(bookings, [
    booking,
    { ...booking, patientId: '8', start: '2026-11-25T09:10:00+10:00', userId: '2' },
    { ...booking, patientId: '9', reason: 'Invented' },
  ]);
  expect(distinct).toBe(1);
});

test('bookings with any idempotency keys share one price, which is another than that without a key', () => {
  const { distinct } = calculations(bookings, [
    booking,
    { ...booking, idempotencyKey: 'a' },
    { ...booking, idempotencyKey: 'b' },
  ]);
  expect(distinct).toBe(2);
});

test('an id that only the Bp Premier API can have makes another price', () => {
  const { totals } = calculations(bookings, [
    booking,
    { ...booking, patientId: 'f47ac10b-58cc-4372-a567-0e02b2c3d479' },
    { ...booking, patientId: '12' },
  ]);
  expect(totals[1]).toBeGreaterThan(totals[0] ?? 0);
  expect(totals[2]).toBe(totals[0]);
});

test('searches for other names share one price', () => {
  const search = `query ($name: String!) { practice(bpSiteId: "1001") { ... on Practice {
    patients(search: { name: $name }) { ... on PatientConnection { nodes { pmsId } } } } } }`;
  expect(calculations(search, [{ name: 'Testina B' }, { name: 'Placebo M' }]).distinct).toBe(1);
});
