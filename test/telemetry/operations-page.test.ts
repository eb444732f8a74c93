/** The operators' page names everything that there is to know, and nothing that there is not. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const sources = (folder: string): string =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`${folder}${name}`))
    .join('\n');
const found = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort();

const page = read('docs/operations.md');
const part = (heading: string): string => page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

test('every metric', () => {
  const metrics = found(sources('src/'), /'(halo_graph_[a-z_]+)'/g);
  expect(metrics.length).toBeGreaterThan(7);
  expect(found(part('Metrics'), /^\| `(halo_graph_[a-z_]+)`/gm)).toEqual(metrics);
  for (const name of found(page, /(halo_graph_[a-z_]+)/g)) expect(metrics).toContain(name);
});

test('every command that Redis has to allow', () => {
  const scripts = sources('src/');
  const commands = found(scripts, /redis\.call\('([A-Z]+)'/g).map((name) => name.toLowerCase());
  const user = /`ACL SETUSER ([^`]+)`/.exec(part('Replicas and Redis'))?.[1] ?? '';
  const allowed = found(user, /\+([a-z]+)/g);
  // Commands of the Redis client itself: scripts, ready check, database number, channels, cluster, QUIT.
  const own = ['eval', 'evalsha', 'info', 'quit', 'select', 'subscribe', 'ping', 'wait'];
  const ofCluster = found('+cluster +readonly +readwrite +asking', /\+([a-z]+)/g);
  expect(allowed).toEqual([...commands, ...own, ...ofCluster].sort());
});

test('part 7: each script uses one key, so that a Cluster needs no hash tags', () => {
  const text = sources('src/store/') + sources('src/limits/') + sources('src/webhooks/');
  expect(found(text, /(KEYS\[\d+\])/g)).toEqual(['KEYS[1]']);
  expect(found(text, /\.eval\((\w+, \d+)/g)).toEqual(['script, 1']);
  expect(found(text, /\.evalsha\(([\w()]+, \d+)/g)).toEqual(['digestOf(script), 1']);
});

test('every command of halo-graph', () => {
  const listed = found(part('Ways to start'), /^\| `halo-graph ([a-z]+)/gm);
  expect(listed).toEqual(Object.keys(commands).sort());
});

test('every scope', () => {
  const scopes = found(read('src/scopes.ts'), /'([a-z]+:[a-z]+)'/g);
  expect(found(part('Credentials').split('Scopes: ')[1] ?? '', /`([a-z]+:[a-z]+)`/g)).toEqual(scopes);
});

test('the examples are lines of JSON', () => {
  const lines = page.split('\n').filter((line) => line.startsWith('{"level"'));
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), msg: expect.any(String) });
});
