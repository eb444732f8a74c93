import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { isolated } from '../../vitest.config.ts';

/** Another file of the worker may have loaded the module before. */
const replacesModules = /\bvi\.(mock|doMock|resetModules)\(/;

it('Test files that share a worker replace no modules', () => {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => posix.join('test', name));
  const found = files.filter((path) => replacesModules.test(readFileSync(path, 'utf8')));
  expect(found.filter((path) => !isolated.includes(path))).toEqual([]);
  expect(found).not.toEqual([]);
});
