import { type DocumentNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { documentCache } from '../../src/operation/document-cache.ts';

const viewer = parse('{ viewer { name } }');
const remembered = (cache: ReturnType<typeof documentCache>['documentCache'], texts: readonly string[]) =>
  texts.filter((text) => cache.get(text) !== undefined).length;

test('hundreds of documents of the usual length are kept', () => {
  const { documentCache: cache } = documentCache();
  const texts = Array.from({ length: 250 }, (_, at) => `${at}`.padEnd(900));
  for (const text of texts) cache.set(text, viewer);
  expect(remembered(cache, texts)).toBe(250);
});

test('of long ones, which nobody asks again, a few', () => {
  const { documentCache: cache } = documentCache();
  const texts = Array.from({ length: 1_000 }, (_, at) => `${at}`.padEnd(10_000));
  for (const text of texts) cache.set(text, viewer);
  expect(remembered(cache, texts)).toBeLessThanOrEqual(25);
  const long = 'x'.repeat(100_000);
  cache.set(long, {} as DocumentNode);
  expect(cache.get(long)).toBeUndefined();
});
