import { formatCharacters } from '../../text/storable-text.ts';
import type { InputCheck } from '../check-input.ts';

/**
 * A phone number in the form in which it is dialled: national if it is Australian, else `+` and the country code:
 * `+61 (0)491 570 006` -> `0491570006`, `0011 44 20 7946 0958` and `+44 (0)20 7946 0958` -> `+442079460958`.
 * `0011` and `00` mean `+`. `(0)` after a country code is removed.
 */
function dialled(written: string): string {
  const text = written.replace(formatCharacters, '').trim();
  const international = text.replace(/^(\(?\+|0011|00(?=[\s(]*[1-9]))/, '+');
  if (!international.startsWith('+')) return text.replace(/\D/g, '');
  const digits = international.replace(/\(\s*0\s*\)/, '').replace(/\D/g, '');
  const australian = /^610?(\d+)$/.exec(digits)?.[1];
  if (australian === undefined) return `+${digits}`;
  return australian.startsWith('1') ? australian : `0${australian}`;
}

/** Digits only, in national form if the number is Australian: `+61 491 570 006` and `0491 570 006` -> `0491570006` */
export function nationalDigits(phone: string): string {
  return dialled(phone).replace('+', '');
}

/** With the two-digit area code. */
const landline = /^0[2378]\d{8}$/;
/** Business numbers, which have no area code: 13 xx xx, 1300 xxx xxx, 1800 xxx xxx, 180 xxxx. */
const business = /^(1[38]00\d{6}|13\d{4}|180\d{4})$/;
/** A landline number without its area code. */
const local = /^[2-9]\d{7}$/;
const mobile = /^0[45]\d{8}$/;
const foreign = /^\+(?!61)[1-9]\d{7,12}$/;

/** Digits and the separators that people, phones and text processors write between them. */
const written = /^\(?\+?[\d\s()./‐-―-]{1,40}$/;

/**
 * A phone number to store, in the form of `dialled`. Null without one. Bp Premier's columns have 14 characters. A number that
 * cannot be dialled is an issue (B36).
 */
export function checkPhone(
  check: InputCheck,
  path: readonly string[],
  value: string | null,
  only: 'any' | 'mobile' = 'any',
): string | null {
  const text = value?.replace(formatCharacters, '').trim() ?? '';
  if (text === '') return null;
  if (!written.test(text)) {
    check.reject(path, 'This is not a phone number.');
    return text;
  }
  const number = dialled(text);
  const possible =
    foreign.test(number) ||
    mobile.test(number) ||
    (only === 'any' && [landline, business, local].some((form) => form.test(number)));
  if (!possible) {
    check.reject(
      path,
      only === 'mobile'
        ? 'This is not a mobile number. Enter ten digits that begin with 04 or 05, or an international number with +.'
        : 'This is not a phone number. Enter ten digits with the area code, eight without it, a 13, 1300 or 1800 number, or an international number with +.',
    );
  }
  return number;
}
