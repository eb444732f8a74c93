import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cyclesOf, type Import, importsIn, specifiersIn, textOf, wrongImports } from './imports.ts';
import { exceptions, knowGraphql, order } from './order.ts';

const imports = importsIn('src');
const within = imports.filter(({ to }) => to.startsWith('src/'));

describe('Imports of src', () => {
  it('are found in most files', () => {
    expect(new Set(within.map(({ from }) => from)).size).toBeGreaterThan(300);
  });

  it('follow the order of the folders', () => {
    expect(wrongImports(imports, order, exceptions)).toEqual([]);
  });

  it('need every exception', () => {
    const found = new Set(within.map(textOf));
    expect(exceptions.map(textOf).filter((each) => !found.has(each))).toEqual([]);
  });

  it('have no cycles', () => {
    expect(cyclesOf(within)).toEqual([]);
  });

  it('name graphql only where GraphQL is known', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        /^(@pothos\/|graphql(-yoga)?$)/.test(to) &&
        !knowGraphql.some((place) => from.startsWith(`src/${place}/`)),
    );
    expect(wrong.map(textOf)).toEqual([]);
  });

  it('know the engine by its two interfaces and memoizeLast', () => {
    const known = ['executor.ts', 'row-decoder.ts', 'memoize-last.ts'].map((name) => `src/engine/${name}`);
    const wrong = within.filter(
      ({ from, to }) =>
        !from.startsWith('src/engine/') && to.startsWith('src/engine/') && !known.includes(to),
    );
    expect(wrong.map(textOf)).toEqual([]);
  });

  it('leave making code to one file', () => {
    const makers = [...new Set(imports.map(({ from }) => from))].filter((path) =>
      /\bnew Function\b|(?<![.\w])eval\(/.test(readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')),
    );
    expect(makers).toEqual(['src/engine/generated-code.ts']);
  });

  it('leave the sandbox alone, which imports nothing of src either', () => {
    expect(imports.filter(({ to }) => to.startsWith('sandbox/')).map(textOf)).toEqual([]);
    const sandbox = importsIn('sandbox');
    expect(sandbox.length).toBeGreaterThan(100);
    expect(sandbox.filter(({ to }) => to.startsWith('src/')).map(textOf)).toEqual([]);
  });
});

describe('The check of imports', () => {
  const invented = [['lib'], ['low', 'beside'], ['low/part'], ['high']];
  const wrong = (from: string, to: string, except: readonly Import[] = []) =>
    wrongImports([{ from, to }], invented, except);

  it.each([
    ['src/high/a.ts', 'src/low/b.ts'],
    ['src/high/a.ts', 'src/high/deep/b.ts'],
    ['src/low/a.ts', 'src/lib/b.ts'],
    ['src/low/part/a.ts', 'src/low/b.ts'],
    ['src/low/a.ts', 'graphql'],
  ])('lets %s import %s', (from, to) => {
    expect(wrong(from, to)).toEqual([]);
  });

  it.each([
    ['src/low/a.ts', 'src/high/b.ts'],
    ['src/low/a.ts', 'src/beside/b.ts'],
    ['src/low/a.ts', 'src/low/part/b.ts'],
    ['src/nowhere/a.ts', 'src/lib/b.ts'],
    ['src/high/a.ts', 'src/nowhere.ts'],
  ])('finds that %s must not import %s, unless that is an exception', (from, to) => {
    expect(wrong(from, to)).toEqual([`${from} imports ${to}`]);
    expect(wrong(from, to, [{ from, to }])).toEqual([]);
  });

  it('finds a cycle of two files, of three, and of one', () => {
    const imports = ['a b', 'b a', 'c a', 'd e', 'e f', 'f d', 'f a', 'g g', 'h a'].map((each) => {
      const [from = '', to = ''] = each.split(' ');
      return { from, to };
    });
    expect(cyclesOf(imports)).toEqual([['a', 'b'], ['d', 'e', 'f'], ['g']]);
  });

  it('reads every form of import', () => {
    const text = [
      "import './effect.ts';",
      "import type { A } from './type.ts';",
      "import {\n  b,\n  type C,\n} from './lines.ts';",
      "import * as d from 'package';",
      "export type * from './export.ts';",
      "const e = await import('./later.ts');",
      "const f = 'import of nothing';",
    ].join('\n');
    expect(specifiersIn(text)).toEqual([
      './effect.ts',
      './type.ts',
      './lines.ts',
      'package',
      './export.ts',
      './later.ts',
    ]);
  });
});
