/** Words of an older vocabulary that must not come back, each with the word that replaced it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const folders = [
  ...['src', 'sandbox', 'bench', 'chaos', 'docs', 'test', 'graphiql/src', 'deploy'],
  ...['examples', 'packages/client/src', 'packages/client/test'],
];
/** Files that hold the old words as data. */
const exempt = ['test/structure/vocabulary.test.ts', 'test/schema/descriptions.test.ts'];

const replaced: readonly (readonly [old: RegExp, use: string])[] = [
  [/\btoldError\b|told-error/, 'serializeError'],
  [/\bhearsay\b/i, 'replicaSync'],
  [/\bvigil\b/i, 'queryPoller'],
  [/\bfate\b|\bfateOf\b/i, 'writeCertainty'],
  [/\b(most|fewest)[A-Z]\w*/, 'maxX, minX'],
  [/\b(lanes?|gates?|openGate|doors?)\b/i, 'siteConcurrency, admissionControl'],
  [/\b(seats?|aboard)\b|(?<!\bin[- ])\bflights?\b/i, 'waiter, inFlight'],
  [/\bfunction latest\b|\bimport \{[^}]*\blatest\b/, 'memoizeLast'],
  [/\b(const|let|function) (room|charges|spare|watcher)\b/, 'scratchBuffer, cost, graceSession, queryPoller'],
  [/\bspareSession\b|\bspareMs\b/, 'graceSession'],
  [/\b(ask|tell)(Script|Book|Hanging|ForSql|With|All)\b/, 'fetch, query, request, publish'],
  [/\b(openDesk|facadeAsks|FacadeAsk|takenApart|countUnheard|practiceAtHand)\b/, 'the name of what it is'],
];
/** In names, comments and messages. */
const words: readonly (readonly [old: RegExp, use: string])[] = [
  // 'cannot tell' is a verdict of `confirm`.
  [/\b(?<!cannot )(tells?|told|telling)\b/i, 'send, log, publish, notify, report'],
  // `asking` with a quote or a plus is the command of a Redis Cluster.
  [/\b(asks?|asked|(?<!['+])asking)\b/i, 'fetch, query, request, load'],
  [
    /\b(hears?|heard|unheard|anew|whom|dear|spare)\b/i,
    'receive, learn, unhandled, again, the role of the person, expensive, grace',
  ],
  [/\bat hand\b|\bof old\b/i, 'known, former'],
  [/\b(unusable|no usable) (answer|response)\b/i, 'malformed response'],
];

const paths = folders
  .flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  )
  .concat('README.md')
  .filter((path) => /\.(ts|tsx|mts|mjs|md)$/.test(path) && !/node_modules/.test(path))
  .filter((path) => !exempt.includes(path));

it('no word of the old vocabulary is left', () => {
  expect(paths.length).toBeGreaterThan(400);
  const found = paths.flatMap((path) => {
    const text = readFileSync(new URL(path, root), 'utf8');
    return [...replaced, ...words].flatMap(([old, use]) => {
      const [word] = old.exec(text) ?? [];
      return word ? [`${path}: ${word}. Use ${use}.`] : [];
    });
  });
  expect(found).toEqual([]);
});
