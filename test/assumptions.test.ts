/** docs/assumptions.md and the comments of the code name the same assumptions, at the same places. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Assumption {
  readonly id: string;
  /** Files and folders, from the root. */
  readonly places: readonly string[];
}

/** A place without a folder is in the folder of the place before it. */
function placesOf(cell: string): readonly string[] {
  let folder = '';
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => {
    const path = /^(src|sandbox)\//.test(name) ? name : join(folder, name);
    folder = path.endsWith('/') ? path : dirname(path);
    return path;
  });
}

const assumptions: readonly Assumption[] = [
  ...read('docs/assumptions.md').matchAll(/^\| ([A-Z]\d+) \| .* \| (.*?) \|$/gm),
].map(([, id = '', where = '']) => ({ id, places: placesOf(where) }));

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

/** The ids that a file's comments name: `assumption H1`, `assumptions B1, B2 and B9`. */
function idsIn(path: string): readonly string[] {
  const text = read(path).replace(/\n\s*(?:\*|\/\/)?\s*/g, ' ');
  const lists = text.matchAll(/\bassumptions?\s+((?:[A-Z]\d+(?:,?\s+and\s+|,\s+)?)+)/gi);
  return [...lists].flatMap(([, list = '']) => list.match(/[A-Z]\d+/g) ?? []);
}

const named = [...filesBelow('src'), ...filesBelow('sandbox')].flatMap((path) =>
  idsIn(path).map((id) => ({ id, path })),
);
const liesAt = (path: string, place: string) =>
  path === place || (place.endsWith('/') && path.startsWith(place));

it('F2: each id is used once', () => {
  const ids = assumptions.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(130);
  expect(ids.filter((id, at) => ids.indexOf(id) < at)).toEqual([]);
});

it('F2: the places of each assumption exist', () => {
  const gone = assumptions.flatMap(({ id, places }) => {
    const isThere = (place: string) =>
      existsSync(join(root, place)) && statSync(join(root, place)).isDirectory() === place.endsWith('/');
    return places.length === 0
      ? [id]
      : places.filter((place) => !isThere(place)).map((place) => `${id} ${place}`);
  });
  expect(gone).toEqual([]);
});

it('F2: each assumption that a comment names is listed', () => {
  const known = new Set(assumptions.map(({ id }) => id));
  expect(named.filter(({ id }) => !known.has(id))).toEqual([]);
});

it('F2: each assumption that is listed is named by a comment at its place', () => {
  const unnamed = assumptions.filter(
    ({ id, places }) => !named.some((at) => at.id === id && places.some((place) => liesAt(at.path, place))),
  );
  expect(unnamed.map(({ id, places }) => `${id}: ${places[0]}`)).toEqual([]);
});

it('F2: a file whose comments name an assumption is one of its places', () => {
  const elsewhere = named.filter(({ id, path }) => {
    const places = assumptions.find((each) => each.id === id)?.places ?? [];
    return !places.some((place) => liesAt(path, place));
  });
  expect(elsewhere.map(({ id, path }) => `${id}: ${path}`)).toEqual([]);
});
