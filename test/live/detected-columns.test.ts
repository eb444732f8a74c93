import { expect, it } from 'vitest';
import { appointmentRows } from '../../src/datasources/sql-passthrough/appointments.ts';
import { detectedFields } from '../../src/live/book-row.ts';

it('the statement that runs at the practice all day reads no name, no reason and no comment', () => {
  const range = { from: '2026-11-23', to: '2026-11-23' };
  const text = appointmentRows({ ...range, fields: detectedFields }, undefined)?.statement.text ?? '';
  expect(text).toMatch(/\bAPPOINTMENTS\b/);
  expect(text).not.toMatch(/SURNAME|FIRSTNAME|REASON|COMMENT|PATIENTS\b/i);
  // The same statement with a selection that needs them.
  const named = { reason: {}, comment: {}, patient: { fullName: {} } };
  const other = appointmentRows({ ...range, fields: named }, undefined)?.statement.text ?? '';
  expect(other).toMatch(/REASON/i);
  expect(other).toMatch(/COMMENT/i);
});
