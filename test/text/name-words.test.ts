import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFoundBy, isSameName, nameWords, searchWords } from '../../src/text/name-words.ts';
import { nameCases } from './name-cases.ts';

describe.each(nameCases)('B1, B2: $names', ({ names, finds, findsNot }) => {
  const known = [names.firstName, names.middleName, names.preferredName, names.lastName];
  test.each(finds)('is found by %j', (search) => {
    expect(isFoundBy(searchWords(search), known)).toBe(true);
  });
  test.each(findsNot)('is not found by %j', (search) => {
    expect(isFoundBy(searchWords(search), known)).toBe(false);
  });
});

const letter = fc.constantFrom(..."abemnoszAEOZéÉüßæøþŒ’'- ,.0");
const name = fc.string({ unit: letter, maxLength: 12 });

test('a person is found by the beginnings of the words of their names, in any order, case and form', () => {
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      (names, random) => {
        const draw = (below: number) => (random.next().value ?? 0) % below;
        const words = names
          .flatMap((each) => each.split(/[^\p{L}\p{N}'’]+/u))
          .filter((word) => searchWords(word).length > 0);
        fc.pre(words.length > 0);
        const picked = Array.from({ length: 1 + draw(3) }, () => words[draw(words.length)] ?? '');
        const begun = picked.map((word) => [...word].slice(0, Math.max(2, draw(word.length + 1))).join(''));
        const forms = [
          (text: string) => text.toUpperCase(),
          (text: string) => text.normalize('NFD'),
          (text: string) => text.replace(/'/g, '’'),
          (text: string) => text.replace(/’/g, ''),
        ];
        const search = (forms[draw(forms.length)] as (text: string) => string)(
          begun.join([' ', ', ', '-'][draw(3)] ?? ' '),
        );
        fc.pre(searchWords(search).length > 0);
        expect(isFoundBy(searchWords(search), names)).toBe(true);
      },
    ),
  );
});

test('folding twice changes nothing, and no word has blanks or capitals', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const words = searchWords(text);
      expect(searchWords(words.join(' '))).toEqual(words);
      for (const word of [...words, ...nameWords([text])]) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
    }),
  );
});

test('B3: names that people consider equal', () => {
  for (const [a, b] of [
    ['O’Dupley', "O'Dupley"],
    ['O Dupley', 'ODupley'],
    ['Mary-Ann', 'Mary Ann'],
    ['maryann', 'Mary Ann'],
    ['Tess\u200b', 'Tess'],
    ['Zoë'.normalize('NFD'), 'zoe'],
    [null, ''],
    [null, undefined],
  ] as const) {
    expect(isSameName(a, b), `${a} ${b}`).toBe(true);
  }
  for (const [a, b] of [
    ['Ann', 'Anne'],
    ['Ann', null],
    ['Ann Mary', 'Mary Ann'],
  ] as const) {
    expect(isSameName(a, b)).toBe(false);
  }
});
