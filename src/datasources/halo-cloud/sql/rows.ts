import { ReadRows } from '../../../engine/rows/read-rows.ts';
import type { RowReader } from '../../../engine/rows/row-reader.ts';
import { scanRows } from '../../../engine/rows/scan-rows.ts';
import type { SqlRow } from '../../../engine/rows/sql-row.ts';
import { MalformedResponse } from '../transport/malformed-response.ts';
import { notNestedDeeply } from '../transport/nesting.ts';

/** What the answer says of a query's result. `rowCount` is Halo Cloud's own count, where it gives one. */
export interface EncodedResult {
  readonly data?: unknown;
  readonly rowCount?: number | null | undefined;
}

/**
 * The rows of `result.data`: base64 of UTF-8 JSON (assumption H6). An array is its rows, an object one row; nothing, an
 * empty text and null are no rows; JSON that was not encoded is taken as it is. Throws MalformedResponse for anything else, and
 * when there are fewer rows than the answer itself counts. `columns` are what each row is expected to have, in order: any
 * other row is decoded just so, only slower.
 */
export function decodeRows(result: EncodedResult, columns: readonly string[] = []): readonly SqlRow[] {
  const value = decodeData(
    result.data,
    (json) => scanRows(json, columns) ?? notNestedDeeply(JSON.parse(json)),
  );
  return allOf(result, rowsIn(value));
}

/** The same, read at once where they are as expected. */
export function decodeEach(
  result: EncodedResult,
  columns: readonly string[],
  reader: RowReader<unknown>,
): readonly SqlRow[] | ReadRows {
  const value = decodeData(
    result.data,
    (json) => ReadRows.of(json, columns, reader) ?? notNestedDeeply(JSON.parse(json)),
  );
  return allOf(result, value instanceof ReadRows ? value : rowsIn(value));
}

function rowsIn(value: unknown): readonly SqlRow[] {
  const rows: readonly unknown[] =
    value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  if (!rows.every(isRow)) throw new MalformedResponse('result.data holds something that is no row');
  return rows;
}

function allOf<T extends { readonly length: number }>({ rowCount }: EncodedResult, rows: T): T {
  if (typeof rowCount === 'number' && rows.length < rowCount) {
    throw new MalformedResponse(`result.data holds ${rows.length} of ${rowCount} rows`);
  }
  return rows;
}

/**
 * The JSON value that `result.data` holds, whatever it is; null for nothing. Throws MalformedResponse.
 * @param parse throws for what is nested too deeply
 */
export function decodeData(data: unknown, parse: (json: string) => unknown): unknown {
  return typeof data === 'string' ? decodeText(data.trim(), parse) : notNestedDeeply(data);
}

function decodeText(text: string, parse: (json: string) => unknown): unknown {
  if (text === '') return null;
  // Neither bracket is a character of base64.
  const json = /^[[{]/.test(text)
    ? text
    : Buffer.from(text, 'base64')
        .toString('utf8')
        .replace(/^\uFEFF/, '');
  try {
    return parse(json);
  } catch (error) {
    throw error instanceof MalformedResponse
      ? error
      : new MalformedResponse('result.data is not base64 of JSON');
  }
}

function isRow(value: unknown): value is SqlRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
