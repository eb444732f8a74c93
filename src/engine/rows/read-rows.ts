import {
  type ReportsUnreadable,
  readRows,
  UnreadableRows,
} from '../../datasources/domain/unreadable-rows.ts';
import { cellsOf } from './cells.ts';
import type { RowReader } from './row-reader.ts';
import { scanEach } from './scan-rows.ts';
import type { SqlRow } from './sql-row.ts';

/** What one reader made of the rows of a response. */
interface Reading {
  readonly values: readonly unknown[];
  readonly unreadable: UnreadableRows;
  /** Rows of the response, the unreadable ones included. */
  readonly total: number;
}

/** In the place of an unreadable row. */
const leftOut = Symbol('unreadable row');

/** Rows with just these columns, which were read as they were decoded, and can be again. */
export class ReadRows {
  readonly #json: string;
  readonly #columns: readonly string[];
  readonly #by: RowReader<unknown>;
  readonly #reading: Reading;

  private constructor(json: string, columns: readonly string[], by: RowReader<unknown>, reading: Reading) {
    this.#json = json;
    this.#columns = columns;
    this.#by = by;
    this.#reading = reading;
  }

  /** Undefined where the rows are not as expected: then it is for JSON.parse to say what they are. */
  static of(json: string, columns: readonly string[], by: RowReader<unknown>): ReadRows | undefined {
    const reading = scanned(json, columns, by);
    return reading && new ReadRows(json, columns, by, reading);
  }

  get length(): number {
    return this.#reading.total;
  }

  /** What a reader makes of them. Unreadable rows are reported to each connection that gets the values. */
  as<T>(connection: ReportsUnreadable, reader: RowReader<T>): readonly T[] {
    const shared = reader === this.#by || reader.agreesWith?.(this.#by);
    const reading = shared ? this.#reading : scanned(this.#json, this.#columns, reader);
    if (!reading) return [];
    reading.unreadable.report(connection, reading.total);
    return reading.values as readonly T[];
  }
}

function scanned(json: string, columns: readonly string[], reader: RowReader<unknown>): Reading | undefined {
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

/** What a reader makes of rows, whether they were read before or not. */
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
