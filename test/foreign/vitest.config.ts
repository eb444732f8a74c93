/** The tests against servers and clients that others wrote. Run by `.ci/run`; not part of `npm test`. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export default defineConfig({
  root: root('.'),
  resolve: {
    // The copy of the facade, because the packages of this folder install another one.
    alias: [{ find: /^graphql$/, replacement: root('node_modules/graphql/index.js') }],
  },
  test: {
    include: ['test/foreign/**/*.test.ts'],
    // One worker reads the definitions of FHIR R4 once.
    isolate: false,
    maxWorkers: 1,
    globalSetup: ['test/global-sandbox.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
