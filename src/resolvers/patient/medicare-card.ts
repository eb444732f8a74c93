import type { MedicareCard } from '../../datasources/domain/patient.ts';
import type { Maybe } from '../../lib/maybe.ts';
import type { InputCheck } from '../check-input.ts';

// Rests on assumption B36.

export interface MedicareCardInput {
  readonly number: string;
  readonly individualReferenceNumber?: Maybe<string>;
  readonly expiry?: Maybe<string>;
}

const weights = [1, 3, 7, 9, 1, 3, 7, 9];

/**
 * Whether ten digits can be a card number. The first is 2 to 6, the ninth is the check digit of the first eight, and the
 * tenth is the issue number, from 1.
 */
export function isMedicareNumber(number: string): boolean {
  if (!/^[2-6]\d{8}[1-9]$/.test(number)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return sum % 10 === Number(number[8]);
}

/** Removes blanks and hyphens. Eleven digits are a card number and its reference number. */
export function readMedicareCard(
  check: InputCheck,
  path: readonly string[],
  input: MedicareCardInput,
): MedicareCard {
  const digits = input.number.replace(/[\s-]/g, '');
  const number = digits.slice(0, 10);
  const isNumber = /^\d{10,11}$/.test(digits) && isMedicareNumber(number);
  if (!isNumber) {
    check.reject(
      [...path, 'number'],
      'This is not a Medicare number. It has ten digits; check them for a typing error.',
    );
  }
  const reference = input.individualReferenceNumber?.trim() || (isNumber && digits.slice(10)) || null;
  if (reference !== null && !/^[1-9]$/.test(reference)) {
    check.reject([...path, 'individualReferenceNumber'], 'This must be a digit from 1 to 9.');
  } else if (isNumber && digits.length === 11 && digits[10] !== reference) {
    check.reject(
      [...path, 'individualReferenceNumber'],
      'The card number ends with a different reference number.',
    );
  }
  const expiry = input.expiry?.trim() || null;
  if (expiry !== null && !/^(0[1-9]|1[0-2])\/20\d{2}$/.test(expiry)) {
    check.reject([...path, 'expiry'], 'This is not a month in the form MM/YYYY.');
  }
  return { number, individualReferenceNumber: reference, expiry };
}
