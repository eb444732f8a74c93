/** Reads origins separated by commas. A star is refused, because it would allow every page. */
export function originsIn(text: string, faults: string[]): readonly string[] {
  const origins = text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      faults.push(`CORS_ORIGINS: ${origin} is not an origin, such as https://app.example.`);
    }
  }
  return origins;
}

/** Reads header names separated by commas, in lower case. A star is refused, because it does not cover `authorization`. */
export function headerNamesIn(text: string, faults: string[]): readonly string[] {
  const names = text
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter(Boolean);
  for (const name of names) {
    if (name === '*' || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
      faults.push('CORS_HEADERS: names of headers are expected, between commas.');
    }
  }
  return names;
}
