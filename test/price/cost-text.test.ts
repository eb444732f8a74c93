/** Descriptions and pages state the same bounds as the adapters. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { costText, maxCalls } from '../../src/price/cost-text.ts';
import {
  addPatient,
  arriveAppointment,
  bookAppointment,
  cancelAppointment,
  moveAppointment,
  updateAppointment,
  updatePatient,
  updateUser,
} from '../../src/price/write-prices.ts';
import { schema } from '../../src/schema/index.ts';

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const changes = new Map(
  Object.entries({
    bookAppointment,
    moveAppointment,
    updateAppointment,
    cancelAppointment,
    arriveAppointment,
    addPatient,
    updatePatient,
    updateUser,
  }),
);

test.each([...changes])('the description of %s has its bounds', (name, change) => {
  const description = schema.getMutationType()?.getFields()[name]?.description;
  expect(description).toContain(costText(change));
});

test('the bounds are those of the adapters', () => {
  expect(costText(cancelAppointment)).toBe(
    'Cost: at most one charged call with SQL Passthrough, four with the Bp Premier API.',
  );
  expect(costText(addPatient)).toContain('at most two charged calls with SQL Passthrough');
});

test('the operations page states no cost of a change above its bound', () => {
  const rows = [
    ...page.matchAll(/^\| (`\w+Appointment`|`\w+Patient`)(?:, `\w+`)? \| \w+ \| (\d+)[^|]*\| (\d+)/gm),
  ];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, quoted = '', sql, fhir] of rows) {
    const change = changes.get(quoted.slice(1, -1));
    if (!change) throw new Error(`There is no price of ${quoted}.`);
    expect(Number(sql), quoted).toBeLessThanOrEqual(maxCalls(change, 'sql-passthrough'));
    expect(Number(fhir), quoted).toBeLessThanOrEqual(maxCalls(change, 'bp-premier'));
  }
});
