import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { characterCount, storableText } from '../../src/text/storable-text.ts';
import { fitsWindows1252 } from '../../src/text/windows-1252.ts';

describe('D9: invisible characters are removed, several blanks become one', () => {
  test.each([
    ['Tess\u200b', 'Tess'],
    ['\ufeffTess', 'Tess'],
    ['Te\u202ess', 'Tess'],
    ['Te\u00adss', 'Tess'],
    ['\u200b \u200b', null],
    ['  Mary \u00a0\u3000  Ann ', 'Mary Ann'],
    ['Mary \u200b Ann', 'Mary Ann'],
    ['\n Ann \r\n', 'Ann'],
    ['Anne\u2011Marie Smith\u2010Jones', 'Anne-Marie Smith-Jones'],
    ['', null],
    [null, null],
    ['Zoë'.normalize('NFD'), 'Zoë'],
    ['O’Brien – 50 €', 'O’Brien – 50 €'],
  ])('%j is stored as %j', (given, text) => {
    expect(storableText(given, 40)).toEqual({ text });
  });
});

describe('D2, D9: what cannot be stored is refused', () => {
  test.each([
    ['a control character', 'A\u0000B'],
    ['a bell', 'A\u0007B'],
    ['a C1 control character', 'A\u0085B'],
    ['a line break', 'Mr\nDr'],
    ['a tab', 'Mr\tDr'],
    ['a line separator', 'A\u2028B'],
    ['a replacement character', 'A\ufffdB'],
    ['Vietnamese', 'Lệ'],
    ['Polish', 'Łucja'],
    ['Cyrillic', 'Оля'],
    ['an emoji', 'Ann 🙂'],
    ['half an emoji', 'Ann \ud83d'],
    ['an accent alone', 'x\u0323'],
    ['41 characters', 'x'.repeat(41)],
  ])('%s', (_what, given) => {
    const { problem } = storableText(given, 40);
    expect(problem).toBeDefined();
    for (const part of given.match(/[^\x20-\x7e]+/g) ?? []) expect(problem).not.toContain(part);
  });
});

test('accepted text is stored unchanged by SQL Server, fits its column, and is accepted again unchanged', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.integer({ min: 1, max: 50 }),
      (given, maxLength) => {
        const { text, problem } = storableText(given, maxLength);
        if (problem !== undefined || text === null) return;
        expect(fitsWindows1252(text)).toBe(true);
        expect(text.length).toBeLessThanOrEqual(maxLength);
        expect(text).toMatch(/^\S+( \S+)*$/u);
        expect(text).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(storableText(text, maxLength)).toEqual({ text });
      },
    ),
    { numRuns: 2_000 },
  );
});

test('D10: characters are counted as people count them', () => {
  expect(['', 'abc', '🙂'.repeat(200), '👨‍👩‍👧‍👦', 'e\u0301', '🇦🇺'].map(characterCount)).toEqual([
    0, 3, 200, 1, 1, 1,
  ]);
});
