/** SQL Server refuses the login, or does not open the database for it: no statement was run (assumption H33). */
export const loginErrors: ReadonlySet<number | null> = new Set([
  ...[18452, 18456, 18470, 18486, 18487, 18488],
  ...[4060, 4064],
]);
