// Rests on assumption H26.

/** Faults of Halo Link that a release mended, each with the first release that has the cure (CalVer `YY.MMDD.Build`). */
const mended: readonly { readonly since: string; readonly fault: string }[] = [
  { since: '25.1210.7669', fault: 'registered queries do not expire' },
  { since: '26.202.8289', fault: 'queries time out (504) while the site is online' },
  { since: '26.407', fault: '$find-free can fail' },
  { since: '26.518', fault: 'async queries get stuck while executing' },
];

/** What this version of Halo Link is known to do wrong; of a version that cannot be read, nothing. */
export function knownFaults(haloLinkVersion: string): readonly string[] {
  const version = numbers(haloLinkVersion);
  if (version.length < 2) return [];
  return mended.filter(({ since }) => isBefore(version, numbers(since))).map(({ fault }) => fault);
}

function numbers(version: string): readonly number[] {
  return /^\d+(\.\d+)*$/.test(version) ? version.split('.').map(Number) : [];
}

function isBefore(version: readonly number[], other: readonly number[]): boolean {
  const differing = other.findIndex((part, index) => part !== (version[index] ?? 0));
  return differing !== -1 && (version[differing] ?? 0) < (other[differing] ?? 0);
}
