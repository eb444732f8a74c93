import type { Log } from '../log.ts';
import type { Operation } from './operation.ts';

const maxPractices = 100;

/**
 * Writes the access line, one for each operation, also for a refused one: the caller, the operation's name, the practices it
 * reached, its duration, its error codes and its cost. The line never contains variables or results.
 */
export function logOperation(log: Log, operation: Operation): void {
  const { requestId, caller, name, type, codes, context, status, ms, cost } = operation;
  log.info(
    {
      requestId,
      caller: caller?.name ?? null,
      subject: caller?.subject,
      operation: name,
      type: type ?? null,
      practices: [...(context?.reached ?? operation.reached ?? [])].slice(0, maxPractices),
      status,
      ms: Math.round(ms),
      errors: codes ?? [],
      cost,
    },
    'operation',
  );
}
