/**
 * The package's tests with the real clients, against the facade in memory and against the built server. Run by `.ci/run`; not
 * part of `npm test`.
 */
import { fileURLToPath } from 'node:url';
import relay from 'vite-plugin-relay';
import { defineConfig, type Plugin } from 'vitest/config';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** As in an app's own folder: the plugin reads `relay.config.json` of the working directory. */
const relayOfDocs: Plugin = {
  name: relay.name,
  transform(code, id) {
    if (!id.includes('/.docs/relay/')) return undefined;
    const before = process.cwd();
    process.chdir(root('packages/client/.docs/relay'));
    try {
      return relay.transform(code, id);
    } finally {
      process.chdir(before);
    }
  },
};

export default defineConfig({
  root: root('.'),
  plugins: [relayOfDocs],
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: {
    // The facade's own copy: the packages of this folder bring another.
    alias: [{ find: /^graphql$/, replacement: root('node_modules/graphql/index.js') }],
  },
  test: {
    include: ['packages/client/test/**/*.test.ts'],
    globalSetup: ['test/global-sandbox.ts'],
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
