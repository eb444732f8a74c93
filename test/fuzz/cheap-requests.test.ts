/**
 * From the first byte to the price check, a body of up to 1 MB costs at most 100 ms of CPU on two cores of a small
 * server. Here the limit is ten times as high, because JIT and garbage collection of other tests count too. The
 * faults that this test finds grow faster than the request.
 */
import fc from 'fast-check';
import { getNamedType, isCompositeType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';
import { heapBytes } from './heap-bytes.ts';

const maxCpuMs = 1_000;
const maxBodyBytes = 1_000_000;
/** All documents together may take 64 MB. */
const maxGrowthBytes = 100_000_000;
const runs = Number(process.env.FUZZ_RUNS ?? 60);

const { yoga } = fakeHalo({
  server: {
    authenticate: async () => ({ name: 'tester', scopes: [], practices: 'all' }) as never,
    priceLimit: { maxCharged: 200, source: 'auto' },
  },
});

interface Sent {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string;
  readonly extensions?: unknown;
}

/** The message of graphql-js when it has compared fields for 100 ms. */
const tooLate = '"Validation aborted.';

/** Sends a body and expects it to be answered for little CPU. */
async function expectCheap(body: string, priceOnly = true): Promise<{ status: number; length: number }> {
  expect(body.length).toBeLessThanOrEqual(maxBodyBytes);
  const before = process.cpuUsage();
  const response = await yoga.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(priceOnly && { 'x-halo-price-only': 'true' }) },
    body,
  });
  const text = await response.text();
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1_000;
  expect(ms, `${Math.round(ms)} ms for ${body.slice(0, 300)}`).toBeLessThan(maxCpuMs);
  expect(text).toContain('"halo"');
  expect(text).not.toContain(tooLate);
  expect(response.status).toBeLessThan(500);
  return { status: response.status, length: text.length };
}

const times = (count: number, part: (at: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, at) => part(at)).join(between);
const inPractice = (fields: string) => `{ practice(bpSiteId: "1001") { ... on Practice { ${fields} } } }`;
const globalId = (type: string, at: number) =>
  Buffer.from(`${type}:BEST_PRACTICE:${1_000 + at}:7`).toString('base64');
const add = 'mutation ($i: AddPatientInput!) { addPatient(input: $i) { __typename } }';
const byIds = 'query ($i: [ID!]!) { nodes(ids: $i) { id } practices(bpSiteIds: $i) { __typename } }';
const search = `query ($i: [ID!]) ${inPractice(times(40, (at) => `a${at}: patients(search: { pmsIds: $i }) { __typename }`))}`;
const books = `query ($s: [AppointmentStatus!]) ${inPractice(
  times(40, (at) => `a${at}: appointmentsConnection(from: "2026-11-23", status: $s) { __typename }`),
)}`;
const runSql = 'mutation ($i: RunSqlInput!) { runSql(input: $i) { __typename } }';
const site = { bpSiteId: '1001' };
const hours = 'mutation ($i: SetClinicHoursInput!) { setClinicHours(input: $i) { __typename } }';
const wide = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, at]));

const hostile: readonly [string, () => Sent][] = [
  ['I1: 4,000 unknown fields of an input', () => ({ query: add, variables: { i: wide(4_000) } })],
  ['I1: 50,000 unknown fields of an input', () => ({ query: add, variables: { i: wide(50_000) } })],
  ['I1: 180,000 wrong items', () => ({ query: byIds, variables: { i: Array(180_000).fill({}) } })],
  ['200,000 right items', () => ({ query: byIds, variables: { i: Array(200_000).fill('x') } })],
  [
    'ids that are long',
    () => ({ query: byIds, variables: { i: Array(190).fill(globalId(':'.repeat(3_000), 1)) } }),
  ],
  [
    'one id of a megabyte',
    () => ({ query: byIds, variables: { i: [globalId('Patient:%41'.repeat(60_000), 1)] } }),
  ],
  [
    '60,000 variables that the document does not have',
    () => ({ query: '{ viewer { name } }', variables: wide(60_000) }),
  ],
  [
    'I2: ids of users as patients',
    () => ({
      query: search,
      variables: { i: Array.from({ length: 4_000 }, (_, at) => globalId('User', at)) },
    }),
  ],
  [
    'the same, as many as a search may have',
    () => ({ query: search, variables: { i: Array.from({ length: 500 }, (_, at) => globalId('User', at)) } }),
  ],
  ['90,000 statuses in 40 fields', () => ({ query: books, variables: { s: Array(90_000).fill('BOOKED') } })],
  [
    'I2: wrong parameters',
    () => ({
      query: runSql,
      variables: {
        i: {
          site,
          command: { text: 'x', parameters: Array(20_000).fill({ name: 'x', direction: 'OUTPUT' }) },
        },
      },
    }),
  ],
  [
    'I2: opening hours',
    () => ({
      query: hours,
      variables: {
        i: {
          bpSiteId: '1001',
          week: [{ day: 'MONDAY', periods: Array(20_000).fill({ opens: '08:00', closes: '09:00' }) }],
        },
      },
    }),
  ],
  ['one field 1,990 times', () => ({ query: `{ viewer { ${'name '.repeat(1_990)} } }` })],
  [
    'one object 260 times',
    () => ({ query: inPractice('users { nodes { location { name } id } } '.repeat(260)) }),
  ],
  [
    'one field with other arguments',
    () => ({ query: inPractice(times(600, (at) => `patient(pmsId: "${at}") { __typename }`)) }),
  ],
  [
    '900 fragments',
    () => ({
      query: `{ viewer { ${times(900, (at) => `...F${at}`)} } } ${times(900, (at) => `fragment F${at} on Viewer { name }`)}`,
    }),
  ],
  [
    'two chains of fragments',
    () => ({
      query: `{ viewer { ...F0 ...G0 } } ${times(390, (at) => `fragment F${at} on Viewer { name ...F${at + 1} } fragment G${at} on Viewer { scopes ...G${at + 1} }`)} fragment F390 on Viewer { name } fragment G390 on Viewer { name }`,
    }),
  ],
  [
    'one field of the introspection 9,000 times',
    () => ({ query: `{ __schema { queryType { ${'name '.repeat(9_000)} } } }` }),
  ],
  [
    'a chain of fragments',
    () => ({
      query: `{ viewer { ...F0 } } ${times(1_000, (at) => `fragment F${at} on Viewer { name ...F${at + 1} }`)} fragment F1000 on Viewer { name }`,
    }),
  ],
  [
    'fragments that spread all others',
    () => ({
      query: `{ viewer { ...F0 } } ${times(80, (at) => `fragment F${at} on Viewer { ${times(80 - at, (next) => `...F${at + next + 1}`)} }`)} fragment F80 on Viewer { name }`,
    }),
  ],
  ['490,000 numbers', () => ({ query: byIds, variables: { i: Array(490_000).fill(1) } })],
  [
    '70,000 objects of one key each',
    () => ({ query: byIds, variables: { i: Array.from({ length: 70_000 }, (_, at) => ({ [at]: 1 })) } }),
  ],
  ['60,000 keys in the extensions', () => ({ query: '{ viewer { name } }', extensions: wide(60_000) })],
  [
    'I4: 2,000 operations',
    () => ({ query: times(2_000, (at) => `query Q${at} { a }`), operationName: 'Q1' }),
  ],
  [
    '20 operations of one chain of fragments',
    () => ({
      query: `${times(20, (at) => `query Q${at} { viewer { ...F0 } }`)} ${times(350, (at) => `fragment F${at} on Viewer { name ...F${at + 1} }`)} fragment F350 on Viewer { name }`,
      operationName: 'Q1',
    }),
  ],
  ['unknown fields', () => ({ query: inPractice(times(1_900, (at) => `appointmenz${at}`)) })],
  [
    'unknown types',
    () => ({ query: `{ viewer { ${times(1_000, (at) => `... on Appointmen${at} { id }`)} } }` }),
  ],
  [
    'unknown arguments',
    () => ({ query: `{ practice(${times(2_400, (at) => `bpSite${at}: "x"`)}) { __typename } }` }),
  ],
  [
    '1,900 variables',
    () => ({ query: `query (${times(1_900, (at) => `$v${at}: ID`)}) { viewer { name } }`, variables: {} }),
  ],
  [
    'a list of 9,000 in the document',
    () => ({ query: inPractice(`patients(search: { pmsIds: [${'"1" '.repeat(9_000)}] }) { __typename }`) }),
  ],
  [
    'a list of 5,000 in a fragment that is spread 50 times',
    () => ({
      query: `${inPractice(times(49, (at) => `p${at}: site { practice { ...F } }`))} fragment F on Practice { patients(search: { pmsIds: [${'"1" '.repeat(5_000)}] }) { __typename } }`,
    }),
  ],
  [
    'an object of 2,400 fields in the document',
    () => ({
      query: inPractice(`patients(search: { ${times(2_400, (at) => `nam${at}: "x"`)} }) { __typename }`),
    }),
  ],
  ['long names', () => ({ query: `query ${'N'.repeat(45_000)} { ${'n'.repeat(45_000)} }` })],
  ['comments', () => ({ query: `${'#\n'.repeat(49_000)}{ viewer { name } }` })],
  [
    'fields that each cost something',
    () => ({
      query: inPractice(
        times(
          45,
          (at) =>
            `a${at}: patient(pmsId: "${at}") { usualUser { id sessions { nodes { id } } } appointmentsConnection(from: "2026-11-23") { nodes { user { id sessions { nodes { id } } } patient { id usualUser { id } } } } }`,
        ),
      ),
    }),
  ],
];

describe('a body of up to 1 MB is refused or priced for little CPU', () => {
  it.each(hostile)(
    '%s',
    async (_what, make) => {
      const sent = make();
      for (const turn of [1, 2]) {
        await expectCheap(JSON.stringify({ ...sent, query: `${sent.query} #${turn}` }));
        await expectCheap(JSON.stringify(sent), false);
      }
    },
    60_000,
  );

  it('nested without end', async () => {
    await expectCheap(`{"query":"{ viewer { name } }","variables":${'['.repeat(maxBodyBytes - 100)}`);
    for (const [open, close] of ['[]', '{"a":,}'.split(',')] as const) {
      const levels = Math.floor((maxBodyBytes - 200) / ((open?.length ?? 1) + (close?.length ?? 1)));
      const nested = `${open?.repeat(levels)}${open === '[' ? '' : '1'}${close?.repeat(levels)}`;
      await expectCheap(
        `{"query":"query ($i: [ID!]!) { nodes(ids: $i) { id } }","variables":{"i":${nested}}}`,
      );
    }
    for (const query of [
      '{ viewer '.repeat(3_000),
      `{ nodes(ids: ${'['.repeat(9_000)}`,
      `{ viewer { ${'... { '.repeat(3_000)}`,
    ])
      await expectCheap(JSON.stringify({ query }));
  });
});

/** Values of the kinds that a caller can send, each about as large as it may be. */
const value = fc.oneof(
  fc.constantFrom(
    'x',
    '',
    null,
    1,
    true,
    'BOOKED',
    '2026-11-23',
    globalId('Patient', 1),
    globalId('User', 2),
  ),
  fc.nat({ max: 50_000 }).map((length) => 'y'.repeat(length)),
  fc
    .tuple(fc.nat({ max: 20_000 }), fc.constantFrom<unknown>('x', {}, [], null, globalId('Patient', 1)))
    .map(([length, item]) => Array(length).fill(item)),
  fc.nat({ max: 5_000 }).map(wide),
  fc.integer({ min: 1, max: 800 }).map((levels) => JSON.parse('['.repeat(levels) + ']'.repeat(levels))),
);

const anyValue = () => value;

/** Any field of the schema with any of its arguments as variables, many times over, in several operations. */
const request = fc
  .tuple(fc.gen(), fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 30 }))
  .map(([generate, operations, repeated]) => {
    const pick = <T>(from: readonly T[]): T => from[generate(fc.nat, { max: from.length - 1 })] as T;
    const root = pick([schema.getQueryType(), schema.getQueryType(), schema.getMutationType()]);
    const variables: Record<string, unknown> = {};
    const declared: string[] = [];
    const fieldOf = (typeName: string, depth: number): string => {
      const type = schema.getType(typeName);
      if (!isObjectType(type)) return '__typename';
      const field = pick(Object.values(type.getFields()));
      const args = field.args.map(({ name, type: argument }) => {
        const variable = `v${declared.length}`;
        declared.push(`$${variable}: ${argument}`);
        variables[variable] = generate(anyValue);
        return `${name}: $${variable}`;
      });
      const named = getNamedType(field.type);
      const below = isCompositeType(named)
        ? ` { __typename ${depth > 0 ? (isObjectType(named) ? fieldOf(named.name, depth - 1) : `... on Practice { ${fieldOf('Practice', depth - 1)} }`) : ''} }`
        : '';
      const condition = pick(['', '', ` @include(if: $c${pick([0, 1, 2])})`]);
      return `${pick(['', 'toJSON: ', 'then: ', 'a: '])}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${condition}${below}`;
    };
    const field = fieldOf(root?.name ?? '', pick([0, 1, 2, 3]));
    const definitions = ['$c0: Boolean!', '$c1: Boolean!', '$c2: Boolean!', ...declared].join(', ');
    const kind = root === schema.getMutationType() ? 'mutation' : 'query';
    const text = times(
      operations,
      (at) => `${kind} Q${at}(${definitions}) { ${`${field} `.repeat(repeated)} }`,
    );
    const conditions = Object.fromEntries([0, 1, 2].map((at) => [`c${at}`, pick([true, false])]));
    return JSON.stringify({ query: text, operationName: 'Q0', variables: { ...variables, ...conditions } });
  })
  .filter((body) => body.length <= maxBodyBytes);

it('whatever it contains', async () => {
  await fc.assert(
    fc.asyncProperty(request, fc.boolean(), async (body, priceOnly) => {
      await expectCheap(body, priceOnly);
    }),
    { numRuns: runs },
  );
}, 1_800_000);

it('I4: and the memory for its variants is bounded', async () => {
  const field = 'a: practice(bpSiteId: "1001") { __typename ... on AccessDenied { message } }';
  const before = await heapBytes();
  for (let turn = 0; turn < 40; turn++) {
    const operations = times(
      19,
      (at) => `query Q${at}($a: Boolean!, $b: Boolean!, $c: Boolean!) { ${field}
      ${times(20, (n) => `f${turn}x${n}: viewer { name @include(if: $a) scopes @skip(if: $b) }`)} viewer { name @skip(if: $c) } }`,
    ).slice(0, 90_000);
    for (let bits = 0; bits < 8; bits++) {
      for (const at of [0, 1, 2]) {
        const variables = { a: !!(bits & 1), b: !!(bits & 2), c: !!(bits & 4) };
        await expectCheap(JSON.stringify({ query: operations, operationName: `Q${at}`, variables }), false);
      }
    }
  }
  expect((await heapBytes()) - before).toBeLessThan(maxGrowthBytes);
}, 300_000);
