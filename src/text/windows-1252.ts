// Rests on assumption B38.

/** Windows-1252, the code page of Bp Premier's text columns (B38): which characters a practice's database can hold. */

/** The characters between 0x80 and 0x9F, where Latin-1 has control characters. */
const beyondLatin1 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';

const range = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));

/** Every printable character of the page. Each is one UTF-16 code unit, and one byte in the database. */
export const windows1252: ReadonlySet<string> = new Set([
  ...range(0x20, 0x7e),
  ...range(0xa0, 0xff),
  ...beyondLatin1,
]);

/** SQL Server stores `?` for each character that the page lacks. */
export function fitsWindows1252(text: string): boolean {
  for (const character of text) if (!windows1252.has(character)) return false;
  return true;
}
