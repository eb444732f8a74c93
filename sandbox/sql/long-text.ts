import { SqlServerError } from './sql-server-error.ts';

/** Characters of the longest text that is made here. */
export const longestText = 16_777_216;

function tooLong(): SqlServerError {
  return new SqlServerError(
    701,
    "There is insufficient system memory in resource pool 'default' to run this query.",
  );
}

/** REPLICATE; null for a negative number of times. `most`: what is longer is cut, unless it is more than can be made at all. */
export function replicate(text: string, times: number, most: number): string | null {
  if (times < 0) return null;
  if (most === longestText && text.length * times > most) throw tooLong();
  const enough = text === '' ? 0 : Math.min(times, Math.ceil(most / text.length));
  return text.repeat(enough).slice(0, most);
}

/** Throws 701. */
export function join(left: string, right: string): string {
  if (left.length + right.length > longestText) throw tooLong();
  return left + right;
}
