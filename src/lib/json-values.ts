const [quote, comma, bracket, backslash, brace] = [0x22, 0x2c, 0x5b, 0x5c, 0x7b];

/**
 * Whether a JSON text holds more than about `max` values. Counts commas and opening brackets outside of strings, which is
 * much cheaper than parsing. The text does not have to be valid.
 */
export function holdsMoreValues(json: string, max: number): boolean {
  if (json.length <= max) return false;
  let count = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === quote) inString = !inString;
    else if (inString) at += code === backslash ? 1 : 0;
    else if (code === comma || code === bracket || code === brace) count += 1;
    if (count > max) return true;
  }
  return false;
}
