/**
 * The Node flags of the server's process. `halo-graph start` adds them. `npm start` and `npm run dev` have them in
 * package.json; a test compares. V8 reads most of them only when a process starts.
 */
export const nodeFlags: readonly string[] = [
  // Stack traces name the TypeScript source.
  '--enable-source-maps',
  // The heap grows by at most 100 % between collections. Pages of a large result are garbage as soon as they are sent.
  '--heap-growing-percent=100',
  // The young generation starts large enough for what loads at the start, which would be copied again and again otherwise.
  '--min-semi-space-size=16',
  // Everything that one response needs fits into the young generation and is garbage before it would be copied.
  '--max-semi-space-size=32',
  // All objects start in the young generation, even if earlier objects of the same code lived long.
  '--no-allocation-site-pretenuring',
  // An idle process keeps its compiled code and its young generation, so it is as fast after a pause as before.
  '--no-memory-reducer',
];
