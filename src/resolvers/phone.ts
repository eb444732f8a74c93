import type { InputCheck } from './check-input.ts';

/** Digits alone, national form where it is an Australian number: `+61 491 570 006` and `0491 570 006` -> `0491570006` */
export function nationalDigits(phone: string): string {
  return phone
    .replace(/[^\d+]/g, '')
    .replace(/^(\+|0011)610?/, '0')
    .replace(/\+/g, '');
}

/** Two-digit area codes, mobiles, and the numbers of businesses; local numbers without an area code. */
const landline = /^(0[2378]\d{8}|1[38]00\d{6}|13\d{4}|[2-9]\d{7})$/;
const mobile = /^0[45]\d{8}$/;
const foreign = /^\+(?!61)[1-9]\d{7,12}$/;

/**
 * A phone number to be written down: digits, `+` before those of other countries; null without one. Bp Premier's columns
 * have 14 characters. Anything that nobody could dial is an issue.
 */
export function checkPhone(
  check: InputCheck,
  path: readonly string[],
  value: string | null,
  only: 'any' | 'mobile' = 'any',
): string | null {
  const text = value?.trim() ?? '';
  if (text === '') return null;
  if (!/^[\d\s()+./-]{1,30}$/.test(text)) {
    check.reject(path, 'This is not a phone number.');
    return text;
  }
  const international = text.replace(/[^\d+]/g, '').replace(/^0011/, '+');
  const number = /^\+(?!61)/.test(international) ? international : nationalDigits(text);
  const possible = foreign.test(number) || mobile.test(number) || (only === 'any' && landline.test(number));
  if (!possible) {
    check.reject(
      path,
      only === 'mobile'
        ? 'This is not a mobile number: ten digits that begin with 04 or 05, or a number of another country with +.'
        : 'This is not a phone number: ten digits with the area code, or a number of another country with +.',
    );
  }
  return number;
}
