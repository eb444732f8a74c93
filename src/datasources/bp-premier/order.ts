/** Numeric where both are, as `RECORDID` and its like are. */
export function compareIds(a: string, b: string): number {
  const numeric = /^\d+$/.test(a) && /^\d+$/.test(b);
  return (numeric ? a.length - b.length : 0) || (a < b ? -1 : a > b ? 1 : 0);
}

/** As SQL Server's usual collation does for plain names: case does not matter, nothing comes first. */
export function compareNames(a: string | null, b: string | null): number {
  const left = (a ?? '').toLowerCase();
  const right = (b ?? '').toLowerCase();
  return left < right ? -1 : left > right ? 1 : 0;
}

interface Named {
  readonly pmsId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** Last name, first name, id. */
export function comparePeople(a: Named, b: Named): number {
  return (
    compareNames(a.lastName, b.lastName) ||
    compareNames(a.firstName, b.firstName) ||
    compareIds(a.pmsId, b.pmsId)
  );
}
