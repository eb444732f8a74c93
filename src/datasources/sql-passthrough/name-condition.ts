/** A search by name as a condition of T-SQL: the same folding as `name-words.ts`, whatever the database's collation. */
import { foldLetters, isApostrophe, isWordCharacter, searchWords } from '../../text/name-words.ts';
import { windows1252 } from '../../text/windows-1252.ts';
import { beginningWith, likeEscape, type Parameters, padded } from './statement.ts';

const nameColumns = ['p.FIRSTNAME', 'p.MIDDLENAME', 'p.PREFERREDNAME', 'p.SURNAME'];
/** Compares bytes: what is found does not depend on the practice's collation, and it is the fastest. */
const binary = 'COLLATE Latin1_General_BIN2';

const letters = [...windows1252].filter(isWordCharacter);
const apostrophes = [...windows1252].filter(isApostrophe);
const ligatures = letters.filter((letter) => foldLetters(letter).length > 1);
/** Which letters of the code page fold to a letter: `e` to `eEèéêëÈÉÊË`. */
const unfolded: ReadonlyMap<string, string> = letters.reduce(
  (all, letter) => all.set(foldLetters(letter), (all.get(foldLetters(letter)) ?? '') + letter),
  new Map<string, string>(),
);
const notALetter = `[^${letters.join('')}]`;

/** All names, a blank before each. */
const names = `(${nameColumns.map((column) => `' ' + ISNULL(RTRIM(${column}), '')`).join(' + ')}) ${binary}`;
/** The same once with apostrophes and once without, ligatures written out. */
const foldedNames = ((): string => {
  const replaced = (text: string, characters: readonly string[], by: (character: string) => string) =>
    characters.reduce((inner, each) => `REPLACE(${inner}, ${literal(each)}, ${literal(by(each))})`, text);
  const both = `n.NAMES + ${replaced('n.NAMES', apostrophes, () => '')}`;
  return replaced(both, ligatures, foldLetters);
})();
/** Few names have something to fold but accents and case: all others are spared the work. */
const hasMoreToFold = `n.NAMES LIKE ${literal(`%[${[...apostrophes, ...ligatures].join('')}]%`)}`;

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Each word begins some word of some name. Null: nobody's names can have such a word. No index helps to find them. */
export function nameCondition(name: string, parameters: Parameters): string | null {
  const patterns = searchWords(name).map(patternOf);
  if (patterns.length === 0 || patterns.includes(null)) return null;
  const begun = padded(patterns).map((pattern, index) => {
    const place = parameters.text(`name${index}`, pattern);
    return `(n.NAMES LIKE ${place} OR (${hasMoreToFold} AND ${foldedNames} LIKE ${place}))`;
  });
  return `EXISTS (SELECT 1 FROM (SELECT ${names} AS NAMES) n WHERE ${begun.join(' AND ')})`;
}

/** For LIKE: a word that begins with these letters. Null where the code page has one of them in no form. */
function patternOf(word: string): string | null {
  const classes = [...word].map((letter) => unfolded.get(letter));
  if (classes.includes(undefined)) return null;
  return `%${notALetter}${classes.map((same) => (same?.length === 1 ? same : `[${same}]`)).join('')}%`;
}

/** A last name that begins with one of the words as they were typed, for which the index of last names is good. */
export function lastNameCondition(words: readonly string[], parameters: Parameters): (row: string) => string {
  const patterns = padded(words).map((word, index) => parameters.text(`last${index}`, beginningWith(word)));
  return (row) =>
    `(${patterns.map((pattern) => `${row}.SURNAME LIKE ${pattern} ${likeEscape}`).join(' OR ')})`;
}
