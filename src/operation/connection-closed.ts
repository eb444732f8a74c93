import type { Operation } from './operation.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The caller cannot receive this refusal. It sets the code and the status in the access log. */
export const connectionClosed = (): Refusal => refuse('CONNECTION_CLOSED', 'The connection was closed.');

/** Called before each step, so that no step starts for a closed connection. */
export function stopIfClosed({ request: { signal } }: Operation): void {
  if (signal.aborted) throw connectionClosed();
}
