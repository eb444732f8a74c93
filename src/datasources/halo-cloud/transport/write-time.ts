import type { CallOutcome } from './call-outcome.ts';
import { tooLateToSend } from './failure.ts';
import type { CallContext, UpstreamWrite } from './upstream-call.ts';

/** Throws when a write would be sent with too little time left. `outcome` is then one of a call that was never sent. */
export function mustHaveTime(
  { kind }: UpstreamWrite<unknown>,
  { writeTime }: CallContext,
  outcome?: CallOutcome,
): void {
  if (!writeTime) return;
  const remainingMs = writeTime.remainingMs();
  if (remainingMs >= writeTime.minMs) return;
  if (outcome) outcome.failure = 'aborted';
  throw tooLateToSend(kind, remainingMs, writeTime.minMs);
}
