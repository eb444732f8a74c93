import { searchWords, typedWords } from '../../text/name-words.ts';
import { fitsWindows1252 } from '../../text/windows-1252.ts';
import type { PatientSearch } from '../domain/patient.ts';
import { currentRecord } from './codes.ts';
import { lastNameCondition, nameCondition } from './name-condition.ts';
import { beginningWith, likeEscape, type Parameters, padded } from './statement.ts';

// Rests on assumptions B18 and B40.

const phoneColumns = ['p.HOMEPHONE', 'p.WORKPHONE', 'p.MOBILEPHONE'];

/** Conditions on `p` (PATIENTS). All must be true. */
export interface SearchConditions {
  /** Finds all matches, in any form that the practice may have written. */
  readonly all: readonly string[];
  /** Finds the usual forms only, with an index. Absent when it would be the same as `all`. */
  readonly usual?: readonly string[];
  /** For a search by name alone: the last name of `row` begins with a word of the search. It can use an index. */
  readonly lastName?: (row: string) => string;
}

interface Criterion {
  readonly all: string;
  readonly usual?: string;
}

/** Null when no patient can match. */
export function searchConditions(search: PatientSearch, parameters: Parameters): SearchConditions | null {
  const { name, birthDate, phone, email, medicareNumber } = search;
  const criteria = [
    name === undefined ? undefined : byName(name, parameters),
    birthDate === undefined ? undefined : byBirthDate(birthDate, parameters),
    phone === undefined ? undefined : byPhone(phone, parameters),
    email === undefined ? undefined : byEmail(email, parameters),
    medicareNumber === undefined ? undefined : byMedicareNumber(medicareNumber, parameters),
  ].filter((criterion) => criterion !== undefined);
  if (criteria.length === 0 || criteria.includes(null)) return null;
  const given = criteria.filter((criterion) => criterion !== null);
  const all = given.map((criterion) => criterion.all);
  if (given.some(({ usual }) => usual !== undefined)) {
    return { all, usual: given.map((criterion) => criterion.usual ?? criterion.all) };
  }
  if (given.length > 1 || name === undefined) return { all };
  return { all, lastName: lastNameCondition(typedForms(name), parameters) };
}

function byName(name: string, parameters: Parameters): Criterion | null {
  const all = nameCondition(name, parameters);
  return all === null ? null : { all };
}

/** The words as typed. Folded when the code page lacks a letter. */
function typedForms(name: string): readonly string[] {
  const typed = typedWords(name);
  return typed.every(fitsWindows1252) ? typed : searchWords(name);
}

function byBirthDate(birthDate: string, parameters: Parameters): Criterion {
  const born = parameters.date('born', birthDate);
  return { all: `p.DOB >= ${born} AND p.DOB < ${parameters.dayAfter('bornBefore', birthDate)}` };
}

/** Most collations ignore case. Then the index finds every form of an address. */
function byEmail(given: string, parameters: Parameters): Criterion | null {
  const email = given.trim();
  if (email === '' || !fitsWindows1252(email)) return null;
  const having = (condition: string) =>
    `EXISTS (SELECT 1 FROM dbo.EMAIL f WHERE f.INTERNALID = p.INTERNALID AND f.RECORDSTATUS = ${currentRecord} AND ${condition})`;
  return {
    usual: having(`f.EMAIL = ${parameters.text('email', email)}`),
    all: having(`LOWER(LTRIM(RTRIM(f.EMAIL))) = ${parameters.text('emailFolded', email.toLowerCase())}`),
  };
}

/** The usual forms begin with four digits without a gap. The index finds these few rows by them. */
function byMedicareNumber(medicareNumber: string, parameters: Parameters): Criterion | null {
  const number = medicareNumber.replace(/\D/g, '');
  if (number === '') return null;
  const all = `REPLACE(REPLACE(p.MEDICARENO, ' ', ''), '-', '') = ${parameters.text('medicare', number)}`;
  const begins = parameters.text('medicareStart', beginningWith(number.slice(0, 4)));
  return { usual: `p.MEDICARENO LIKE ${begins} ${likeEscape} AND ${all}`, all };
}

/**
 * There is no index of phone numbers. They are stored as typed: with blanks, brackets and hyphens, in national or
 * international form (B18).
 */
function byPhone(phone: string, parameters: Parameters): Criterion | null {
  const digits = phone.replace(/\D/g, '');
  if (digits === '') return null;
  const patterns = padded(formsOf(digits)).map(
    (form, index) => `n.NUMBERS LIKE ${parameters.text(`phone${index}`, `%|${form}|%`)}`,
  );
  return { all: `EXISTS (SELECT 1 FROM (SELECT ${allNumbers} AS NUMBERS) n WHERE ${patterns.join(' OR ')})` };
}

function formsOf(digits: string): readonly string[] {
  if (!digits.startsWith('0')) return ['', '+', '0011', '00'].map((prefix) => prefix + digits);
  const subscriber = digits.slice(1);
  return [digits, ...['61', '+61', '+610', '001161'].map((prefix) => prefix + subscriber)];
}

/** `|0255501234||0491570006|`: a `(0)` after a country code is not dialled. */
const allNumbers = ['(0)', ' ', '(', ')', '-', '.', '/'].reduce(
  (text, mark) => `REPLACE(${text}, '${mark}', '')`,
  phoneColumns.map((column) => `'|' + ISNULL(RTRIM(${column}), '') + '|'`).join(' + '),
);
