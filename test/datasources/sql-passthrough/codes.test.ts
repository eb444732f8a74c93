import { expect, it } from 'vitest';
import { codesOf } from '../../../src/datasources/sql-passthrough/codes.ts';

it('codeOverrides without any known status make no empty IN, which SQL Server refuses', () => {
  const codes = ['1', '2', '3', '4', '5', '10', '12', '13'];
  const appointmentStatuses = Object.fromEntries(codes.map((code) => [code, 'UNKNOWN' as const]));
  expect(codesOf({ appointmentStatuses }).statusCondition(['UNKNOWN'])).not.toContain('()');
  expect(codesOf(undefined).statusCondition(['UNKNOWN'])).toContain('a.APPOINTMENTCODE NOT IN (1, 2, 3');
});
