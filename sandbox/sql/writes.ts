import { parseBatch } from './parse-batch.ts';
import { bareName, isWriteProcedure } from './procedures.ts';
import type { Statement } from './statements.ts';

/** Whether a command writes, by a statement or a procedure, in any branch. A text that cannot be parsed does not write. */
export function isWriteCommand(text: string, type: 'text' | 'storedProcedure'): boolean {
  if (type === 'storedProcedure') return isWriteProcedure(bareName(text));
  try {
    return parseBatch(text).some(writes);
  } catch {
    return false;
  }
}

function writes(statement: Statement): boolean {
  if (statement.is === 'try') return [...statement.body, ...statement.caught].some(writes);
  if (statement.is === 'if') return [...statement.yes, ...statement.no].some(writes);
  if (['insert', 'update', 'delete'].includes(statement.is)) return true;
  return statement.is === 'execute' && isWriteProcedure(statement.procedure);
}
