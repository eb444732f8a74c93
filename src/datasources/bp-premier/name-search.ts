/**
 * A search by name as FHIR parameters. FHIR's string search ignores case, accents and punctuation (F20). Some servers compare
 * only the beginning of a whole name part, so the parameters also hold the forms in which such a part is written.
 */
import { apostrophe, foldLetters, nameToken, searchWords } from '../../text/name-words.ts';
import { escaped } from './references.ts';

// Rests on assumption F20.

/** The maximum number of words before a word in the same part of a name: `Van der Berg`. */
const maxWordsBefore = 3;

interface Token {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** One value for each word of the search: its forms, separated by commas, which mean "or". All values must match. */
export function nameValues(search: string): readonly string[] {
  return formsOfWords(search).map(joined);
}

/** The longest word, because it usually finds the fewest patients. Every match has it in some part of the name. */
export function longestWordValue(search: string): string {
  const [longest = []] = formsOfWords(search).toSorted(([a = ''], [b = '']) => b.length - a.length);
  return joined(longest);
}

/** Finds any of the words. */
export function anyWordValue(search: string): string {
  return joined(formsOfWords(search).flat());
}

/** For each word: its forms, then the parts of a name that may end with it. */
function formsOfWords(search: string): readonly (readonly string[])[] {
  const written = search.normalize('NFC').replace(/\s+/g, ' ').trim();
  const tokens = tokensOf(written);
  return tokens.map((token, index) => {
    const before = tokens.slice(Math.max(0, index - maxWordsBefore), index);
    const parts = before
      .map(({ from }) => written.slice(from, token.to))
      .filter((part) => !part.includes(','));
    return [...wordForms(token.text), ...parts.toReversed()];
  });
}

/** Runs of letters, digits and apostrophes, with their positions. */
function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(nameToken)]
    .map(({ 0: found, index }) => ({ text: found, from: index, to: index + found.length }))
    .filter((token) => searchWords(token.text).length > 0);
}

/** The word as typed, without accents, and folded. An apostrophe has the forms that keyboards and phones write. */
function wordForms(text: string): readonly string[] {
  const parts = text.split(apostrophe);
  const marked = parts.length === 1 ? [text] : ["'", '’', ''].map((mark) => parts.join(mark));
  return [...marked, ...foldedForms(parts.join(''))];
}

/** The forms that differ from the typed word in more than case. */
function foldedForms(word: string): readonly string[] {
  const plain = unaccented(word);
  const folded = foldLetters(word);
  const isPlain = folded === plain.toLowerCase();
  return [...(plain === word ? [] : [plain]), ...(isPlain ? [] : [folded])];
}

const unaccented = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

function joined(forms: readonly string[]): string {
  return [...new Set(forms)].map(escaped).join(',');
}
