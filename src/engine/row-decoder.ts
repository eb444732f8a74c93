/** The interface of the row decoder: the only file of it that the rest of the server imports. */
import { asText } from '../lib/as-text.ts';
import { parseQueryAnswer as parseWithData } from './rows/query-answer.ts';
import { engineOn } from './switch.ts';

// With the engine off no code is generated: then no rows are scanned, and `cellsOf` looks each column up by its name.
export { type Cells, type CellsOf, cellsOf } from './rows/cells.ts';
export { ReadRows, readEach } from './rows/read-rows.ts';
export type { RowReader } from './rows/row-reader.ts';
export { scanRows } from './rows/scan-rows.ts';
export type { SqlRow } from './rows/sql-row.ts';

/** The response to an immediate query. A long `result.data` may be decoded already. Throws as JSON.parse does. */
export const parseQueryAnswer: (body: Buffer) => unknown = engineOn
  ? parseWithData
  : (body) => JSON.parse(asText(body));
