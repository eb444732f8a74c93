import { functionOf } from '../generated-code.ts';
import type { Cells } from './cells.ts';
import type { SqlRow } from './sql-row.ts';

/** Columns of scanned rows, by the bytes of their names. */
export interface Columns {
  readonly count: number;
  readonly initials: Uint8Array;
  /** The second character; 0 if there is none. */
  readonly seconds: Uint8Array;
  /** Makes a row of these cells. */
  readonly rowOf: (cells: Cells) => SqlRow;
}

const known = new Map<string, Columns | null>();

/** Null if a name is not one letter, or a letter and a digit, and if Node does not allow generated code. */
export function columnsOf(names: readonly string[]): Columns | null {
  const key = names.join();
  let columns = known.get(key);
  if (columns === undefined) {
    columns = names.length > 0 && names.every((name) => /^[a-z]\d?$/.test(name)) ? made(names) : null;
    known.set(key, columns);
  }
  return columns;
}

function made(names: readonly string[]): Columns | null {
  const rowOf = inCode(names);
  return (
    rowOf && {
      count: names.length,
      initials: Uint8Array.from(names, (name) => name.charCodeAt(0)),
      seconds: Uint8Array.from(names, (name) => (name.length > 1 ? name.charCodeAt(1) : 0)),
      rowOf,
    }
  );
}

/** `return { a: cells[1], b: cells[2] };` */
function inCode(names: readonly string[]): Columns['rowOf'] | null {
  const entries = names.map((name, index) => `${name}: cells[${index + 1}]`);
  return functionOf(['cells'], `return { ${entries.join(', ')} };`);
}
