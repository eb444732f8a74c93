/** Hostile GraphQL: random tokens, deep nesting, cycles, very many fields, and valid documents with a part removed. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';

const tokens =
  `{ } ( ) [ ] : ! $ @ | & = ... # """ " query mutation subscription fragment on type extend schema directive null true false
viewer name practice bpSiteId "1001" __typename ... on Practice Query Mutation node id nodes ids first after 1 -1 1.5e999 0123 99999999999999999999
$a $b ID! [ID!]! Int @skip @include @deprecated if: if "\\u{110000}" "\\ud800" "\\uD83D\\uDE00" """block""" __schema __type __proto__ constructor
é ＡＢ ñ \u0000 \ufeff \u2028 , \t`
    .split(/\s+/)
    .concat('\n', ' ', '\r');
const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 60 }).map((each) => each.join(' '));

const around: readonly (readonly [
  before: string,
  open: string,
  middle: string,
  close: string,
  after: string,
])[] = [
  ['{ ', 'viewer { ', 'name', ' }', ' }'],
  ['{ ', '... { ', 'viewer { name }', ' }', ' }'],
  ['{ ', '... on Query { ', 'viewer { name }', ' }', ' }'],
  ['{ ', '{ ', 'name', '', ''],
  ['{ nodes(ids: ', '[', '"1"', ']', ') { id } }'],
  ['{ practice(bpSiteId: ', '{ a: ', '1', ' }', ') { __typename } }'],
  ['query ($a: ', '[', 'Int', ']', ') { viewer { name } }'],
  ['query ($a: [ID!]! = ', '[', '', ']', ') { nodes(ids: $a) { id } }'],
  ['{ viewer { ', 'name ', '', '', '} }'],
  ['{ ', 'viewer { name } ', '', '', '}'],
  ['{ viewer { name ', '@skip(if: false) ', '', '', '} }'],
  ['{ viewer { name } } ', 'query { viewer { name } } ', '', '', ''],
  ['{ __schema { types { ', 'ofType: fields { type { ', 'name', ' } }', ' } } }'],
];
const deep = fc
  .tuple(
    fc.constantFrom(...around),
    fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 60, max: 6_000 })),
  )
  .map(([[before, open, middle, close, after], times]) =>
    [before, open.repeat(times), middle, close.repeat(times), after].join(''),
  );

const count = (most: number) => fc.integer({ min: 1, max: most });
const list = (times: number, each: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => each(index)).join(' ');
const circles = count(300).map(
  (times) =>
    `{ ...F0 } ${list(times, (at) => `fragment F${at} on Query { ...F${(at + 1) % times} ...F${(at * 7) % times} }`)}`,
);
const doubling = count(400).map(
  (times) =>
    `{ ...F0 } ${list(times, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F${times} on Query { viewer { name } }`,
);
const aliases = count(3_000).map((times) => `{ ${list(times, (at) => `a${at}: __typename`)} }`);
const clashes = count(1_500).map(
  (times) => `{ viewer { ${list(times, (at) => `a: ${at % 2 ? 'name' : 'scopes'}`)} } }`,
);
const longNames = fc
  .tuple(count(60_000), count(150))
  .map(
    ([long, times]) => `query ${'N'.repeat(long)} { nodes(ids: [${list(times, (at) => `$v${at}`)}]) { id } }`,
  );
const hugeTexts = count(300_000).map(
  (long) => `{ practice(bpSiteId: "${'\\u00e9'.repeat(long / 6)}${'x'.repeat(long)}") { __typename } }`,
);
const hugeNumbers = count(5_000).map((long) => `{ practice(bpSiteId: ${'9'.repeat(long)}) { __typename } }`);
const names = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((name) => `query ${name} { ${name}: viewer { name } }`);

const examples = Object.values(
  JSON.parse(
    readFileSync(new URL('../../examples/client/persisted-documents.json', import.meta.url), 'utf8'),
  ) as Record<string, string>,
);
const torn = fc
  .tuple(fc.constantFrom(...examples), fc.nat(2_000), fc.nat(60), fc.oneof(fc.constant(''), soup))
  .map(([text, at, length, instead]) => {
    const from = at % text.length;
    return text.slice(0, from) + instead + text.slice(from + length);
  });

export const hostileDocument = fc.oneof(
  soup,
  torn,
  deep,
  circles,
  doubling,
  aliases,
  clashes,
  longNames,
  hugeTexts,
  hugeNumbers,
  names,
  fc.constantFrom(...examples),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
