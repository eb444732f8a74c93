import { ReadRows, type RowReader, type SqlRow, scanRows, Utf8Text } from '../../../engine/row-decoder.ts';
import { MalformedResponse } from '../transport/malformed-response.ts';
import { checkNesting } from '../transport/nesting.ts';

/** The result in a response. `rowCount` is Halo Cloud's own count, if it sends one. */
export interface EncodedResult {
  readonly data?: unknown;
  readonly rowCount?: number | null | undefined;
}

/**
 * Decodes the rows of `result.data`: base64 of UTF-8 JSON (assumption H6), or plain JSON. An array contains the rows, and an
 * object is one row. Null, an empty text and a missing value mean no rows. Throws MalformedResponse for anything else, and
 * for fewer rows than `rowCount`. `columns` are the expected columns in order; other rows are decoded more slowly.
 */
export function decodeRows(result: EncodedResult, columns: readonly string[] = []): readonly SqlRow[] {
  const value = decodeData(result.data, (json) => scanRows(json, columns) ?? parsed(json));
  return allOf(result, rowsIn(value));
}

/** The same. Rows with the expected columns are converted by the reader while they are decoded. */
export function decodeEach(
  result: EncodedResult,
  columns: readonly string[],
  reader: RowReader<unknown>,
): readonly SqlRow[] | ReadRows {
  const value = decodeData(result.data, (json) => ReadRows.of(json, columns, reader) ?? parsed(json));
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

const parsed = (json: string | Utf8Text): unknown => checkNesting(JSON.parse(String(json)));

/**
 * The JSON value in `result.data`; null for an empty text. Throws MalformedResponse.
 * @param data may already be decoded
 * @param parse throws when the value is nested too deeply
 */
export function decodeData(data: unknown, parse: (json: string | Utf8Text) => unknown): unknown {
  if (typeof data !== 'string' && !(data instanceof Utf8Text)) return checkNesting(data);
  const json = typeof data === 'string' ? textIn(data.trim()) : data;
  if (json === '') return null;
  try {
    return parse(json);
  } catch (error) {
    throw error instanceof MalformedResponse
      ? error
      : new MalformedResponse('result.data is not base64 of JSON');
  }
}

const byteOrderMark = Buffer.from('\uFEFF').toString('latin1');

/** Base64 contains no brackets. */
function textIn(data: string): string | Utf8Text {
  if (data === '' || data.startsWith('[') || data.startsWith('{')) return data;
  const units = Buffer.from(data, 'base64').toString('latin1');
  return new Utf8Text(units.startsWith(byteOrderMark) ? units.slice(byteOrderMark.length) : units);
}

function isRow(value: unknown): value is SqlRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
