import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Vitest resolves `graphql` to its ESM build while its CommonJS dependants load another: one copy, please.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql/index.js')) }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // A package of its own, run by `.ci/run`.
    exclude: ['**/node_modules/**', 'test/foreign/**'],
    // No test keeps state in a module: loading the schema once a worker instead of once a file saves a third of the time.
    isolate: false,
    // Tests of real processes wait more than they work: on two cores two workers, not the one that is the default there.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ['test/global-sandbox.ts', 'test/global-graphiql.ts'],
    // What only runs in the processes of the e2e tests (the mains) counts as not covered.
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary', 'html'], thresholds: { lines: 90 } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
