/** Decodes UTF-8 and removes a byte order mark. */
export function asText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
