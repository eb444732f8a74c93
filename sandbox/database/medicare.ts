import type { Random } from './random.ts';

const weights = [1, 3, 7, 9, 1, 3, 7, 9];

/** The ninth digit of a Medicare number, from its first eight. */
export function medicareCheckDigit(firstEight: string): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(firstEight[index]), 0) % 10;
}

/** Ten digits: eight, the check digit, the issue number. */
export function medicareNumber(random: Random): string {
  const eight = String(random.between(2, 6)) + String(random.between(0, 9_999_999)).padStart(7, '0');
  return `${eight}${medicareCheckDigit(eight)}${random.between(1, 9)}`;
}

/** An Individual Healthcare Identifier: 16 digits beginning 800360, closed by a Luhn digit. */
export function individualHealthcareIdentifier(random: Random): string {
  const fifteen = `800360${String(random.between(0, 999_999_999)).padStart(9, '0')}`;
  let sum = 0;
  for (let i = 0; i < 15; i += 1) {
    const digit = Number(fifteen[14 - i]) * (i % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return `${fifteen}${(10 - (sum % 10)) % 10}`;
}
