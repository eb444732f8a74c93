import { searchWords, typedWords } from '../../text/name-words.ts';
import { fitsWindows1252 } from '../../text/windows-1252.ts';
import type { PatientSearch } from '../domain/patient.ts';
import { currentRecord } from './codes.ts';
import { lastNameCondition, nameCondition } from './name-condition.ts';
import { beginningWith, likeEscape, type Parameters, padded } from './statement.ts';

// Rests on assumptions B18 and B40.

const phoneColumns = ['p.HOMEPHONE', 'p.WORKPHONE', 'p.MOBILEPHONE'];

/** Conditions on `p`, the row of PATIENTS, that all must hold. */
export interface SearchConditions {
  /** Everybody who is meant, however the practice has written it. */
  readonly all: readonly string[];
  /** The same in the forms that practices usually write, which an index finds; absent where that is nothing else. */
  readonly usual?: readonly string[];
  /** A search by name alone: `row` has a last name that begins so, which an index finds. */
  readonly lastName?: (row: string) => string;
}

interface Criterion {
  readonly all: string;
  readonly usual?: string;
}

/** Null: nobody can match. */
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

/** As they were typed; folded where the code page lacks a letter. */
function typedForms(name: string): readonly string[] {
  const typed = typedWords(name);
  return typed.every(fitsWindows1252) ? typed : searchWords(name);
}

function byBirthDate(birthDate: string, parameters: Parameters): Criterion {
  const born = parameters.date('born', birthDate);
  return { all: `p.DOB >= ${born} AND p.DOB < ${parameters.dayAfter('bornBefore', birthDate)}` };
}

/** The collation usually disregards case: then the index finds every form of an address. */
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

/** The first four digits stand together in the usual forms: the index finds these few, whatever follows. */
function byMedicareNumber(medicareNumber: string, parameters: Parameters): Criterion | null {
  const number = medicareNumber.replace(/\D/g, '');
  if (number === '') return null;
  const all = `REPLACE(REPLACE(p.MEDICARENO, ' ', ''), '-', '') = ${parameters.text('medicare', number)}`;
  const begins = parameters.text('medicareStart', beginningWith(number.slice(0, 4)));
  return { usual: `p.MEDICARENO LIKE ${begins} ${likeEscape} AND ${all}`, all };
}

/**
 * No index has phone numbers. They are kept as they were typed: with blanks, brackets and hyphens, in national or
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
