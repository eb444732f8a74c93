import type { Test } from './resource-kind.ts';

/** Splits at a separator, unless a backslash precedes it. The backslashes stay. */
export function cutAt(sign: ',' | '|', value: string): string[] {
  const parts = [''];
  for (const [piece] of value.matchAll(/\\.|[\s\S]/gu)) {
    if (piece === sign) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** Removes the backslashes of FHIR's escaping. */
export function unescaped(value: string): string {
  return value.replace(/\\([\\,$|])/g, '$1');
}

export const nothing = '0';

/** String: the value begins one of the columns. Case, accents and punctuation do not matter, as R4 says. */
export function beginsOneOf(...columns: readonly string[]): Test {
  return (value, bind, { database }) => {
    const phrase = wordsOf(unescaped(value).replace(apostrophes, ''));
    if (phrase === ' ') return nothing;
    database.define('fhir_begins', (column, beginning) =>
      readingsOf(column ?? null).some((reading) => reading.startsWith(String(beginning))) ? 1 : 0,
    );
    return columns.map((column) => `fhir_begins(${column}, ${bind(phrase.trimEnd())})`).join(' OR ');
  };
}

const apostrophes = /['\u2018\u2019`\u00b4\u02bc]/gu;
const notDecomposed: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
  ø: 'o',
};

/** ` mary ann ` */
function wordsOf(text: string): string {
  const letters = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœþðø]/g, (letter) => notDecomposed[letter] ?? letter);
  return ` ${letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `.replace(/^ +$/, ' ');
}

/** An apostrophe is ignored, or separates two words. */
function readingsOf(value: string | number | null): readonly string[] {
  const text = String(value ?? '');
  return [wordsOf(text.replace(apostrophes, '')), wordsOf(text)];
}

/** String: each word of the value begins a word of one of the columns. */
export function everyWordBeginsOneOf(...columns: readonly string[]): Test {
  const texts = columns.map((column) => `COALESCE(${column}, '')`).join(" || ' ' || ");
  return (value, bind, { database }) => {
    const words = wordsOf(unescaped(value).replace(apostrophes, ''))
      .split(' ')
      .filter((word) => word !== '');
    if (words.length === 0) return nothing;
    database.define('fhir_words', (names) => readingsOf(names ?? null).join(''));
    return words.map((word) => `instr(fhir_words(${texts}), ${bind(` ${word}`)}) > 0`).join(' AND ');
  };
}

/** Reference to one type: `42`, `Practitioner/42`, or a URL that ends so. */
export function refersTo(type: string, column: string): Test {
  return (value, bind) => {
    const [, named, id] = /^(?:.*?([A-Za-z]+)\/)?(\d{1,15})$/.exec(unescaped(value)) ?? [];
    if (id === undefined || (named !== undefined && named !== type)) return nothing;
    return `${column} = ${bind(Number(id))}`;
  };
}

/** Token of a code that has no system: `booked` or `|booked`. */
export function codeOf(value: string): string | null {
  const parts = cutAt('|', value);
  if (parts.length > 2 || (parts.length === 2 && parts[0] !== '')) return null;
  return unescaped(parts.at(-1) ?? '');
}

/** SQL of a phone number without its punctuation, `+61` written `0`. */
export function nationalDigits(column: string): string {
  const bare = ["' '", "'-'", "'('", "')'"].reduce((sql, sign) => `replace(${sql}, ${sign}, '')`, column);
  return `replace(${bare}, '+61', '0')`;
}
