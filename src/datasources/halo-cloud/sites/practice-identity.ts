/**
 * Whether two practice names are one (assumption H3): `practiceMetadata.practiceName` is the secondary identifier that a
 * changed Halo GUID is held against; case and spacing do not matter.
 */
export function sameName(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
