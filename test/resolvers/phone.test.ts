import { describe, expect, test } from 'vitest';
import { InputCheck } from '../../src/resolvers/check-input.ts';
import { checkPhone, nationalDigits } from '../../src/resolvers/patient/phone.ts';

function read(given: string, only?: 'mobile'): string | null {
  const check = new InputCheck();
  const number = checkPhone(check, ['phone'], given, only);
  return check.failed ? 'refused' : number;
}

describe('D8: a phone number is stored as it is dialled', () => {
  test.each([
    ['0491 570 006', '0491570006'],
    ['+61 491 570 006', '0491570006'],
    ['+61 (0)491 570 006', '0491570006'],
    ['(+61) 491 570 006', '0491570006'],
    ['0011 61 491 570 006', '0491570006'],
    ['00 61 491 570 006', '0491570006'],
    ['0061491570006', '0491570006'],
    ['\u202a+61 491 570 006\u202c', '0491570006'],
    ['0491\u00a0570\u00a0006', '0491570006'],
    ['0491–570–006', '0491570006'],
    ['(02) 5550 1234', '0255501234'],
    ['02.5550.1234', '0255501234'],
    ['+61 (02) 5550 1234', '0255501234'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+44 ( 0 ) 20 7946 0958', '+442079460958'],
    ['+44 20 7946 0958', '+442079460958'],
    ['0011 44 20 7946 0958', '+442079460958'],
    ['0011 44 (0) 20 7946 0958', '+442079460958'],
    ['00 44 20 7946 0958', '+442079460958'],
    ['+64 21 555 0123', '+64215550123'],
    ['+1 (202) 555-0123', '+12025550123'],
    ['131 114', '131114'],
    ['1300 555 012', '1300555012'],
    ['+61 1300 555 012', '1300555012'],
    ['1800 555 012', '1800555012'],
    ['5550 1234', '55501234'],
    ['', null],
    ['  ', null],
  ])('%s is %s', (given, number) => {
    expect(read(given)).toBe(number);
    if (number !== null) expect(read(number)).toBe(number);
  });

  test.each([
    '5550',
    '12 34',
    'call me',
    '0000 000 000',
    '0391',
    '+61 123',
    '++44 20 7946 0958',
    '+44',
    '0011',
    '06 5550 1234',
    '112',
    '000',
    '+4420794609581234',
    '٠٤٩١٥٧٠٠٠٦',
  ])('%s is refused', (given) => {
    expect(read(given)).toBe('refused');
  });

  test.each(['131 114', '5550 1234', '02 5550 1234', '1300 555 012'])('%s is no mobile number', (given) => {
    expect(read(given, 'mobile')).toBe('refused');
  });
});

test('D8: a search by phone understands the same forms', () => {
  expect(
    ['+61 (0)491 570 006', '0061 491 570 006', '0491570006', '+44 (0)20 7946 0958', '131 114'].map(
      nationalDigits,
    ),
  ).toEqual(['0491570006', '0491570006', '0491570006', '442079460958', '131114']);
});
