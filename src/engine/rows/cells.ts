import { functionOf } from '../generated-code.ts';
import type { SqlRow } from './sql-row.ts';

/**
 * A row taken apart: the row itself, then what it holds of each column, in the order in which they were asked for. Where a row
 * has nothing but the columns, an empty one may stand for it.
 */
export type Cells = readonly [row: SqlRow, ...values: unknown[]];

export type CellsOf = (row: SqlRow) => Cells;

/** By the aliases, which most statements share as far as they go: `a,b,c`. */
const known = new Map<string, CellsOf>();

/**
 * Takes rows with these columns apart, so that readers ask each row once for each column by a name that stands in the code:
 * a name that only comes with the call has to be looked up anew for every value. That code is made here, of our own aliases;
 * where Node may not make code, the names are looked up.
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
