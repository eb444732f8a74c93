import { afterEach, describe, expect, test, vi } from 'vitest';
import { cellsOf } from '../../src/engine/rows/cells.ts';

afterEach(() => vi.unstubAllGlobals());

const forbidCode = () =>
  vi.stubGlobal('Function', function forbidden() {
    throw new EvalError('Code generation from strings disallowed for this context');
  });

describe.each([
  ['in code', 'k', () => {}],
  ['where code may not be made', 'm', forbidCode],
])('a row taken apart %s', (_how, name, prepare) => {
  test('is itself, then its columns in order; undefined where it has none', () => {
    prepare();
    const row = { [`${name}2`]: null, [name]: 'one', other: 3 };
    expect(cellsOf([name, `${name}1`, `${name}2`])(row)).toEqual([row, 'one', undefined, null]);
  });
});

test('names that are not identifiers are looked up', () => {
  const row = { 'a b': 1, 'x];throw 0;[': 2 };
  expect(cellsOf(['a b', 'x];throw 0;['])(row)).toEqual([row, 1, 2]);
});
