import type { Log } from '../log.ts';
import type { Operation } from './operation.ts';

const maxPractices = 100;

/**
 * The access line, one for each operation, also for one that was refused: who asked, its name, which practices it reached,
 * how long it took, how it failed, what it cost. Never its variables or its answer.
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
