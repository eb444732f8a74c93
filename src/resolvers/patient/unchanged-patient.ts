import type { Patient } from '../../datasources/domain/patient.ts';
import type { PatientDetails } from '../../datasources/domain/patient-writes.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import { nationalDigits } from './phone.ts';

const parts: Readonly<Record<string, Selection>> = {
  address: { line1: {}, line2: {}, suburb: {}, postcode: {} },
  postalAddress: { line1: {}, suburb: {}, postcode: {} },
  medicare: { number: {}, individualReferenceNumber: {}, expiry: {} },
  dva: { number: {}, type: {} },
};

/** The fields that have to be read to compare them with these details. */
export function fieldsOf(details: Partial<PatientDetails>): Selection {
  return Object.fromEntries(Object.keys(details).map((field) => [field, parts[field] ?? {}]));
}

/** `AS_WRITTEN`: a name in capitals is not the name. `ANY_CASE`: case, blanks and the dot of a title do not matter. */
type Letters = 'AS_WRITTEN' | 'ANY_CASE';

/** Whether the practice has written down what it was told. How a number is written never matters, nor the case of an e-mail address. */
export function isUnchanged(
  patient: Patient,
  details: Partial<PatientDetails>,
  letters: Letters = 'ANY_CASE',
): boolean {
  return Object.entries(details).every(([field, told]) => {
    const known: unknown = patient[field as keyof PatientDetails];
    return plain(field, known, letters) === plain(field, told, letters);
  });
}

/** Whether none of the details is another than it was before. */
export function isAsBefore(now: Patient, before: Patient, details: Partial<PatientDetails>): boolean {
  return Object.keys(details).every((field) => {
    const key = field as keyof PatientDetails;
    return plain(field, now[key], 'AS_WRITTEN') === plain(field, before[key], 'AS_WRITTEN');
  });
}

function plain(field: string, value: unknown, letters: Letters): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object')
    return plainParts(field, value as Readonly<Record<string, unknown>>, letters);
  const text = String(value).trim();
  if (field.endsWith('Phone')) return nationalDigits(text);
  if (field === 'dva') return text.toLowerCase().replace(/\s+/g, '');
  if (field === 'email') return text.toLowerCase();
  if (letters === 'AS_WRITTEN') return text;
  const folded = text.toLowerCase().replace(/\s+/g, ' ');
  return field === 'title' ? folded.replace(/\.$/, '') : folded;
}

function plainParts(field: string, value: Readonly<Record<string, unknown>>, letters: Letters): string {
  const known = Object.keys(parts[field] ?? {}).map((part) => plain(field, value[part], letters));
  // An address of which nothing is known is none.
  return known.every((part) => part === '') ? '' : known.join('\n');
}
