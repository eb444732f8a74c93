import type { Operation } from './operation.ts';
import { refuse } from './refusal.ts';

/** No step begins for a connection that is closed. Nobody reads the answer; the access log shows its code and status. */
export function stopIfClosed({ request: { signal } }: Operation): void {
  if (signal.aborted) throw refuse('CONNECTION_CLOSED', 'The connection was closed.', { status: 499 });
}
