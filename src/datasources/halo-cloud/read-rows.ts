import { cellsOf } from '../cells.ts';
import type { RowReader, SqlRow } from '../practice-connection.ts';
import { scanEach } from './scan-rows.ts';

/** Rows with just these columns, which were read as they were decoded, and can be again. */
export class ReadRows {
  readonly #json: string;
  readonly #columns: readonly string[];
  readonly #by: RowReader<unknown>;
  /** What that reader made of them. */
  readonly #read: readonly unknown[];
  /** Whether it threw. */
  readonly #failed: boolean;

  private constructor(
    json: string,
    columns: readonly string[],
    by: RowReader<unknown>,
    read: readonly unknown[],
    failed: boolean,
  ) {
    this.#json = json;
    this.#columns = columns;
    this.#by = by;
    this.#read = read;
    this.#failed = failed;
  }

  /** Undefined where the rows are not as expected: then it is for JSON.parse to say what they are. */
  static of(json: string, columns: readonly string[], by: RowReader<unknown>): ReadRows | undefined {
    let failed = false;
    const read = scanEach(json, columns, (cells) => {
      if (failed) return undefined;
      try {
        return by.read(cells);
      } catch {
        failed = true;
        return undefined;
      }
    });
    return read && new ReadRows(json, columns, by, read, failed);
  }

  get length(): number {
    return this.#read.length;
  }

  /** What a reader makes of them. What it throws is for its own asker: the answer itself is right, also for others. */
  as<T>(reader: RowReader<T>): readonly T[] {
    if (!this.#failed && (reader === this.#by || reader.agreesWith?.(this.#by))) {
      return this.#read as readonly T[];
    }
    return scanEach(this.#json, this.#columns, (cells) => reader.read(cells)) ?? [];
  }
}

/** What a reader makes of rows, whether they were read before or not. */
export function readEach<T>(
  rows: readonly SqlRow[] | ReadRows,
  columns: readonly string[],
  reader: RowReader<T>,
): readonly T[] {
  if (rows instanceof ReadRows) return rows.as(reader);
  const take = cellsOf(columns);
  return rows.map((row) => reader.read(take(row)));
}
