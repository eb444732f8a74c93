import type { OpenResult } from '../sql/engine.ts';
import type { Faults } from './faults.ts';
import type { QueryCommand } from './query-command.ts';
import { contentOf, type OutputParameter, outputParameters } from './result-content.ts';

// Rests on assumption S3.

/** Halo Link sends no more than this in one message: immediate and registered results. */
const maxBytes = 8 * 1024 * 1024;

/** A result in one piece. */
export interface WholeResult {
  /** JSON. Null: it grew too large. */
  readonly data: Buffer | null;
  readonly rows: number;
  readonly rowsAffected: number;
  readonly parameters: readonly OutputParameter[];
}

export function readWhole(result: OpenResult, command: QueryCommand, faults: Faults): WholeResult {
  const { rows, join } = contentOf(result, command, faults);
  let bytes = 2;
  let count = 0;
  const kept: string[] = [];
  for (const row of rows) {
    bytes += Buffer.byteLength(row) + 1;
    count += 1;
    if (bytes <= maxBytes) kept.push(row);
    else kept.length = 0;
  }
  const { rowsAffected, outputs } = result.end();
  const data = Buffer.from(command.executionMode === 'nonQuery' ? '' : join(kept));
  return {
    data: bytes > maxBytes || faults.has('413') ? null : data,
    rows: count,
    rowsAffected,
    parameters: outputParameters(command, outputs, faults),
  };
}
