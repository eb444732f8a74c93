import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMedicareNumber } from '../../src/resolvers/patient/medicare-card.ts';

const weights = [1, 3, 7, 9, 1, 3, 7, 9];
const firstEight = fc
  .tuple(
    fc.integer({ min: 2, max: 6 }),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }),
  )
  .map(([first, rest]) => [first, ...rest]);
const checkDigit = (digits: readonly number[]) =>
  digits.reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0) % 10;

test('D10: a number with its check digit can stand on a card, with every issue number but 0', () => {
  fc.assert(
    fc.property(firstEight, fc.integer({ min: 0, max: 9 }), (digits, issue) => {
      expect(isMedicareNumber([...digits, checkDigit(digits), issue].join(''))).toBe(issue !== 0);
    }),
  );
});

test('one digit mistyped is seen, and so is what begins otherwise', () => {
  fc.assert(
    fc.property(firstEight, fc.integer({ min: 1, max: 9 }), (digits, off) => {
      expect(isMedicareNumber([...digits, (checkDigit(digits) + off) % 10, 1].join(''))).toBe(false);
    }),
  );
  expect(['1234567890', '7000000071', '212345670', '21234567012', ''].map(isMedicareNumber)).toEqual(
    Array(5).fill(false),
  );
});
