import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { WaitingFirst } from './test/sequencer.ts';

/** One counts every timer and listener of its process. The other replaces a module, which must not have been loaded before. */
export const isolated = ['test/http/released.test.ts', 'test/telemetry/audit-file.test.ts'];

export default defineConfig({
  resolve: {
    // Vitest resolves `graphql` to its ESM build while its CommonJS dependants load another: one copy, please.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql/index.js')) }],
  },
  test: {
    // Tests of real processes, of Redis and of time limits wait more than they work: on two cores three workers, not the one that
    // is the default there.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          // `test/foreign` is a package of its own, run by `.ci/run`.
          exclude: ['**/node_modules/**', 'test/foreign/**', ...isolated],
          // No test keeps state in a module: loading the schema once a worker instead of once a file saves a third of the time.
          isolate: false,
          globalSetup: ['test/global-sandbox.ts', 'test/global-graphiql.ts'],
        },
      },
      { extends: true, test: { name: 'isolated', include: isolated } },
    ],
    // What only runs in the processes of the e2e tests (the mains) counts as not covered.
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary', 'html'], thresholds: { lines: 90 } },
    setupFiles: ['test/setup.ts'],
    sequence: { sequencer: WaitingFirst },
    // A busy machine is no fault: what a test waits for may take nearly as long as the test.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
