/**
 * A search by name in FHIR's parameters. FHIR's string search disregards case, accents and punctuation (F20); servers that
 * compare only the beginning of a whole name part are sent the forms in which such a part is written, too.
 */
import { apostrophe, foldLetters, nameToken, searchWords } from '../../text/name-words.ts';
import { escaped } from './references.ts';

// Rests on assumption F20.

/** Words before a word that may belong to the same part of a name: `Van der Berg`. */
const maxWordsBefore = 3;

interface Token {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** For each word of the search, its forms as one value: comma means "or". All values must match. */
export function nameValues(search: string): readonly string[] {
  return formsOfWords(search).map(joined);
}

/** The longest word, which is the most telling: whoever matches has it in one of the parts of the name. */
export function maxTellingValue(search: string): string {
  const [longest = []] = formsOfWords(search).toSorted(([a = ''], [b = '']) => b.length - a.length);
  return joined(longest);
}

/** Any of the words. */
export function anyWordValue(search: string): string {
  return joined(formsOfWords(search).flat());
}

/** The word itself in its forms, then the parts of a name that it may end. */
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

/** Runs of letters, digits and apostrophes, with their places. */
function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(nameToken)]
    .map(({ 0: found, index }) => ({ text: found, from: index, to: index + found.length }))
    .filter((token) => searchWords(token.text).length > 0);
}

/** As it was typed, without accents, folded, and with an apostrophe in the forms that keyboards and phones make. */
function wordForms(text: string): readonly string[] {
  const parts = text.split(apostrophe);
  const marked = parts.length === 1 ? [text] : ["'", '’', ''].map((mark) => parts.join(mark));
  return [...marked, ...foldedForms(parts.join(''))];
}

/** What differs in more than case from the word as it was typed. */
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
