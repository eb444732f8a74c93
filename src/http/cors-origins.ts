/** Origins between commas; a star is none, because it would let any page ask. */
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
