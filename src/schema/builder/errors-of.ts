import { type HaloErrorCode, haloErrorTable, type UnionKind } from '../../error-codes.ts';
import { haloErrorClasses } from '../../errors.ts';

type ErrorClass = (typeof haloErrorClasses)[HaloErrorCode];

/** The errors of a kind of union. */
export function errorsOf(kind: UnionKind): readonly ErrorClass[] {
  const codes = Object.keys(haloErrorClasses) as HaloErrorCode[];
  return codes.filter((code) => haloErrorTable[code].unions[kind]).map((code) => haloErrorClasses[code]);
}
