/**
 * Joins a look-up table with one row for each code. Not every look-up table of Bp Premier has unique codes, and a second row
 * would duplicate the result rows. With several rows, each column has its lowest value (assumption B43).
 * @param from `FROM dbo.TITLES` @param code the column that is joined @param on what it equals: `p.TITLECODE`
 */
export function lookUpJoin(
  from: string,
  { code, columns, alias, on }: { code: string; columns: readonly string[]; alias: string; on: string },
): string {
  const values = columns.map((column) => `MIN(${column}) AS ${column}`).join(', ');
  return `LEFT JOIN (SELECT ${code}, ${values} ${from} GROUP BY ${code}) ${alias} ON ${alias}.${code} = ${on}`;
}
