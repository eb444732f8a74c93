import { permissionDenied, SqlServerError } from './sql-server-error.ts';

// Rests on assumption S28.

/**
 * The tables that plain statements may write: those that no public BP_* procedure writes. This is assumed, because
 * the rights of an integrator's login are not public. For other tables the error is 229, for an unlisted column 230.
 */
const grants: Readonly<Record<string, Readonly<Record<string, true | readonly string[]>>>> = {
  DAYSAWAY: { INSERT: true, UPDATE: true, DELETE: true },
  SESSIONS: { INSERT: true, UPDATE: true, DELETE: true },
  EXTRASESSIONS: { INSERT: true, UPDATE: true, DELETE: true },
  USERS: { UPDATE: ['EMAIL', 'PHONE', 'APPOINTMENTS', 'UPDATED', 'UPDATEDBY'] },
};

/** Whether the action is granted on these columns (upper case) of the table. Without columns: on all of them. */
export function mayWrite(
  action: 'INSERT' | 'UPDATE' | 'DELETE',
  table: string,
  columns: readonly string[],
): boolean {
  const granted = Object.hasOwn(grants, table) ? grants[table]?.[action] : undefined;
  if (!granted || granted === true) return granted === true;
  return columns.length > 0 && columns.every((column) => granted.includes(column));
}

/** Throws 229 or 230 unless the action is granted on these columns (upper case) of the table. */
export function checkGrant(
  action: 'INSERT' | 'UPDATE' | 'DELETE',
  table: string,
  columns: readonly string[],
): void {
  const granted = Object.hasOwn(grants, table) ? grants[table]?.[action] : undefined;
  if (!granted) throw permissionDenied(action, table);
  const denied = granted === true ? undefined : columns.find((column) => !granted.includes(column));
  if (denied) {
    throw new SqlServerError(
      230,
      `The ${action} permission was denied on the column '${denied}' of the object '${table}', database 'BPSPatients', schema 'dbo'.`,
    );
  }
}
