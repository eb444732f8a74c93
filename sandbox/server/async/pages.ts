import { deflateRawSync } from 'node:zlib';
import type { OpenResult } from '../../sql/engine.ts';
import type { Faults } from '../faults.ts';
import type { QueryCommand } from '../query-command.ts';
import { contentOf, type OutputParameter, outputParameters } from '../result-content.ts';

/** A page of a result. Its content is stored compressed. */
export interface ResultPage {
  readonly deflated: Buffer;
  /** Bytes of its JSON. */
  readonly size: number;
  readonly rows: number;
  /** Index of its first row, from 0. */
  readonly firstRow: number;
}

/** A result in pages of about a megabyte. */
export interface PagedResult {
  /** At least one. */
  readonly pages: readonly ResultPage[];
  readonly rows: number;
  /** Bytes of JSON. */
  readonly size: number;
  readonly rowsAffected: number;
  readonly parameters: readonly OutputParameter[];
}

const pageBytes = 1024 * 1024;

/** Reads a result as a stream: at most one page is in memory as text. */
export function readPages(result: OpenResult, command: QueryCommand, faults: Faults): PagedResult {
  const { rows, join } = contentOf(result, command, faults);
  const nonQuery = command.executionMode === 'nonQuery';
  const pages: ResultPage[] = [];
  let gathered: string[] = [];
  let bytes = 0;
  let count = 0;
  const close = (): void => {
    const json = Buffer.from(nonQuery ? '' : join(gathered));
    const firstRow = count - gathered.length;
    const deflated = deflateRawSync(json, { level: 1 });
    pages.push({ deflated, size: json.length, rows: gathered.length, firstRow });
    gathered = [];
    bytes = 0;
  };
  for (const row of rows) {
    gathered.push(row);
    bytes += row.length + 1;
    count += 1;
    if (bytes >= pageBytes) close();
  }
  if (gathered.length > 0 || pages.length === 0) close();
  const { rowsAffected, outputs } = result.end();
  return {
    pages,
    rows: count,
    size: pages.reduce((sum, { size }) => sum + size, 0),
    rowsAffected,
    parameters: outputParameters(command, outputs, faults),
  };
}
