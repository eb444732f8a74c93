/** A search by name as a T-SQL condition. It folds like `name-words.ts`, with any collation of the database. */
import { foldLetters, isApostrophe, isWordCharacter, searchWords } from '../../text/name-words.ts';
import { windows1252 } from '../../text/windows-1252.ts';
import { beginningWith, likeEscape, type Parameters, padded } from './statement.ts';

const nameColumns = ['p.FIRSTNAME', 'p.MIDDLENAME', 'p.PREFERREDNAME', 'p.SURNAME'];
/** Compares bytes, so that results do not depend on the practice's collation. It is also the fastest. */
const binary = 'COLLATE Latin1_General_BIN2';

const letters = [...windows1252].filter(isWordCharacter);
const apostrophes = [...windows1252].filter(isApostrophe);
const ligatures = letters.filter((letter) => foldLetters(letter).length > 1);
/** Which letters of the code page fold to a letter: `e` to `eEèéêëÈÉÊË`. */
const unfolded: ReadonlyMap<string, string> = letters.reduce(
  (all, letter) => all.set(foldLetters(letter), (all.get(foldLetters(letter)) ?? '') + letter),
  new Map<string, string>(),
);
/** Each letter as a set of all letters that fold to it. */
const sets: ReadonlyMap<string, string> = new Map(
  [...unfolded].map(([letter, same]) => [letter, same.length === 1 ? same : `[${same}]`]),
);
const notALetter = `[^${withRanges(letters)}]`;

/** Writes consecutive letters as a range such as `a-z`, because the binary collation compares codes. */
function withRanges(characters: readonly string[]): string {
  const codes = characters.map((character) => character.charCodeAt(0)).sort((a, b) => a - b);
  let text = '';
  for (let first = 0; first < codes.length; ) {
    let last = first;
    while (codes[last + 1] === (codes[last] ?? 0) + 1) last += 1;
    // The order of the code page differs from Unicode for letters outside Latin-1.
    const run = codes.slice(first, last + 1);
    text +=
      run.length > 3 && (run.at(-1) ?? 0) < 0x100
        ? `${String.fromCharCode(run[0] ?? 0)}-${String.fromCharCode(run.at(-1) ?? 0)}`
        : String.fromCharCode(...run);
    first = last + 1;
  }
  return text;
}

/** All names, each after a blank. */
const names = `(${nameColumns.map((column) => `' ' + ISNULL(RTRIM(${column}), '')`).join(' + ')}) ${binary}`;
/** The same with apostrophes and again without them, and with ligatures written out. */
const foldedNames = ((): string => {
  const replaced = (text: string, characters: readonly string[], by: (character: string) => string) =>
    characters.reduce((inner, each) => `REPLACE(${inner}, ${literal(each)}, ${literal(by(each))})`, text);
  const both = `w.NAMES + ${replaced('w.NAMES', apostrophes, () => '')}`;
  return replaced(both, ligatures, foldLetters);
})();
/** Skips the work for names that have only accents and case to fold, as most names do. */
const hasMoreToFold = `w.NAMES LIKE ${literal(`%[${[...apostrophes, ...ligatures].join('')}]%`)}`;
const bothForms = `SELECT w.NAMES, CASE WHEN ${hasMoreToFold} THEN ${foldedNames} END AS FOLDED FROM (SELECT ${names} AS NAMES) w`;

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Most patterns fit. */
const patternSize = 250;

/** Each word must begin some word of some name. Null when no stored name can have such a word. It cannot use an index. */
export function nameCondition(name: string, parameters: Parameters): string | null {
  const patterns = searchWords(name).map(patternOf);
  if (patterns.length === 0 || patterns.includes(null)) return null;
  const begun = padded(patterns).map((pattern, index) => {
    const place = parameters.text(`name${index}`, pattern, patternSize);
    return `(n.NAMES LIKE ${place} OR n.FOLDED LIKE ${place})`;
  });
  return `EXISTS (SELECT 1 FROM (${bothForms}) n WHERE ${begun.join(' AND ')})`;
}

/** A LIKE pattern for words that begin with these letters. Null when the code page lacks all forms of a letter. */
function patternOf(word: string): string | null {
  let pattern = `%${notALetter}`;
  for (const letter of word) {
    const set = sets.get(letter);
    if (set === undefined) return null;
    pattern += set;
  }
  return `${pattern}%`;
}

/** The last name begins with one of the words as typed. It can use the index of last names. */
export function lastNameCondition(words: readonly string[], parameters: Parameters): (row: string) => string {
  const patterns = padded(words).map((word, index) => parameters.text(`last${index}`, beginningWith(word)));
  return (row) =>
    `(${patterns.map((pattern) => `${row}.SURNAME LIKE ${pattern} ${likeEscape}`).join(' OR ')})`;
}
