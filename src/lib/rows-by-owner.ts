/** Groups rows by the id of their owner, in the given order. Rows without owner are left out. */
export function rowsByOwner<Row>(
  rows: readonly Row[],
  ownerOf: (row: Row) => string | null,
): ReadonlyMap<string, readonly Row[]> {
  const byOwner = new Map<string, Row[]>();
  for (const row of rows) {
    const owner = ownerOf(row);
    if (owner === null) continue;
    const list = byOwner.get(owner);
    if (list) list.push(row);
    else byOwner.set(owner, [row]);
  }
  return byOwner;
}
