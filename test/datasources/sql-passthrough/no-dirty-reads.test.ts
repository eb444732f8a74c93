import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('H3: no statement reads what is not committed', () => {
  const folder = new URL('../../../src/', import.meta.url);
  const dirty = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => /nolock|read\s*uncommitted/i.test(readFileSync(new URL(path, folder), 'utf8')));
  expect(dirty).toEqual([]);
});
