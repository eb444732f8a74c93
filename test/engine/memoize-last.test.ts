import { describe, expect, test } from 'vitest';
import { memoizeLastPerObject } from '../../src/engine/memoize-last.ts';
import { engineIsOff } from '../engine-is-off.ts';

describe.skipIf(engineIsOff('memoizeLastPerObject', 'nothing is kept'))('memoizeLastPerObject', () => {
  test('makes nothing twice for objects that take turns', () => {
    let made = 0;
    const numberOf = memoizeLastPerObject((_key: object) => ++made);
    const [a, b] = [{}, {}];
    expect([numberOf(a), numberOf(b), numberOf(a), numberOf(b)]).toEqual([1, 2, 1, 2]);
  });

  test('makes it again for another argument beside the object, and for an equal object', () => {
    const made: unknown[] = [];
    const pairOf = memoizeLastPerObject((key: object, other: string) => {
      made.push(other);
      return { key, other };
    });
    const key = { day: 1 };
    const first = pairOf(key, 'x');
    expect(pairOf(key, 'x')).toBe(first);
    expect(pairOf(key, 'y')).toEqual({ key, other: 'y' });
    expect(pairOf({ day: 1 }, 'y')).toEqual({ key, other: 'y' });
    expect(made).toEqual(['x', 'y', 'y']);
  });

  test('keeps nothing for a key that is no object, and nothing after an error', () => {
    let calls = 0;
    const read = memoizeLastPerObject((key: object | undefined) => {
      calls += 1;
      if (calls === 3) throw new Error('once');
      return [key, calls];
    });
    expect([read(undefined), read(undefined)]).toEqual([
      [undefined, 1],
      [undefined, 2],
    ]);
    const key = {};
    expect(() => read(key)).toThrow('once');
    expect(read(key)).toEqual([key, 4]);
  });
});
