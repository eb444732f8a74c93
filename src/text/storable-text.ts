/**
 * Normalises and checks each text that a mutation writes to a practice:
 *
 * - letters are composed (NFC), as keyboards produce them;
 * - format characters (zero-width blanks, byte-order marks, direction marks, soft hyphens) are removed, because they are
 *   invisible;
 * - the hyphens of word processors (U+2010, U+2011) become the hyphen of the keyboard;
 * - the text is trimmed, and each run of blanks of any kind becomes one blank;
 * - a control character or a line break inside is refused;
 * - a character that Windows-1252 lacks is refused (B38): the database would store `?`;
 * - a text that is longer than the column is refused.
 */
import { fitsWindows1252 } from './windows-1252.ts';

/** `text` is null if the normalised text is empty. `problem` is for the person at the screen, and never repeats the text. */
export interface StorableText {
  readonly text: string | null;
  readonly problem?: string;
}

/** Invisible characters, which often come with copied text. */
export const formatCharacters = /\p{Cf}/gu;
const controlCharacter = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const hyphens = /[\u2010\u2011]/g;
const blanks = /\p{Zs}+/gu;
const cannotBeStored =
  "The practice's database cannot store some of these characters. Use letters of Western European languages only.";

/** @param maxLength length of the column in characters */
export function storableText(given: string | null | undefined, maxLength: number): StorableText {
  if (given === null || given === undefined) return { text: null };
  const text = given
    .replace(formatCharacters, '')
    .trim()
    .normalize('NFC')
    .replace(hyphens, '-')
    .replace(blanks, ' ')
    .trim();
  if (text === '') return { text: null };
  if (controlCharacter.test(text)) {
    return {
      text,
      problem: 'Enter a single line, without line breaks, tabs or control characters.',
    };
  }
  if (text.length > maxLength) return { text, problem: `Use at most ${maxLength} characters.` };
  if (!fitsWindows1252(text)) return { text, problem: cannotBeStored };
  return { text };
}

/** How many characters a person counts: an emoji with its skin colour is one, and so is a letter with its accent. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
