import { describe, expect, it } from 'vitest';
import { isLike } from '../../../sandbox/sql/like.ts';

describe('LIKE', () => {
  it.each([
    ['Smith', 'smi%', null, true],
    ['Smith', 'SMITH', null, true],
    ['Smith   ', 'smith', null, true],
    ['Smith', 'mith', null, false],
    ['100%', '100\\%', '\\', true],
    ['1000', '100\\%', '\\', false],
    ['a_b', 'a[_]b', null, true],
    ['axb', 'a[_]b', null, false],
    ['[x]', '[[]x]', null, true],
    ['cat', '[a-c]at', null, true],
    ['dat', '[a-c]at', null, false],
    ['dat', '[^a-c]at', null, true],
    ['cat', '[open', null, false],
    ['a.b', 'a.b', null, true],
    ['axb', 'a.b', null, false],
    ['ÉMOCK', 'émo%', null, true],
    ['two\nlines', 'two%lines', null, true],
  ])('%j like %j escape %j is %s', (value, pattern, escapeBy, expected) => {
    expect(isLike(value, pattern, escapeBy, false)).toBe(expected);
  });

  it('minds trailing blanks when Unicode is compared', () => {
    expect(isLike('Smith   ', 'smith', null, true)).toBe(false);
    expect(isLike('Smith   ', 'smith%', null, true)).toBe(true);
  });
});
