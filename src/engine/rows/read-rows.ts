import {
  type ReportsUnreadable,
  readRows,
  UnreadableRows,
} from '../../datasources/domain/unreadable-rows.ts';
import { cellsOf } from './cells.ts';
import type { RowReader } from './row-reader.ts';
import { scanEach } from './scan-rows.ts';
import type { SqlRow } from './sql-row.ts';
import type { Utf8Text } from './utf8-text.ts';

/** The rows of a response as one reader converted them. */
interface Reading {
  readonly values: readonly unknown[];
  readonly unreadable: UnreadableRows;
  /** Number of rows in the response, including unreadable ones. */
  readonly total: number;
}

/** Replaces an unreadable row. */
const leftOut = Symbol('unreadable row');

/** Rows with exactly these columns. They were converted while they were decoded. Another reader can convert them again. */
export class ReadRows {
  readonly #json: string | Utf8Text;
  readonly #columns: readonly string[];
  readonly #by: RowReader<unknown>;
  readonly #reading: Reading;

  private constructor(
    json: string | Utf8Text,
    columns: readonly string[],
    by: RowReader<unknown>,
    reading: Reading,
  ) {
    this.#json = json;
    this.#columns = columns;
    this.#by = by;
    this.#reading = reading;
  }

  /** Undefined if the rows are not as expected. Then JSON.parse must read them. */
  static of(
    json: string | Utf8Text,
    columns: readonly string[],
    by: RowReader<unknown>,
  ): ReadRows | undefined {
    const reading = scanned(json, columns, by);
    return reading && new ReadRows(json, columns, by, reading);
  }

  get length(): number {
    return this.#reading.total;
  }

  /** The rows as a reader converts them. Unreadable rows are reported to each connection that gets the values. */
  as<T>(connection: ReportsUnreadable, reader: RowReader<T>): readonly T[] {
    const shared = reader === this.#by || reader.agreesWith?.(this.#by);
    const reading = shared ? this.#reading : scanned(this.#json, this.#columns, reader);
    if (!reading) return [];
    reading.unreadable.report(connection, reading.total);
    return reading.values as readonly T[];
  }
}

function scanned(
  json: string | Utf8Text,
  columns: readonly string[],
  reader: RowReader<unknown>,
): Reading | undefined {
  const unreadable = new UnreadableRows();
  const values = scanEach(json, columns, (cells) => {
    try {
      return reader.read(cells, unreadable);
    } catch (error) {
      unreadable.addRow(reader.nameOf(cells), error);
      return leftOut;
    }
  });
  if (!values) return undefined;
  const total = values.length;
  return unreadable.all.length === 0
    ? { values, unreadable, total }
    : { values: values.filter((value) => value !== leftOut), unreadable, total };
}

/** Converts rows, whether they were converted during decoding or not. */
export function readEach<T>(
  connection: ReportsUnreadable,
  rows: readonly SqlRow[] | ReadRows,
  columns: readonly string[],
  reader: RowReader<T>,
): readonly T[] {
  if (rows instanceof ReadRows) return rows.as(connection, reader);
  const cells = rows.map(cellsOf(columns));
  return readRows(
    connection,
    cells,
    (row) => reader.nameOf(row),
    (row, unreadable) => reader.read(row, unreadable),
  );
}
