import type { Test } from './resource-kind.ts';

/** Cuts at a sign, unless a backslash stands before it; the backslashes stay. */
export function cutAt(sign: ',' | '|', value: string): string[] {
  const parts = [''];
  for (const [piece] of value.matchAll(/\\.|[\s\S]/gu)) {
    if (piece === sign) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** Takes the backslashes of FHIR's escaping away. */
export function unescaped(value: string): string {
  return value.replace(/\\([\\,$|])/g, '$1');
}

export const nothing = '0';

/** String: the value begins one of the columns; case does not matter. */
export function beginsOneOf(...columns: readonly string[]): Test {
  return (value, bind, { database }) => {
    const text = unescaped(value);
    // SQLite folds ASCII only.
    const ascii = /^[ -~]*$/.test(text);
    if (!ascii) database.define('fhir_fold', fold);
    const prefix = bind(ascii ? text : text.toLowerCase());
    return columns
      .map((column) => `substr(${column}, 1, length(${prefix}))`)
      .map((start) => (ascii ? `${start} = ${prefix} COLLATE NOCASE` : `fhir_fold(${start}) = ${prefix}`))
      .join(' OR ');
  };
}

function fold(value: string | number | null): string | null {
  return value === null ? null : String(value).toLowerCase();
}

/** String: each word of the value begins one of the columns. */
export function everyWordBeginsOneOf(...columns: readonly string[]): Test {
  const begins = beginsOneOf(...columns);
  return (value, bind, facade) => {
    const words = value.split(/\s+/).filter((word) => word !== '');
    return words.length === 0
      ? nothing
      : words.map((word) => `(${begins(word, bind, facade)})`).join(' AND ');
  };
}

/** Reference to one type: `42`, `Practitioner/42`, or a URL that ends so. */
export function refersTo(type: string, column: string): Test {
  return (value, bind) => {
    const [, named, id] = /^(?:.*?([A-Za-z]+)\/)?(\d{1,15})$/.exec(unescaped(value)) ?? [];
    if (id === undefined || (named !== undefined && named !== type)) return nothing;
    return `${column} = ${bind(Number(id))}`;
  };
}

/** Token of a code that has no system: `booked` or `|booked`. */
export function codeOf(value: string): string | null {
  const parts = cutAt('|', value);
  if (parts.length > 2 || (parts.length === 2 && parts[0] !== '')) return null;
  return unescaped(parts.at(-1) ?? '');
}

/** SQL of a phone number without its punctuation, `+61` written `0`. */
export function nationalDigits(column: string): string {
  const bare = ["' '", "'-'", "'('", "')'"].reduce((sql, sign) => `replace(${sql}, ${sign}, '')`, column);
  return `replace(${bare}, '+61', '0')`;
}
