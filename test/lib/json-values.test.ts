import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsMoreValues } from '../../src/lib/json-values.ts';

/** Commas and opening brackets: one for each value but the first of an object or array, and one for each object or array. */
function count(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const parts: unknown[] = Object.values(value);
  return 1 + Math.max(0, parts.length - 1) + parts.reduce<number>((sum, part) => sum + count(part), 0);
}

describe('I1: counts what a JSON text holds without parsing it', () => {
  it('agrees with the parsed value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat({ max: 30 }), (json, max) => {
        expect(holdsMoreValues(json, max)).toBe(count(JSON.parse(json)) > max);
      }),
    );
  });

  it.each([
    ['brackets that are never closed', '['.repeat(1_000)],
    ['nested objects', '{"a":'.repeat(1_000)],
    ['numbers', `[${'1,'.repeat(1_000)}`],
  ])('finds too many in a text that is no JSON: %s', (_, json) => {
    expect(holdsMoreValues(json, 500)).toBe(true);
  });

  it.each([
    ['a string of brackets', JSON.stringify('[{,'.repeat(1_000))],
    ['a string of quotes and backslashes', JSON.stringify('\\"[{,'.repeat(1_000))],
    ['a long number', '1'.repeat(1_000)],
  ])('counts nothing inside of a value: %s', (_, json) => {
    expect(holdsMoreValues(json, 1)).toBe(false);
  });
});
