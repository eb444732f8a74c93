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

/** Whether the practice has written down what it was told: case, blanks and the dot of a title do not matter. */
export function isUnchanged(patient: Patient, details: Partial<PatientDetails>): boolean {
  return Object.entries(details).every(([field, told]) => {
    const known: unknown = patient[field as keyof PatientDetails];
    return plain(field, known) === plain(field, told);
  });
}

function plain(field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return plainParts(field, value as Readonly<Record<string, unknown>>);
  const text = String(value).trim().toLowerCase();
  if (field.endsWith('Phone')) return nationalDigits(text);
  if (field === 'title') return text.replace(/\.$/, '');
  return text.replace(/\s+/g, field === 'dva' ? '' : ' ');
}

function plainParts(field: string, value: Readonly<Record<string, unknown>>): string {
  const known = Object.keys(parts[field] ?? {}).map((part) => plain(field, value[part]));
  // An address of which nothing is known is none.
  return known.every((part) => part === '') ? '' : known.join('\n');
}
