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
  'operator',
] as const;
export type Scope = (typeof everyScope)[number];
