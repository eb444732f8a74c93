/**
 * `npm run build`. Puts the server, the command line and the sandbox into few files: Node looks up and reads each file of a package by
 * itself, which took most of the start.
 */
import { parseArgs } from 'node:util';
import { build, type Plugin } from 'rolldown';

/** graphql comes as CommonJS and as ES modules: the latter for all, however they ask, for it knows its own classes only. */
const oneGraphql: Plugin = {
  name: 'one-graphql',
  resolveId: {
    filter: { id: /^graphql(\/|$)/ },
    async handler(id, importer) {
      const found = await this.resolve(id, importer, { skipSelf: true });
      return found && { ...found, id: found.id.replace(/\.js$/, '.mjs') };
    },
  },
};

/**
 * Stack traces name the files of ours. Of the packages they name `packages-….js`, which is as readable: Node would read
 * their map whole, 60 MB in memory, for the first error. It lies beside the file for tools that look for it.
 */
const packagesUnmapped: Plugin = {
  name: 'packages-unmapped',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk' || !isOfPackages(file)) continue;
      file.code = file.code.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n');
    }
  },
};

/** A name as codeSplitting gives it: the group, then who shares it. */
function isOfPackages({ name }: { readonly name: string }): boolean {
  return name.startsWith('packages~');
}

const { values: options } = parseArgs({
  options: {
    dir: { type: 'string', default: 'dist' },
    // The container image has none: production never starts it.
    'without-sandbox': { type: 'boolean', default: false },
  },
});

// Rolldown's command prints a report of its files at every log level; this prints warnings alone.
await build({
  platform: 'node',
  input: {
    'src/main': 'src/main.ts',
    'src/cli/main': 'src/cli/main.ts',
    ...(!options['without-sandbox'] && { 'sandbox/main': 'sandbox/main.ts' }),
  },
  // sql.js looks for its WebAssembly beside itself.
  external: ['sql.js'],
  plugins: [oneGraphql, packagesUnmapped],
  output: {
    dir: options.dir,
    cleanDir: true,
    entryFileNames: '[name].js',
    // In src/, whose depth src/sandbox-process.ts and the readers of package.json and schema.graphql count on.
    chunkFileNames: (chunk) => `src/${isOfPackages(chunk) ? 'packages' : '[name]'}-[hash].js`,
    codeSplitting: { groups: [{ name: 'packages', test: /node_modules/, entriesAware: true }] },
    // Node parses what it loads. Comments are a third of it.
    comments: false,
    sourcemap: true,
    // Node reads maps at the start.
    sourcemapExcludeSources: true,
  },
});
