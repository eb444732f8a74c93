/** Rows by the id that owns them, each list in the order given. Rows that nobody owns are left out. */
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
