import { isPmsId } from '../datasources/practice/practice.ts';
import { isRowId } from '../datasources/sql-passthrough/statement.ts';
import { readGlobalId } from '../resolvers/global-id.ts';

/** Arguments and input fields that hold a PMS id or a global id. */
const names: ReadonlySet<string> = new Set([
  'id',
  'ids',
  'pmsId',
  'pmsIds',
  'appointmentId',
  'patientId',
  'userId',
  'locationId',
  'typeId',
]);

/** Arguments that are objects with such fields. */
const objects: ReadonlySet<string> = new Set(['input', 'search']);

export const mayHoldId = (argument: string): boolean => names.has(argument) || objects.has(argument);

/**
 * Whether the arguments hold an id that no row of Bp Premier's database can have. `auto` sends such a question to the Bp
 * Premier API, even if that costs more.
 */
export function holdForeignId(args: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(args).some((name) => {
    if (objects.has(name)) return holdForeignId(Object(args[name]));
    if (!names.has(name)) return false;
    return [args[name]].flat().some((id) => typeof id === 'string' && isForeign(id));
  });
}

function isForeign(id: string): boolean {
  const global = readGlobalId(id);
  const pmsId = global === undefined ? id : 'pmsId' in global ? global.pmsId : null;
  return pmsId !== null && isPmsId(pmsId) && !isRowId(pmsId);
}
