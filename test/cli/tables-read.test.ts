import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tablesRead } from '../../src/cli/check/check-database.ts';

it('checks every table that the statements of SQL Passthrough read, and no other', () => {
  const folder = new URL('../../src/datasources/sql-passthrough/', import.meta.url);
  const named = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [
      ...readFileSync(new URL(path, folder), 'utf8').matchAll(/\b(?:FROM|JOIN) dbo\.(\w+)/g),
    ])
    .map(([, table]) => table);
  expect([...tablesRead]).toEqual([...new Set(named)].sort());
});
