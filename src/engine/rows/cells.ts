import { functionOf } from '../generated-code.ts';
import type { SqlRow } from './sql-row.ts';

/**
 * A row as a tuple: the row itself, then its values in the order of the columns. If the row has no other columns, the first
 * element may be an empty row.
 */
export type Cells = readonly [row: SqlRow, ...values: unknown[]];

export type CellsOf = (row: SqlRow) => Cells;

/** By the column names: `a,b,c`. Most statements use the same names. */
const known = new Map<string, CellsOf>();

/**
 * Converts rows to tuples. The function is generated with the column names as literals, because looking up a name from a
 * variable is slower for every value. The names are our own aliases. If Node does not allow generated code, names are looked up.
 */
export function cellsOf(aliases: readonly string[]): CellsOf {
  const names = aliases.join();
  let cells = known.get(names);
  if (!cells) {
    cells = inCode(aliases) ?? ((row) => [row, ...aliases.map((alias) => row[alias])]);
    known.set(names, cells);
  }
  return cells;
}

/** `return [row, row.a, row.b];` */
function inCode(aliases: readonly string[]): CellsOf | null {
  if (!aliases.every((alias) => /^[A-Za-z]\w*$/.test(alias))) return null;
  const values = ['row', ...aliases.map((alias) => `row.${alias}`)];
  return functionOf(['row'], `return [${values.join(', ')}];`);
}
