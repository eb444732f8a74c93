/**
 * What may be written to a practice as text. Every text of every mutation that a practice keeps goes through here:
 *
 * - composed letters (NFC), as people type them;
 * - format characters (zero-width blanks, byte-order marks, direction marks, soft hyphens) are removed: nobody sees them;
 * - the hyphens of word processors (U+2010, U+2011) are the hyphen of the keyboard;
 * - blanks around it are cut off, and blanks of any kind and number inside are one blank;
 * - a control character or a line break inside is refused;
 * - a character that Windows-1252 lacks is refused (B38): the database would store `?`;
 * - longer than the column is refused.
 */
import { fitsWindows1252 } from './windows-1252.ts';

/** `text` is null when nothing is left. `problem` is for the person at the screen, and never repeats the text. */
export interface StorableText {
  readonly text: string | null;
  readonly problem?: string;
}

/** Nobody sees them: they come with what is copied from elsewhere. */
export const formatCharacters = /\p{Cf}/gu;
const controlCharacter = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const hyphens = /[\u2010\u2011]/g;
const blanks = /\p{Zs}+/gu;
const cannotBeStored =
  "The practice's database cannot store some of these characters. Use letters of Western European languages only.";

/** @param maxLength characters that the column holds */
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
