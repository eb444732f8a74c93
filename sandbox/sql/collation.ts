import type { Emitted } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';

/** A text in another collation: the binary ones compare byte by byte, all others are treated as the database's own. Throws 448. */
export function collated(operand: Emitted, collation: string): Emitted {
  if (!/^(database_default|latin1_general_|sql_latin1_general_)/i.test(collation)) {
    throw new SqlServerError(448, `Invalid collation '${collation}'.`);
  }
  if (operand.kind !== 'text' && operand.kind !== 'null') {
    throw new SqlServerError(447, 'Expression type is invalid for COLLATE clause.');
  }
  return { ...operand, binary: /_bin2?$/i.test(collation), column: false };
}
