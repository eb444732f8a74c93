import { expect, test } from 'vitest';
import type { Selection } from '../../../src/datasources/domain/selection.ts';
import type { PracticeConnection } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import type { RowReader } from '../../../src/engine/rows/row-reader.ts';
import { connectSandbox, sandboxToday } from './engine-connection.ts';

const connection = connectSandbox('1001', { patients: 60, daysBack: 7, daysAhead: 14 });

/** A reader of a day's appointments, after it has read rows with this zone. */
async function readerOf(zone: string, fields: Selection): Promise<RowReader<unknown>> {
  const readers: RowReader<unknown>[] = [];
  const observed: PracticeConnection = {
    ...connection,
    zoneOf: () => zone,
    sqlEach(statement, reader) {
      readers.push(reader);
      return connection.sqlEach(statement, reader);
    },
  };
  const { data } = createSqlPassthrough(observed);
  const found = await data.appointments({ from: sandboxToday, to: sandboxToday, fields });
  expect(found.length).toBeGreaterThan(0);
  return readers[0] as RowReader<unknown>;
}

test('a read book is shared by callers with the same selection and zone, and by no others', async () => {
  const names: Selection = { start: {}, patient: { fullName: {} } };
  const first = await readerOf('Australia/Brisbane', names);
  const agrees = async (zone: string, fields: Selection) =>
    (await readerOf(zone, fields)).agreesWith?.(first);
  expect(await agrees('Australia/Brisbane', names)).toBe(true);
  expect(await agrees('Australia/Sydney', names)).toBe(false);
  expect(await agrees('Australia/Brisbane', { start: {}, patient: { surname: {} } })).toBe(false);
});
