/**
 * Builds GraphiQL's page into `graphiql/dist`: files with hashed names, each also compressed with brotli and gzip. It is
 * built again only when its sources or the lock file have changed.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

// Tests build too; React has another build for them.
process.env.NODE_ENV = 'production';
const folder = fileURLToPath(new URL('.', import.meta.url));
const output = join(folder, 'dist');
const compressible = /\.(js|css|html|ttf|svg|json)$/;

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  const sources = (await readdir(join(folder, 'src'), { recursive: true })).map((name) => join('src', name));
  for (const name of [
    ...sources,
    'index.html',
    'vite.config.ts',
    'build.ts',
    '../package-lock.json',
  ].sort()) {
    hash.update(`${name}\n`).update(await readFile(join(folder, name)));
  }
  return hash.digest('hex');
}

async function build(): Promise<void> {
  const digest = await digestOfSources();
  const built = await readFile(join(output, 'digest'), 'utf8').catch(() => '');
  if (built === digest) return;
  const { build: bundle } = await import('vite');
  // Several builds may run at once, as in the tests: each replaces the folder as a whole.
  const made = await mkdtemp(join(folder, 'dist-'));
  try {
    await bundle({
      configFile: join(folder, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: made, emptyOutDir: true },
    });
    const assets = join(made, 'assets');
    for (const name of await readdir(assets)) {
      if (compressible.test(name)) await compress(join(assets, name));
    }
    await writeFile(join(made, 'digest'), digest);
    await rm(output, { recursive: true, force: true });
    await rename(made, output).catch((error: NodeJS.ErrnoException) => {
      // Another build was faster.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  const quality = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, quality));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}

await build();
