/** The package's tests with the real clients, against the facade in memory. Run by `.ci/run`; not part of `npm test`. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export default defineConfig({
  root: root('.'),
  resolve: {
    // The facade's own copy: the packages of this folder bring another.
    alias: [{ find: /^graphql$/, replacement: root('node_modules/graphql/index.js') }],
  },
  test: {
    include: ['packages/client/test/**/*.test.ts'],
    globalSetup: ['test/global-sandbox.ts'],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
