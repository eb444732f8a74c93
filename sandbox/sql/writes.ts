import type { Statement } from './ast.ts';
import { parseBatch } from './parse-batch.ts';
import { bareName, isWriteProcedure } from './procedures.ts';

/** Whether a command calls a procedure that writes, in whatever branch. What cannot be read writes nothing. */
export function isWriteCommand(text: string, type: 'text' | 'storedProcedure'): boolean {
  if (type === 'storedProcedure') return isWriteProcedure(bareName(text));
  try {
    return parseBatch(text).some(writes);
  } catch {
    return false;
  }
}

function writes(statement: Statement): boolean {
  if (statement.is === 'if') return [...statement.yes, ...statement.no].some(writes);
  return statement.is === 'execute' && isWriteProcedure(statement.procedure);
}
