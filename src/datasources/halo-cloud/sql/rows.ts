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
  const value = scannedData(result.data, (json) => scanRows(json, columns));
  return allOf(result, rowsIn(value));
}

/** The same. Rows with the expected columns are converted by the reader while they are decoded. */
export function decodeEach(
  result: EncodedResult,
  columns: readonly string[],
  reader: RowReader<unknown>,
): readonly SqlRow[] | ReadRows {
  const value = scannedData(result.data, (json) => ReadRows.of(json, columns, reader));
  return allOf(result, value instanceof ReadRows ? value : rowsIn(value));
}

/** Like `decodeData`. The data may already be decoded. @param scan undefined: JSON.parse reads the text */
function scannedData(data: unknown, scan: (json: string | Utf8Text) => unknown): unknown {
  const parse = (json: string | Utf8Text) => scan(json) ?? checkNesting(JSON.parse(String(json)));
  return data instanceof Utf8Text ? parsedBy(parse, data) : decodeData(data, parse);
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
 * The JSON value in `result.data`; null for an empty text. Throws MalformedResponse.
 * @param parse throws when the value is nested too deeply
 */
export function decodeData(data: unknown, parse: (json: string) => unknown): unknown {
  return typeof data === 'string' ? decodeText(data.trim(), parse) : checkNesting(data);
}

function decodeText(text: string, parse: (json: string) => unknown): unknown {
  if (text === '') return null;
  // Base64 contains no brackets.
  const json = /^[[{]/.test(text)
    ? text
    : Buffer.from(text, 'base64')
        .toString('utf8')
        .replace(/^\uFEFF/, '');
  return parsedBy(parse, json);
}

function parsedBy<Json>(parse: (json: Json) => unknown, json: Json): unknown {
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
