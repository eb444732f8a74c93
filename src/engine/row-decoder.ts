/** The interface of the row decoder. The rest of the server imports only this file of it. */
import { asText } from '../lib/as-text.ts';
import { parseQueryAnswer as parseWithData } from './rows/query-answer.ts';
import { engineOn } from './switch.ts';

// With the engine off, no code is generated, no rows are scanned, and `cellsOf` looks up each column by its name.
export { type Cells, type CellsOf, cellsOf } from './rows/cells.ts';
export { ReadRows, readEach } from './rows/read-rows.ts';
export type { RowReader } from './rows/row-reader.ts';
export { scanRows } from './rows/scan-rows.ts';
export type { SqlRow } from './rows/sql-row.ts';
export { Utf8Text } from './rows/utf8-text.ts';

/** Parses the response to an immediate query. A long `result.data` may already be decoded. Throws like JSON.parse. */
export const parseQueryAnswer: (body: Buffer) => unknown = engineOn
  ? parseWithData
  : (body) => JSON.parse(asText(body));
