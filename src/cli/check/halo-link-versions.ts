// Rests on assumption H26.

/** Known faults of Halo Link, each with the first release that fixes it (CalVer `YY.MMDD.Build`). */
const fixedFaults: readonly { readonly since: string; readonly fault: string }[] = [
  { since: '25.1210.7669', fault: 'registered queries do not expire' },
  { since: '26.202.8289', fault: 'queries time out (504) while the site is online' },
  { since: '26.407', fault: '$find-free can fail' },
  { since: '26.518', fault: 'async queries get stuck while executing' },
];

/** The known faults of this version of Halo Link. Empty when the version cannot be parsed. */
export function knownFaults(haloLinkVersion: string): readonly string[] {
  const version = numbers(haloLinkVersion);
  if (version.length < 2) return [];
  return fixedFaults.filter(({ since }) => isBefore(version, numbers(since))).map(({ fault }) => fault);
}

function numbers(version: string): readonly number[] {
  return /^\d+(\.\d+)*$/.test(version) ? version.split('.').map(Number) : [];
}

function isBefore(version: readonly number[], other: readonly number[]): boolean {
  const differing = other.findIndex((part, index) => part !== (version[index] ?? 0));
  return differing !== -1 && (version[differing] ?? 0) < (other[differing] ?? 0);
}
