/**
 * Folds names: for a search by name in any source, and to distinguish people with the same name. Case, accents
 * (composed or decomposed) and all forms of apostrophes are ignored. Ligatures are expanded (`ß` is `ss`, `ﬁ` is
 * `fi`). Wide letters become plain ones. Every character that is neither letter nor digit separates words.
 */

/** `O'Brien` as keyboards, phones and text processors write it. */
const apostropheForms = "'’‘`´ʼʻʽʹʾʿˈꞌ′‛＇";
export const apostrophe = new RegExp(`[${apostropheForms}]`, 'gu');
/** A word as it is written, including apostrophes. */
export const nameToken = new RegExp(`[\\p{L}\\p{N}\\p{M}${apostropheForms}]+`, 'gu');

/** Letters that do not come apart into a base letter and an accent. */
const writtenOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ø: 'o',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
};
const toWriteOut = new RegExp(`[${Object.keys(writtenOut).join('')}]`, 'gu');
/** Forms of letters for print, which come with text that is copied: ligatures such as `ﬁ`, and wide letters. */
const printed = /[\u{FB00}-\u{FB06}\u{FF10}-\u{FF5A}]/gu;
const accentsAndFormat = /[\p{M}\p{Cf}]/gu;
const isAscii = /^[\0-\x7f]*$/;
const word = /[\p{L}\p{N}]+/gu;

export const isApostrophe = (character: string): boolean => apostropheForms.includes(character);

/** The letters of a text without case and accents. Other characters are unchanged. */
export function foldLetters(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  return text
    .replace(printed, (letter) => letter.normalize('NFKD'))
    .normalize('NFD')
    .replace(accentsAndFormat, '')
    .toLowerCase()
    .replace(toWriteOut, (letter) => writtenOut[letter] ?? letter);
}

/** Whether a character is part of a word. All others separate words. */
export function isWordCharacter(character: string): boolean {
  return (foldLetters(character).match(word) ?? []).length > 0;
}

/** The words of a search as they were typed. */
export function typedWords(search: string): readonly string[] {
  return [
    ...new Set(
      search
        .normalize('NFC')
        .split(/[\s,]+/)
        .filter((each) => searchWords(each).length > 0),
    ),
  ];
}

/** The words of a search, folded, each once. Apostrophes are removed. */
export function searchWords(search: string): readonly string[] {
  return [...new Set(wordsIn(foldLetters(search.replace(apostrophe, ''))))];
}

/**
 * The folded words of a person's names. `O'Brien` has three: `obrien`, and `o` and `brien` for searches with a blank in place
 * of the apostrophe.
 */
export function nameWords(names: readonly (string | null | undefined)[]): readonly string[] {
  const given = names.filter((name) => name).join(' ');
  const words = searchWords(given);
  return given.search(apostrophe) < 0
    ? words
    : [...words, ...wordsIn(foldLetters(given.replace(apostrophe, ' ')))];
}

/** Whether each word of a search is the beginning of a word of a name. A search without words finds no one. */
export function isFoundBy(words: readonly string[], names: readonly (string | null | undefined)[]): boolean {
  const known = nameWords(names);
  return words.length > 0 && words.every((each) => known.some((name) => name.startsWith(each)));
}

/** Whether two names are the same to people: `Mary-Ann`, `Mary Ann` and `maryann` are. */
export function isSameName(a: string | null | undefined, b: string | null | undefined): boolean {
  return squeezed(a) === squeezed(b);
}

/** The words of a name without blanks. A name without words is compared unchanged. */
function squeezed(name: string | null | undefined): string {
  const text = name ?? '';
  return wordsIn(foldLetters(text.replace(apostrophe, ''))).join('') || text;
}

function wordsIn(folded: string): readonly string[] {
  return folded.match(word) ?? [];
}
