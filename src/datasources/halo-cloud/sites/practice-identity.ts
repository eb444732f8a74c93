/**
 * Whether two practice names are equal, ignoring case and spacing. `practiceMetadata.practiceName` is the secondary
 * identifier that confirms a changed Halo GUID (assumption H3).
 */
export function sameName(a: string, b: string): boolean {
  return normalised(a) === normalised(b);
}

function normalised(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
