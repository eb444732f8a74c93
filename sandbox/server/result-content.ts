import type { BatchOutput, JsonRow, OpenResult } from '../sql/engine.ts';
import type { Faults } from './faults.ts';
import type { QueryCommand } from './query-command.ts';

/** How rows become JSON, piece by piece, in the execution mode of a command. */
export interface ResultContent {
  /** JSON text of one row each. */
  readonly rows: Iterable<string>;
  /** The rows as JSON, for the whole result or a page. */
  readonly join: (rows: readonly string[]) => string;
}

/** Rows for `reader`, one value for `scalar`, nothing for `nonQuery`. The whole result is read in each case. */
export function contentOf(
  result: OpenResult,
  { executionMode }: QueryCommand,
  faults: Faults,
): ResultContent {
  const bare = executionMode === 'scalar' && faults.has('scalar-bare');
  return {
    rows: executionMode === 'reader' ? rowsOf(result) : singleValue(result, executionMode === 'scalar', bare),
    join: (each) => (bare ? (each[0] ?? '') : `[${each.join(',')}]`),
  };
}

function* rowsOf({ rows }: OpenResult): Generator<string> {
  for (const row of rows) yield JSON.stringify(row);
}

function* singleValue(result: OpenResult, shown: boolean, bare: boolean): Generator<string> {
  let first: JsonRow | undefined;
  for (const row of result.rows) first ??= row;
  const [column = ''] = result.columns ?? [];
  if (!shown || !first) return;
  const value = first[column] ?? null;
  yield JSON.stringify(bare ? value : { Column1: value });
}

/** `parameters` of a response: the output values, with the names and types of the request. */
export interface OutputParameter {
  readonly name: string;
  readonly direction: string;
  readonly type: string;
  readonly value: string | null;
}

export function outputParameters(
  { parameters }: QueryCommand,
  outputs: readonly BatchOutput[],
  faults: Faults,
): readonly OutputParameter[] {
  const encoded = faults.has('outputs-base64');
  return parameters
    .filter(({ direction }) => direction !== 'input')
    .map(({ name, direction, type }) => {
      const value = outputs.find((output) => output.name === name)?.value ?? null;
      return {
        name,
        direction,
        type,
        value: encoded && value !== null ? Buffer.from(value).toString('base64') : value,
      };
    });
}
