/** The package as an operator installs it: packed, installed in an empty folder, started. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeFlags } from '../../src/node-flags.ts';
import { build, outDir } from './running-facade.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'halo-graph-package-'));
const installed = join(folder, 'operator');
const inPackage = (path: string) => join(installed, 'node_modules/halo-graph', path);
const { HALO_ENVIRONMENT: _, HALO_SUBSCRIPTION_KEY: __, ...env } = process.env;
const npm = (cwd: string, ...args: readonly string[]) =>
  execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(async () => {
  await build();
  // The package has `dist`.
  const staged = join(folder, 'staged');
  mkdirSync(staged);
  mkdirSync(installed);
  for (const path of ['package.json', 'schema.graphql', 'docs', 'graphiql/dist', 'README.md'])
    cpSync(join(root, path), join(staged, path), { recursive: true });
  cpSync(join(root, outDir), join(staged, 'dist'), { recursive: true });
  const [{ filename }] = JSON.parse(npm(staged, 'pack', '--json', '--pack-destination', folder)) as [
    { filename: string },
  ];
  writeFileSync(join(installed, 'package.json'), '{ "name": "operator", "private": true }');
  npm(
    installed,
    ...['install', join(folder, filename), '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'],
  );
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const haloGraph = (...args: readonly string[]) =>
  execFileSync(join(installed, 'node_modules/.bin/halo-graph'), args, { env, encoding: 'utf8' });

describe('part 6: the installed package', () => {
  it('has its commands', () => {
    expect(haloGraph('--help')).toContain('Usage: halo-graph <command>');
    expect(haloGraph('keys', '--help')).toContain('API_KEYS_FILE');
    expect(haloGraph('schema')).toContain('type Query');
    expect(
      JSON.parse(haloGraph('keys', 'app', '--scopes', 'sites:read', '--practices', '*', '--json')).key,
    ).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['with the flags of the benchmark', process.execPath, [...nodeFlags, inPackage('dist/src/main.js')]],
    ['by its command', join(installed, 'node_modules/.bin/halo-graph'), ['start']],
  ])('starts %s, and answers', async (_how, program, args) => {
    const server = spawn(program, args, { cwd: installed, env: { ...env, PORT: '0' } });
    try {
      let output = '';
      const url = await new Promise<string>((resolve, reject) => {
        const received = (text: Buffer) => {
          output += text;
          const [, found] = /GraphiQL +(http:\S+\/graphql)/.exec(output) ?? [];
          if (found) resolve(found);
        };
        server.stdout.on('data', received);
        server.stderr.on('data', received);
        server.once('close', () => reject(new Error(output)));
      });
      const query = '{ practice(bpSiteId: "1001") { ... on Practice { name } } }';
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect(await response.json()).toMatchObject({
        data: { practice: { name: 'Sandbox Wattle Practice' } },
      });
      const page = await fetch(url, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain('"graphql/assets/');
    } finally {
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('close', resolve));
    }
  });
});
