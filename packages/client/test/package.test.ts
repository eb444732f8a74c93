/** The packed package, as a front end installs it: types under each module resolution, imports in Node, a Vite build. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'halo-consumer-'));
const installed = join(project, 'node_modules/halo-graph-client');
const { exports } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
afterAll(() => rmSync(project, { recursive: true }));

function run(command: string, args: readonly string[], cwd = project): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout || String(error));
  }
}

beforeAll(() => {
  mkdirSync(installed, { recursive: true });
  for (const name of readdirSync(join(packageFolder, 'node_modules')).filter(
    (each) => !each.startsWith('.'),
  )) {
    symlinkSync(join(packageFolder, 'node_modules', name), join(project, 'node_modules', name));
  }
  const packed = run('npm', ['pack', '--json', '--pack-destination', project], packageFolder);
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[')));
  run('tar', ['-xzf', join(project, filename), '--strip-components=1', '-C', installed]);
  cpSync(join(packageFolder, 'test/projects/consumer/consumer.ts'), join(project, 'consumer.ts'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
});

test.each([
  ['nodenext', { module: 'nodenext', moduleResolution: 'nodenext' }],
  ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
])('its types hold under %s', (name, resolution) => {
  const config = `tsconfig.${name}.json`;
  const compilerOptions = {
    ...resolution,
    target: 'es2022',
    lib: ['es2023', 'dom'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    noEmit: true,
    // The declarations of the clients are theirs.
    skipLibCheck: true,
  };
  writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
  expect(run(process.execPath, [tsc, '-p', config])).toBe('');
});

test('every entry can be imported by Node, and every other file is there', () => {
  for (const [entry, file] of Object.entries<string>(exports)) {
    const name = `halo-graph-client${entry.slice(1)}`;
    if (file.endsWith('.js')) run(process.execPath, ['--input-type=module', '-e', `await import('${name}')`]);
    else expect(readFileSync(join(installed, file), 'utf8').length).toBeGreaterThan(0);
  }
});

test('Vite builds it', async () => {
  const output = await build({
    root: project,
    logLevel: 'error',
    build: { write: false, lib: { entry: join(project, 'consumer.ts'), formats: ['es'] } },
  });
  expect(JSON.stringify(output)).toContain('appointmentsConnection');
});

test('it has peer dependencies only', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(manifest.dependencies).toBeUndefined();
  const declared = Object.keys(manifest.peerDependencies);
  const files = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((each) => /\.(js|d\.ts)$/.test(each))) {
    const text = readFileSync(join(installed, 'dist', file), 'utf8');
    for (const [, from = ''] of text.matchAll(/^(?:import|export) .* from '([^.'][^']*)'/gm)) {
      const name = from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/');
      expect(declared, file).toContain(name);
    }
  }
});
