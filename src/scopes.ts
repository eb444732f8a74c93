/** What a caller may be allowed to do. */
export const everyScope = [
  'sites:read',
  'sites:pair',
  'appointments:read',
  'appointments:write',
  'patients:read',
  'patients:write',
  'users:read',
  'users:write',
  'clinic:read',
  'clinic:write',
  'sql:run',
] as const;

/** Of whoever asks where nobody is told apart. SQL reaches what no field shows: it has to be allowed by itself. */
export function localScopes({ allowSql }: { readonly allowSql: boolean }): readonly string[] {
  return everyScope.filter((scope) => allowSql || scope !== 'sql:run');
}
