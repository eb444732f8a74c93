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

/** The selection that is read to compare a patient with these details. */
export function fieldsOf(details: Partial<PatientDetails>): Selection {
  return Object.fromEntries(Object.keys(details).map((field) => [field, parts[field] ?? {}]));
}

/** `AS_WRITTEN`: case matters. `ANY_CASE`: case, blanks and the dot of a title do not matter. */
type Letters = 'AS_WRITTEN' | 'ANY_CASE';

/** Whether the patient has these details. The format of a number and the case of an e-mail address never matter. */
export function isUnchanged(
  patient: Patient,
  details: Partial<PatientDetails>,
  letters: Letters = 'ANY_CASE',
): boolean {
  return Object.entries(details).every(([field, given]) => {
    const known: unknown = patient[field as keyof PatientDetails];
    return plain(field, known, letters) === plain(field, given, letters);
  });
}

/** Whether all of these details are as they were before. */
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
  // An address without any part counts as no address.
  return known.every((part) => part === '') ? '' : known.join('\n');
}
