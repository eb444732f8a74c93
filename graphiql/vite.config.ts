import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The page is `…/graphql`, and its files are below it. All addresses are relative, so that a proxy may add a prefix.
  base: './',
  experimental: {
    renderBuiltUrl: (name, { hostType }) => (hostType === 'html' ? `graphql/${name}` : { relative: true }),
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The editor alone is 2 MB.
    chunkSizeWarningLimit: 5_000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onwarn(warning, warn) {
        // `use client` means nothing here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
