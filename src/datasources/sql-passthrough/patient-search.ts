import type { PatientSearch } from '../practice-data.ts';
import { currentRecord } from './codes.ts';
import { beginningWith, likeEscape, type Parameters } from './statement.ts';

const nameColumns = ['p.FIRSTNAME', 'p.MIDDLENAME', 'p.PREFERREDNAME', 'p.SURNAME'];
const phoneColumns = ['p.HOMEPHONE', 'p.WORKPHONE', 'p.MOBILEPHONE'];
/** Nobody's names begin with more words; each is a parameter. */
const mostWords = 50;

/** Conditions on `p`, the row of PATIENTS, that all must hold. Null: nobody can match. */
export function searchConditions(search: PatientSearch, parameters: Parameters): readonly string[] | null {
  const conditions: string[] = [];
  if (search.name !== undefined) {
    const words = [...new Set(search.name.split(/\s+/).filter((word) => word !== ''))];
    if (words.length === 0 || words.length > mostWords) return null;
    conditions.push(...words.map((word, index) => nameCondition(word, index, parameters)));
  }
  if (search.birthDate !== undefined) {
    const born = parameters.date('born', search.birthDate);
    conditions.push(`p.DOB >= ${born} AND p.DOB < ${parameters.dayAfter('bornBefore', search.birthDate)}`);
  }
  if (search.phone !== undefined) {
    const phone = phoneCondition(search.phone, parameters);
    if (phone === null) return null;
    conditions.push(phone);
  }
  if (search.email !== undefined) {
    const email = search.email.trim();
    if (email === '') return null;
    conditions.push(
      `EXISTS (SELECT 1 FROM dbo.EMAIL f WHERE f.INTERNALID = p.INTERNALID AND f.RECORDSTATUS = ${currentRecord} AND LOWER(f.EMAIL) = ${parameters.text('email', email.toLowerCase())})`,
    );
  }
  if (search.medicareNumber !== undefined) {
    const number = search.medicareNumber.replace(/\D/g, '');
    if (number === '') return null;
    conditions.push(`REPLACE(p.MEDICARENO, ' ', '') = ${parameters.text('medicare', number)}`);
  }
  return conditions.length > 0 ? conditions : null;
}

function nameCondition(word: string, index: number, parameters: Parameters): string {
  const pattern = parameters.text(`name${index}`, beginningWith(word));
  return `(${nameColumns.map((column) => `${column} LIKE ${pattern} ${likeEscape}`).join(' OR ')})`;
}

/** Numbers are kept as they were typed: with blanks, brackets and hyphens, in national or international form. */
function phoneCondition(phone: string, parameters: Parameters): string | null {
  const digits = phone.replace(/\D/g, '');
  if (digits === '') return null;
  const subscriber = digits.replace(/^0/, '');
  const forms = digits.startsWith('0')
    ? [digits, `61${subscriber}`, `+61${subscriber}`, `+610${subscriber}`]
    : [digits];
  const list = parameters.texts('phone', forms);
  return `(${phoneColumns.map((column) => `${digitsOf(column)} IN (${list})`).join(' OR ')})`;
}

function digitsOf(column: string): string {
  return [' ', '(', ')', '-', '.'].reduce((text, mark) => `REPLACE(${text}, '${mark}', '')`, column);
}
