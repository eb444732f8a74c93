/**
 * The flags that the server's process is started with: by `halo-graph start`, and by `npm start`, whose script in
 * package.json a test holds to them. V8 reads most of them only when a process begins.
 */
export const nodeFlags: readonly string[] = [
  // Stack traces name our TypeScript.
  '--enable-source-maps',
  // The heap grows by 100 % at most between collections: pages of a large result are garbage as soon as they are sent.
  '--heap-growing-percent=100',
  // What one answer needs fits into the young generation, and is gone before it is copied.
  '--max-semi-space-size=32',
  // All objects begin in the young generation, also those whose predecessors lived long.
  '--no-allocation-site-pretenuring',
  // An idle process keeps its compiled code and its young generation: it is as fast after a pause as before.
  '--no-memory-reducer',
];
