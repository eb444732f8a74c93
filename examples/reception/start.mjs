// Builds and starts the facade with its sandbox, and then this page. Ctrl-C ends both.
import { execSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { PORT = '4000', VITE_HALO_GRAPH_URL: elsewhere } = process.env;
const page = 'http://127.0.0.1:5173';

if (elsewhere === undefined) {
  process.stdout.write('\n  Building halo-graph …\n');
  execSync('npm run --silent build', { cwd: root, stdio: 'inherit' });
  const facade = spawn(process.execPath, ['dist/src/cli/main.js', 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { CORS_ORIGINS: page, ...process.env, PORT },
  });
  process.once('exit', () => facade.kill());
  facade.once('exit', (code) => process.exit(code ?? 1));
  // The first that it prints says that it is up.
  facade.stdout.pipe(process.stdout);
  await once(facade.stdout, 'data');
  process.env.VITE_HALO_GRAPH_URL = `http://127.0.0.1:${PORT}/graphql`;
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
await (await createServer({ root: here, logLevel: 'warn' })).listen();
process.stdout.write(`  Reception       ${page}\n\n`);
