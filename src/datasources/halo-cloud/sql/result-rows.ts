import type { SqlRow } from '../../../engine/row-decoder.ts';
import { MalformedResponse } from '../transport/malformed-response.ts';
import { checkNesting } from '../transport/nesting.ts';
import { exactJson } from './exact-json.ts';
import { decodeData } from './rows.ts';

/**
 * The rows of a result or a page: base64 of JSON, JSON text, or parsed JSON. A scalar may arrive as a bare value, which becomes a
 * row with the column `Column1` (assumption H17). Throws MalformedResponse, also for fewer rows than `rowCount`.
 */
export function resultRows(data: unknown, rowCount?: number | null): readonly SqlRow[] {
  const value = decodeData(data, (json) => checkNesting(exactJson(String(json))));
  const values = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  if (typeof rowCount === 'number' && values.length < rowCount) {
    throw new MalformedResponse(`${values.length} of ${rowCount} rows`);
  }
  return values.every(isRow) ? values : values.map((one) => (isRow(one) ? one : { Column1: one }));
}

function isRow(value: unknown): value is SqlRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
