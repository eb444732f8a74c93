/** docs/architecture.md names files and folders that exist, and every folder of src. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { order } from './order.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/architecture.md', root), 'utf8');
const named = [...page.matchAll(/`((?:src|test|docs|sandbox|bench)\/[^`\s]*|[\w-]+\.md)`/g)].map(
  ([, path = '']) => path,
);
const diagram = page.slice(page.indexOf('```mermaid'), page.lastIndexOf('```'));

it('the architecture page names files that exist', () => {
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it('the diagram names files and folders that exist', () => {
  const parts = [...diagram.matchAll(/([\w-]+(?:\/[\w-]+)*(?:\/|\.ts))(?=[,:"])/g)].map(
    ([, part = '']) => part,
  );
  expect(parts.length).toBeGreaterThan(20);
  const places = parts.map((part) =>
    part === 'write-port.ts' ? 'datasources/practice/write-port.ts' : part,
  );
  expect(places.filter((part) => !existsSync(new URL(`src/${part}`, root)))).toEqual([]);
});

it('the diagram has every folder of src', () => {
  const folders = readdirSync(new URL('src', root), { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  );
  expect(folders.map(({ name }) => `${name}/`).filter((name) => !diagram.includes(name))).toEqual([]);
});

it('every place of the table of imports exists', () => {
  expect(order.flat().filter((place) => !existsSync(new URL(`src/${place}`, root)))).toEqual([]);
});
