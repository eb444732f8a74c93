import type { Operation } from './operation.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Nobody reads it: the access log shows its code and status. */
export const connectionClosed = (): Refusal => refuse('CONNECTION_CLOSED', 'The connection was closed.');

/** No step begins for a connection that is closed. */
export function stopIfClosed({ request: { signal } }: Operation): void {
  if (signal.aborted) throw connectionClosed();
}
