import { isWriteCommand } from '../sql/writes.ts';

/** Whether the command of an immediate or async query writes. False for a body that cannot be read. */
export function isWriteQuery(body: string): boolean {
  try {
    const { command } = JSON.parse(body) as { command?: { text?: unknown; type?: unknown } };
    const type = command?.type === 'storedProcedure' ? 'storedProcedure' : 'text';
    return typeof command?.text === 'string' && isWriteCommand(command.text, type);
  } catch {
    return false;
  }
}
