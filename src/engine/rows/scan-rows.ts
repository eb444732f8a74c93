import type { Cells } from './cells.ts';
import { type Columns, columnsOf } from './scanned-columns.ts';
import { scratchBuffer } from './scratch-buffer.ts';
import type { SqlRow } from './sql-row.ts';

/** UTF-16 code units beyond Latin-1. V8 knows without looking that a text of one-byte characters has none. */
const wide = /[\u0100-\uffff]/;
const everyWide = /[\u0100-\uffff]/g;
/** Stands for each of them while the text is scanned. */
const narrow = 0xff;

/**
 * What JSON.parse gives of rows with these columns, in half its time: what comes next is known. Undefined wherever something
 * else comes, be it JSON or not: other columns or another order, blanks between, a number that is no plain one. Columns have
 * names as `columnsOf` takes them, else nothing is scanned.
 */
export function scanRows(json: string, names: readonly string[]): readonly SqlRow[] | undefined {
  const columns = columnsOf(names);
  return columns ? scanned(json, columns, columns.rowOf) : undefined;
}

/** The same, with what `read` makes of each row in its place; it is given the same cells again and again. */
export function scanEach<T>(
  json: string,
  names: readonly string[],
  read: (cells: Cells) => T,
): readonly T[] | undefined {
  const columns = columnsOf(names);
  return columns ? scanned(json, columns, read) : undefined;
}

/** A JSON text, and the same with one byte for each of its code units. */
interface Scanned {
  readonly json: string;
  /** V8 keeps one byte for each character of it and of its parts: one wide character would double all of them. */
  readonly narrowed: string;
  /** Where the two differ, in order. */
  readonly wideAt: readonly number[];
}

function scanned<T>(json: string, columns: Columns, read: (cells: Cells) => T): readonly T[] | undefined {
  const bytes = scratchBuffer(json.length);
  bytes.write(json, 'latin1');
  const text = wide.test(json) ? narrowedIn(bytes, json) : { json, narrowed: json, wideAt: [] };
  return scan(text, bytes, columns, read);
}

/** `bytes` begin with the low bytes of the code units. */
function narrowedIn(bytes: Buffer, json: string): Scanned {
  const wideAt: number[] = [];
  for (const { index } of json.matchAll(everyWide)) {
    bytes[index] = narrow;
    wideAt.push(index);
  }
  return { json, narrowed: bytes.toString('latin1', 0, json.length), wideAt };
}

const quote = 0x22;
const comma = 0x2c;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const backslash = 0x5c;
/** Stands for the row: there is nothing in it but its columns. */
const none: SqlRow = {};
/** Whole numbers of so many digits are exact. */
const maxDigits = 15;

/** Looks at the bytes, which is quicker than at the characters that they are. */
function scan<T>(
  { json, narrowed, wideAt }: Scanned,
  bytes: Uint8Array,
  { count, initials, seconds }: Columns,
  read: (cells: Cells) => T,
): readonly T[] | undefined {
  const rows: T[] = [];
  const cells: [row: SqlRow, ...values: unknown[]] = [none, ...new Array(count).fill(null)];
  let at = 0;
  let wides = 0;
  let nextWide = wideAt[0] ?? Number.POSITIVE_INFINITY;
  let before = 0x5b;
  while (bytes[at] === before) {
    before = comma;
    if (bytes[at + 1] !== 0x7b) return undefined;
    // Each turn begins at the brace or the comma before a name, and ends at what comes after its value.
    at += 1;
    for (let column = 0; column < count; ) {
      if (column > 0 && bytes[at] !== comma) return undefined;
      if (bytes[at + 1] !== quote || bytes[at + 2] !== initials[column]) return undefined;
      at += 3;
      const second = seconds[column++];
      if (second !== 0 && bytes[at++] !== second) return undefined;
      if (bytes[at] !== quote || bytes[at + 1] !== colon) return undefined;
      at += 2;
      const start = at;
      let byte = bytes[at] as number;
      if (byte === quote) {
        do byte = bytes[++at] as number;
        while (byte !== quote && byte >= 0x20 && byte !== backslash);
        const escaped = byte === backslash;
        if (escaped) at = endOfString(bytes, at, json.length);
        else if (byte !== quote) return undefined;
        if (at > nextWide || escaped) {
          const text = escaped ? unescaped(json.substring(start, at + 1)) : json.substring(start + 1, at);
          if (text === undefined) return undefined;
          cells[column] = text;
          while ((wideAt[wides] ?? Number.POSITIVE_INFINITY) < at) wides += 1;
          nextWide = wideAt[wides] ?? Number.POSITIVE_INFINITY;
        } else cells[column] = narrowed.substring(start + 1, at);
        at += 1;
      } else if (byte >= zero && byte <= nine) {
        let number = 0;
        do {
          number = number * 10 + byte - zero;
          byte = bytes[++at] as number;
        } while (byte >= zero && byte <= nine);
        if (at - start > 1 && (bytes[start] === zero || at - start > maxDigits)) return undefined;
        cells[column] = number;
      } else if (narrowed.startsWith('null', at)) {
        cells[column] = null;
        at += 4;
      } else if (narrowed.startsWith('true', at)) {
        cells[column] = true;
        at += 4;
      } else if (narrowed.startsWith('false', at)) {
        cells[column] = false;
        at += 5;
      } else return undefined;
    }
    if (bytes[at++] !== 0x7d) return undefined;
    rows.push(read(cells));
  }
  // No rows at all are for JSON.parse to read.
  if (rows.length === 0) return undefined;
  // Behind the end is what an answer before has left: what reads on into it is not rows.
  return bytes[at] === 0x5d && at === json.length - 1 ? rows : undefined;
}

/** The quote that ends a text with escapes. */
function endOfString(bytes: Uint8Array, firstEscape: number, end: number): number {
  let at = firstEscape;
  while (at < end && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}

/** Undefined for a text that has no end, or is no JSON. */
function unescaped(literal: string): unknown {
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}
